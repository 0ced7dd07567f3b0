"""How likely two registrations are one person: points for what agrees, less for what contradicts.

The weights are ours: no text gives them. They are set so that no single particular but the AVS number makes
two registrations worth a look, and so that nothing is certain without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from accord.people.persons.rules import births_agree, name_key

LEAST = 50
"""Below this, two registrations are not shown as a pair."""
LIKELY = 65
STRONG = 80
NEAR_CERTAIN = 95
"""The most that names, dates and places can give: only an equal AVS number goes beyond."""
CERTAIN = 100
SHORTEST_WITH_SLIP = 4
"""In a shorter word one letter makes another name."""


class Reason(StrEnum):
    """What speaks for one person, or against it; `enums.REASONS` says it in a sentence."""

    AVS_SAME = "avs_same"
    AVS_NEAR = "avs_near"
    AVS_OTHER = "avs_other"
    NAMES_SAME = "names_same"
    NAMES_EXCHANGED = "names_exchanged"
    FAMILY_SAME = "family_same"
    FAMILY_PART = "family_part"
    FAMILY_SLIP = "family_slip"
    BIRTH_NAME = "birth_name"
    GIVEN_SAME = "given_same"
    GIVEN_PART = "given_part"
    GIVEN_SLIP = "given_slip"
    BIRTH_SAME = "birth_same"
    BIRTH_PART = "birth_part"
    BIRTH_EXCHANGED = "birth_exchanged"
    BIRTH_SLIP = "birth_slip"
    BIRTH_OTHER = "birth_other"
    PLACE_SAME = "place_same"
    SEX_OTHER = "sex_other"


WEIGHTS = {
    Reason.AVS_SAME: 70,
    Reason.AVS_NEAR: 25,
    Reason.AVS_OTHER: -30,
    Reason.NAMES_SAME: 45,
    Reason.NAMES_EXCHANGED: 40,
    Reason.FAMILY_SAME: 25,
    Reason.FAMILY_PART: 18,
    Reason.FAMILY_SLIP: 15,
    Reason.BIRTH_NAME: 22,
    Reason.GIVEN_SAME: 20,
    Reason.GIVEN_PART: 15,
    Reason.GIVEN_SLIP: 10,
    Reason.BIRTH_SAME: 30,
    Reason.BIRTH_PART: 10,
    Reason.BIRTH_EXCHANGED: 20,
    Reason.BIRTH_SLIP: 15,
    Reason.BIRTH_OTHER: -30,
    Reason.PLACE_SAME: 8,
    Reason.SEX_OTHER: -15,
}


class Rank(StrEnum):
    """How strongly a pair asks to be looked at."""

    STRONG = "strong"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Known:
    """What of one registration is compared."""

    family_name: str
    given_names: str
    birth_name: str = ""
    birth_date: str = ""
    avs_number: str = ""
    postal_code: str = ""
    city: str = ""
    sex: str = "3"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Points from 0 to 100, and why."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def is_worth_a_look(self) -> bool:
        """Whether the two are shown to a caseworker."""
        return self.score >= LEAST

    @property
    def rank(self) -> Rank:
        """The points in a word."""
        if self.score >= STRONG:
            return Rank.STRONG
        return Rank.LIKELY if self.score >= LIKELY else Rank.POSSIBLE


def compare(one: Known, other: Known) -> Likeness:
    """How likely both are one person; the same whichever comes first."""
    reasons = tuple(
        reason for judge in (_numbers, _names, _births, _places, _sexes) for reason in judge(one, other)
    )
    points = sum(WEIGHTS[reason] for reason in reasons)
    most = CERTAIN if Reason.AVS_SAME in reasons else NEAR_CERTAIN
    return Likeness(max(0, min(points, most)), reasons)


def _numbers(one: Known, other: Known) -> Iterator[Reason]:
    if one.avs_number and other.avs_number:
        if one.avs_number == other.avs_number:
            yield Reason.AVS_SAME
        elif is_slip(one.avs_number[:-1], other.avs_number[:-1]):
            yield Reason.AVS_NEAR
        else:
            yield Reason.AVS_OTHER


def _names(one: Known, other: Known) -> Iterator[Reason]:
    mine, theirs = _Names(one), _Names(other)
    if mine.family == theirs.family and mine.given == theirs.given and mine.family and mine.given:
        yield Reason.NAMES_SAME
        return
    if mine.family == theirs.given and mine.given == theirs.family and mine.family and mine.given:
        yield Reason.NAMES_EXCHANGED
        return
    if family := _family(mine, theirs):
        yield family
    if given := _given(mine.given, theirs.given):
        yield given


class _Names:
    """Her names as words, folded."""

    def __init__(self, known: Known) -> None:
        self.family = name_key(known.family_name).split()
        self.given = name_key(known.given_names).split()
        self.born = name_key(known.birth_name).split()


def _family(mine: _Names, theirs: _Names) -> Reason | None:
    """A marriage changes or doubles the family name; the name of birth stays."""
    if set(mine.family) == set(theirs.family):
        return Reason.FAMILY_SAME
    if {*mine.born} & {*theirs.born, *theirs.family} or {*theirs.born} & {*mine.family}:
        return Reason.BIRTH_NAME
    if set(mine.family) & set(theirs.family):
        return Reason.FAMILY_PART
    return Reason.FAMILY_SLIP if _is_slip_of_words(mine.family, theirs.family) else None


def _given(mine: list[str], theirs: list[str]) -> Reason | None:
    """Jean is Jean-Pierre on one of two forms; the order of several given names is free."""
    if set(mine) == set(theirs):
        return Reason.GIVEN_SAME
    if set(mine) & set(theirs):
        return Reason.GIVEN_PART
    return Reason.GIVEN_SLIP if _is_slip_of_words(mine, theirs) else None


def _is_slip_of_words(mine: list[str], theirs: list[str]) -> bool:
    return any(min(len(a), len(b)) >= SHORTEST_WITH_SLIP and is_slip(a, b) for a in mine for b in theirs)


def _births(one: Known, other: Known) -> Iterator[Reason]:
    a, b = one.birth_date, other.birth_date
    if not a or not b:
        return
    if a == b:
        yield Reason.BIRTH_SAME if len(a) == 10 else Reason.BIRTH_PART
    elif not births_agree(a, b):
        yield Reason.BIRTH_OTHER
    elif len(a) != len(b):
        yield Reason.BIRTH_PART
    elif len(a) == 10 and a == f"{b[:4]}-{b[8:]}-{b[5:7]}":
        yield Reason.BIRTH_EXCHANGED
    else:
        yield Reason.BIRTH_SLIP


def _places(one: Known, other: Known) -> Iterator[Reason]:
    same_code = one.postal_code and one.postal_code == other.postal_code
    if same_code or (one.city and name_key(one.city) == name_key(other.city)):
        yield Reason.PLACE_SAME


def _sexes(one: Known, other: Known) -> Iterator[Reason]:
    if "3" not in (one.sex, other.sex) and one.sex != other.sex:
        yield Reason.SEX_OTHER


def is_slip(one: str, other: str) -> bool:
    """Whether a single error of typing lies between two texts: wrong, missing, or two exchanged."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(places) == 1:
            return True
        exchanged = len(places) == 2 and [one[i] for i in places] == [other[i] for i in reversed(places)]
        return exchanged and any(pair == tuple(places) for pair in pairwise(range(len(one))))
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
