"""What is true of a person's particulars, whatever the screen: names, dates, addresses, contact."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise

from accord.kernel.identifiers import normalise_avs
from accord.kernel.periods import PartialDate

FIRST_YEAR = 1900
MAJORITY = 18
"""Code civil suisse, art. 14."""

CANTONS = (
    "AG", "AI", "AR", "BE", "BL", "BS", "FR", "GE", "GL", "GR", "JU", "LU", "NE",
    "NW", "OW", "SG", "SH", "SO", "SZ", "TG", "TI", "UR", "VD", "VS", "ZG", "ZH",
)  # fmt: skip

TEXTS = {
    "family_name": 100,
    "given_names": 100,
    "birth_name": 100,
    "avs_number": 24,
    "birth_date": 20,
    "nationality": 2,
    "street": 150,
    "postal_code": 10,
    "city": 100,
    "canton": 2,
    "phone": 40,
    "email": 254,
    "representative_name": 200,
    "representative_contact": 200,
}
"""The particulars that are typed, and their greatest length."""
CHOICES = {
    "sex": ("1", "2", "3"),
    "language": ("fr", "de", "it", "en"),
    "contact_way": ("letter", "phone", "email", "sms"),
    "representative_kind": ("", "parent", "guardian", "proxy"),
}
USUAL = {"sex": "3", "language": "fr", "contact_way": "letter", "representative_kind": ""}
REACHED_BY = {"phone": ("phone",), "sms": ("phone",), "email": ("email",), "letter": ("postal_code", "city")}
"""What must be known for each way of contact."""

_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)


class Problem(StrEnum):
    """Why a particular cannot be; `enums.SENTENCES` says it to the person who typed."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    NO_NAME = "no_name"
    AVS_LENGTH = "avs_length"
    AVS_PREFIX = "avs_prefix"
    AVS_CHECK = "avs_check"
    NO_DATE = "no_date"
    TOO_EARLY = "too_early"
    FUTURE = "future"
    NPA = "npa"
    NPA_CANTON = "npa_canton"
    PHONE = "phone"
    EMAIL = "email"
    UNREACHABLE = "unreachable"
    REPRESENTATIVE_NAME = "representative_name"
    REPRESENTATIVE_KIND = "representative_kind"


class Advice(StrEnum):
    """What is worth a word but blocks nothing."""

    MINOR_ALONE = "minor_alone"


@dataclass(frozen=True, slots=True)
class Examined:
    """The particulars as they will be stored, what is wrong with which, and what is worth a word."""

    values: dict[str, str | bool]
    problems: dict[str, Problem] = field(default_factory=dict)
    advice: tuple[Advice, ...] = ()


def name_key(*names: str) -> str:
    """Names as they are compared: lower, without accents, umlauts however they were written.

    "Müller", "Mueller" and "Muller" are one. Made here and not in SQL, so that every server agrees.
    """
    text = " ".join(names).lower().translate(_LETTERS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = re.sub(r"([aou])e", r"\1", text)
    return " ".join(re.findall(r"[^\W_]+", text))


def examine(typed: Mapping[str, str | bool], *, today: date) -> Examined:
    """Tidy and check the particulars of one person as they were typed; what is not given is empty."""
    values: dict[str, str | bool] = {"needs_interpreter": bool(typed.get("needs_interpreter", False))}
    problems: dict[str, Problem] = {}
    for name, longest in TEXTS.items():
        raw = str(typed.get(name) or "")
        text = " ".join(unicodedata.normalize("NFC", raw).split())
        values[name] = text
        if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") for c in text):
            problems[name] = Problem.UNREADABLE
        elif len(text) > longest:
            problems[name] = Problem.TOO_LONG
    for name, known in CHOICES.items():
        values[name] = str(typed.get(name) or USUAL[name])
        if values[name] not in known:
            problems[name] = Problem.UNKNOWN
    for check in (_names, _avs, _birth, _address, _contact, _representative):
        for name, problem in check(values, today).items():
            problems.setdefault(name, problem)
    alone = not values["representative_kind"] and "birth_date" not in problems
    minor = alone and is_minor(str(values["birth_date"]), today)
    return Examined(values, problems, (Advice.MINOR_ALONE,) if minor else ())


def _names(values: dict[str, str | bool], today: date) -> dict[str, Problem]:
    problems = {}
    for name in ("family_name", "given_names", "birth_name"):
        text = str(values[name])
        if not text and name != "birth_name":
            problems[name] = Problem.MISSING
        elif text and not re.search(r"[^\W\d_]", text):
            problems[name] = Problem.NO_NAME
    return problems


def _avs(values: dict[str, str | bool], today: date) -> dict[str, Problem]:
    typed = str(values["avs_number"])
    if not typed:
        return {}
    try:
        values["avs_number"] = normalise_avs(typed)
    except ValueError as error:
        kinds = {"length": Problem.AVS_LENGTH, "prefix": Problem.AVS_PREFIX}
        return {"avs_number": kinds.get(str(error), Problem.AVS_CHECK)}
    return {}


def _birth(values: dict[str, str | bool], today: date) -> dict[str, Problem]:
    typed = str(values["birth_date"])
    if not typed:
        return {}
    try:
        found = PartialDate.read(typed)
    except ValueError:
        return {"birth_date": Problem.NO_DATE}
    if found.earliest() > today:
        return {"birth_date": Problem.FUTURE}
    if found.year < FIRST_YEAR:
        return {"birth_date": Problem.TOO_EARLY}
    values["birth_date"] = found.iso()
    return {}


def _address(values: dict[str, str | bool], today: date) -> dict[str, Problem]:
    """Swiss and Liechtenstein postal codes have four digits; a cross-border worker has her country's."""
    problems = {}
    canton = values["canton"] = str(values["canton"]).upper()
    nationality = values["nationality"] = str(values["nationality"]).upper()
    code = str(values["postal_code"])
    is_swiss = re.fullmatch(r"[1-9][0-9]{3}", code) is not None
    if canton and canton not in CANTONS:
        problems["canton"] = Problem.UNKNOWN
    if nationality and not re.fullmatch(r"[A-Z]{2}", nationality):
        problems["nationality"] = Problem.UNKNOWN
    if code and canton and not is_swiss:
        problems["postal_code"] = Problem.NPA_CANTON
    elif (
        code
        and not is_swiss
        and not re.fullmatch(r"(?:[A-Z]{1,2}-)?[0-9]{5}|[0-9A-Z]{2,4} [0-9A-Z]{2,4}", code)
    ):
        problems["postal_code"] = Problem.NPA
    return problems


def _contact(values: dict[str, str | bool], today: date) -> dict[str, Problem]:
    problems = {}
    phone, email = str(values["phone"]), str(values["email"])
    if phone and (not re.fullmatch(r"\+?[0-9 ./()-]+", phone) or len(re.sub(r"\D", "", phone)) < 6):
        problems["phone"] = Problem.PHONE
    if email and not re.fullmatch(r"[^\s@<>\"',;:()]+@[^\s@<>\"',;:()]+\.[A-Za-z]{2,}", email):
        problems["email"] = Problem.EMAIL
    for name in REACHED_BY.get(str(values["contact_way"]), ()):
        if not values[name]:
            problems.setdefault(name, Problem.UNREACHABLE)
    return problems


def _representative(values: dict[str, str | bool], today: date) -> dict[str, Problem]:
    if values["representative_kind"] and not values["representative_name"]:
        return {"representative_name": Problem.REPRESENTATIVE_NAME}
    told = values["representative_name"] or values["representative_contact"]
    if told and not values["representative_kind"]:
        return {"representative_kind": Problem.REPRESENTATIVE_KIND}
    return {}


def is_minor(birth_date: str, today: date) -> bool:
    """Whether she is under age for certain: a date known in part counts from its first day."""
    if not birth_date:
        return False
    born = PartialDate.read(birth_date).earliest()
    return (today.year - born.year) - ((today.month, today.day) < (born.month, born.day)) < MAJORITY


def births_agree(one: str, other: str) -> bool:
    """Whether two dates of birth may be one: equal, one a part of the other, or a single slip between them.

    A slip is day and month exchanged, one wrong digit, or two neighbouring digits exchanged.
    """
    if not one or not other or one.startswith(other) or other.startswith(one):
        return True
    if len(one) != len(other):
        return False
    if len(one) == 10 and one == f"{other[:4]}-{other[8:]}-{other[5:7]}":
        return True
    slips = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    exchanged = len(slips) == 2 and [one[i] for i in slips] == [other[i] for i in reversed(slips)]
    return len(slips) == 1 or (
        exchanged and any((a, b) == tuple(slips) for a, b in pairwise(range(len(one))))
    )


def name_to_compare(family_name: str, given_names: str) -> str:
    """The longest family name and the first given name: what two registrations of one person share most."""
    family = max(name_key(family_name).split(), key=len, default="")
    given = name_key(given_names).split()[:1]
    return " ".join(filter(None, [family, *given]))
