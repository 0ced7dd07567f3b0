"""What may be written about a person."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.kernel.identifiers import avs_check_digit
from accord.people.persons.enums import SENTENCES, ContactWay, Language, RepresentativeKind, Sex
from accord.people.persons.rules import (
    CHOICES,
    TEXTS,
    Advice,
    Problem,
    births_agree,
    examine,
    is_minor,
    name_key,
    name_to_compare,
)

TODAY = date(2026, 11, 23)
CLAIRE = {
    "family_name": "Favre",
    "given_names": "Claire",
    "birth_date": "17.5.1980",
    "postal_code": "1201",
    "city": "Genève",
}


def problems(**typed: object) -> dict[str, Problem]:
    return examine({**CLAIRE, **typed}, today=TODAY).problems


def values(**typed: object) -> dict[str, str | bool]:
    return examine({**CLAIRE, **typed}, today=TODAY).values


def test_a_plain_person_has_no_problem():
    assert problems() == {}
    assert values()["birth_date"] == "1980-05-17"


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("family_name", "", "missing"),
        ("family_name", "   ", "missing"),
        ("given_names", "", "missing"),
        ("given_names", "123", "no_name"),
        ("birth_name", "--", "no_name"),
        ("family_name", "F" * 101, "too_long"),
        ("family_name", "Fa\x00vre", "unreadable"),
        ("city", "Gen\u202eève", "unreadable"),
        ("avs_number", "756.9217.0769", "avs_length"),
        ("avs_number", "757.9217.0769.85", "avs_prefix"),
        ("avs_number", "756.9217.0769.86", "avs_check"),
        ("birth_date", "31.2.1980", "no_date"),
        ("birth_date", "hier", "no_date"),
        ("birth_date", "24.11.2026", "future"),
        ("birth_date", "12.2026", "future"),
        ("birth_date", "1899", "too_early"),
        ("postal_code", "0123", "npa"),
        ("postal_code", "12", "npa"),
        ("canton", "XX", "unknown"),
        ("nationality", "1?", "unknown"),
        ("sex", "9", "unknown"),
        ("language", "xx", "unknown"),
        ("phone", "appelez-moi", "phone"),
        ("phone", "12", "phone"),
        ("email", "claire@", "email"),
        ("email", "Claire <c@example.ch>", "email"),
    ],
)
def test_what_cannot_be_is_named_beside_its_field(field, typed, problem):
    assert problems(**{field: typed}) == {field: problem}


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("avs_number", "756.9217.0769.85", "7569217076985"),
        ("avs_number", "756 3026 0705 92", "7563026070592"),
        ("avs_number", "", ""),
        ("birth_date", "5.1980", "1980-05"),
        ("birth_date", "1980", "1980"),
        ("birth_date", "23.11.2026", "2026-11-23"),
        ("birth_date", "2026", "2026"),
        ("birth_date", "", ""),
        ("family_name", "  de   Senarclens ", "de Senarclens"),
        ("family_name", "N\u2019Diaye", "N’Diaye"),
        ("given_names", "Zoe\u0308", "Zoë"),
        ("canton", "ge", "GE"),
        ("postal_code", "9490", "9490"),
        ("postal_code", "74100", "74100"),
        ("postal_code", "F-74100", "F-74100"),
        ("phone", "+41 22 327 27 27", "+41 22 327 27 27"),
    ],
)
def test_what_is_right_is_stored_tidily(field, typed, stored):
    assert problems(**{field: typed}) == {}
    assert values(**{field: typed})[field] == stored


def test_a_liechtenstein_number_is_as_good_as_a_swiss_one():
    number = "438123456789"
    assert problems(avs_number=number + avs_check_digit(number)) == {}


AVS = st.builds(
    lambda prefix, middle: prefix + middle + avs_check_digit(prefix + middle),
    st.sampled_from(["756", "438"]),
    st.text("0123456789", min_size=9, max_size=9),
)


@given(AVS)
def test_every_number_with_its_check_digit_is_accepted(number):
    assert values(avs_number=number)["avs_number"] == number
    assert problems(avs_number=number) == {}


@given(AVS, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_refused(number, place, step):
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert "avs_number" in problems(avs_number=wrong)


@given(st.dates(date(1900, 1, 1), TODAY))
def test_every_day_until_today_may_be_a_birth_date(day):
    assert problems(birth_date=day.strftime("%d.%m.%Y")) == {}
    assert values(birth_date=day.strftime("%d.%m.%Y"))["birth_date"] == day.isoformat()


@given(st.dates(date(2026, 11, 24), date(2199, 12, 31)))
def test_no_day_to_come_is_a_birth_date(day):
    assert problems(birth_date=day.isoformat()) == {"birth_date": "future"}


@given(st.text(max_size=300), st.sampled_from(sorted(TEXTS)))
def test_whatever_is_typed_is_judged_and_never_breaks(text, field):
    examined = examine({**CLAIRE, field: text}, today=TODAY)
    assert field in examined.problems or len(str(examined.values[field])) <= TEXTS[field]


@pytest.mark.parametrize(
    ("way", "missing"),
    [("phone", {"phone"}), ("sms", {"phone"}), ("email", {"email"}), ("letter", {"postal_code", "city"})],
)
def test_the_preferred_contact_must_be_known(way, missing):
    found = problems(contact_way=way, postal_code="", city="", phone="", email="")
    assert set(found) == missing
    assert set(found.values()) == {"unreachable"}


def test_a_foreign_postal_code_stands_in_no_swiss_canton():
    assert problems(postal_code="74100", canton="GE") == {"postal_code": "npa_canton"}


def test_a_representative_has_a_name_and_a_title():
    assert problems(representative_kind="guardian") == {"representative_name": "representative_name"}
    assert problems(representative_name="Me Rey") == {"representative_kind": "representative_kind"}
    assert problems(representative_contact="022 000 00 00") == {"representative_kind": "representative_kind"}
    assert problems(representative_kind="guardian", representative_name="Me Rey") == {}


@pytest.mark.parametrize(
    ("born", "minor"),
    [
        ("2008-11-23", False),
        ("2008-11-24", True),
        ("2008-12", True),
        ("2008", False),
        ("2009", True),
        ("", False),
    ],
)
def test_who_is_under_age(born, minor):
    assert is_minor(born, TODAY) is minor


def test_a_minor_without_representative_is_a_word_of_advice_not_a_problem():
    alone = examine({**CLAIRE, "birth_date": "2012"}, today=TODAY)
    assert (alone.advice, alone.problems) == ((Advice.MINOR_ALONE,), {})
    parent = {"representative_kind": "parent", "representative_name": "Anne Favre"}
    assert examine({**CLAIRE, "birth_date": "2012", **parent}, today=TODAY).advice == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "Mueller"),
        ("Müller", "MULLER"),
        ("Lefèvre", "Lefevre"),
        ("Œuvray", "oeuvray"),
        ("Strauß", "Strauss"),
        ("Sørensen", "Sorensen"),
        ("Đorđević", "Dordevic"),
        ("Łukasz", "Lukasz"),
        ("Jean-Pierre", "jean pierre"),
        ("D’Agostini", "d'agostini"),
        ("Zoe\u0308", "Zoë"),
    ],
)
def test_names_that_are_written_differently_compare_as_one(one, other):
    assert name_key(one) == name_key(other)


@given(st.text(max_size=40), st.integers(0, 40))
def test_the_beginning_of_a_plain_name_stays_its_beginning(name, length):
    letters = "".join(c for c in name if c.isascii() and c.isalpha())
    assert name_key(letters).startswith(name_key(letters[:length]))


@given(st.text(max_size=80))
def test_a_name_key_holds_only_words_and_keeps_itself(name):
    key = name_key(name)
    assert key == " ".join(key.split())
    assert all(character.isalnum() for character in key.replace(" ", ""))


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("1980-05-17", "1980-05-17", True),
        ("1980-05-17", "1980-05", True),
        ("1980", "1980-05-17", True),
        ("1980-05-17", "", True),
        ("1980-05-07", "1980-07-05", True),
        ("1980-05-17", "1980-05-11", True),
        ("1980-05-17", "1908-05-17", True),
        ("1980-05-17", "1979-06-17", False),
        ("1980-05-17", "1981-05", False),
        ("1980", "1981", True),
    ],
)
def test_dates_of_birth_that_may_be_one(one, other, agree):
    assert births_agree(one, other) is agree
    assert births_agree(other, one) is agree


def test_twins_are_compared_by_the_longest_family_name_and_the_first_given_name():
    assert name_to_compare("Lopes da Silva", "Maria José") == "lopes maria"
    assert name_to_compare("", "Maria") == "maria"


def test_every_problem_and_advice_has_its_sentence():
    assert {*Problem, *Advice} <= set(SENTENCES)


def test_the_rules_know_the_same_choices_as_the_models():
    assert set(CHOICES["sex"]) == set(Sex.values)
    assert set(CHOICES["language"]) == set(Language.values)
    assert set(CHOICES["contact_way"]) == set(ContactWay.values)
    assert set(CHOICES["representative_kind"]) == {"", *RepresentativeKind.values}
