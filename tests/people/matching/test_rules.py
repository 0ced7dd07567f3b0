"""How likely two registrations are one person, what contradicts, and what a fingerprint is taken of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.kernel.identifiers import avs_check_digit
from accord.people.matching.enums import AGAINST, RANKS, REASONS
from accord.people.matching.rules import (
    LEAST,
    NEAR_CERTAIN,
    PARTICULARS,
    Choice,
    Kind,
    Known,
    Rank,
    Reason,
    births_near,
    compare,
    differences,
    digest,
    materials,
    names_to_search,
    numbers_near,
    united,
)
from accord.people.matching.rules.likeness import is_slip

BORN = "1980-05-17"
NUMBER = "7569217076985"


def claire(family="Favre", given_names="Claire", **more) -> Known:
    return Known(family, given_names, **{"birth_date": BORN, **more})


def near(number: str) -> str:
    first = number[:11] + str((int(number[11]) + 1) % 10)
    return first + avs_check_digit(first)


TWINS = {
    "names and date are the same": (claire(), {Reason.NAMES_SAME, Reason.BIRTH_SAME}, Rank.LIKELY),
    "accents, capitals and umlauts do not matter": (
        Known("FAVRE", "Clàire", birth_date=BORN), {Reason.NAMES_SAME, Reason.BIRTH_SAME}, Rank.LIKELY,
    ),
    "names exchanged": (claire("Claire", "Favre"), {Reason.NAMES_EXCHANGED, Reason.BIRTH_SAME}, Rank.LIKELY),
    "a double name after marriage": (
        claire("Favre-Rey"), {Reason.FAMILY_PART, Reason.GIVEN_SAME, Reason.BIRTH_SAME}, Rank.LIKELY,
    ),
    "another name after marriage": (
        claire("Rey", birth_name="Favre"), {Reason.BIRTH_NAME, Reason.GIVEN_SAME, Reason.BIRTH_SAME}, Rank.LIKELY,
    ),
    "a second given name": (
        claire(given_names="Claire-Anne"), {Reason.FAMILY_SAME, Reason.GIVEN_PART, Reason.BIRTH_SAME}, Rank.LIKELY,
    ),
    "a letter of the family name": (
        claire("Fabre"), {Reason.FAMILY_SLIP, Reason.GIVEN_SAME, Reason.BIRTH_SAME}, Rank.LIKELY,
    ),
    "one digit of the date": (
        claire(birth_date="1980-05-18"), {Reason.NAMES_SAME, Reason.BIRTH_SLIP}, Rank.POSSIBLE,
    ),
    "only the year is known": (
        claire(birth_date="1980"), {Reason.NAMES_SAME, Reason.BIRTH_PART}, Rank.POSSIBLE,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("other", "reasons", "rank"), TWINS.values(), ids=TWINS)
def test_who_looks_like_claire(other, reasons, rank):
    found = compare(claire(), other)
    assert (set(found.reasons), found.rank) == (reasons, rank)
    assert found.is_worth_a_look


def test_day_and_month_exchanged():
    found = compare(claire(birth_date="1980-05-07"), claire(birth_date="1980-07-05"))
    assert Reason.BIRTH_EXCHANGED in found.reasons
    assert found.is_worth_a_look


def test_umlauts_however_written():
    one, other = (Known(name, "Jürg", birth_date=BORN) for name in ("Müller", "Mueller"))
    assert Reason.NAMES_SAME in compare(one, other).reasons


OTHERS = {
    "only the names are the same, the date is another": claire(birth_date="1951-11-02"),
    "only the date is the same": claire("Rochat", "Denise"),
    "only the town is the same": Known("Rochat", "Denise", city="Genève"),
    "same names and date, but two AVS numbers": claire(avs_number="7561234567897"),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_who_does_not_look_like_claire(other):
    assert not compare(claire(avs_number=NUMBER, city="Genève"), other).is_worth_a_look


def test_an_equal_number_is_enough_by_itself():
    found = compare(claire(avs_number=NUMBER), Known("Rochat", "Denise", avs_number=NUMBER))
    assert found.is_worth_a_look


def test_a_number_one_digit_off_is_seen():
    found = compare(claire(avs_number=NUMBER), claire(avs_number=near(NUMBER)))
    assert Reason.AVS_NEAR in found.reasons
    assert found.rank == Rank.STRONG


names = st.sampled_from(
    ["Favre", "Fabre", "Favre-Rey", "Rey", "Müller", "Mueller", "Jean", "Jean-Pierre", "Claire"]
)
known = st.builds(
    Known,
    family_name=names,
    given_names=names,
    birth_name=names | st.just(""),
    birth_date=st.sampled_from(["", "1980", "1980-05", BORN, "1980-05-18", "1980-07-05", "1980-05-07"]),
    avs_number=st.sampled_from(["", NUMBER, near(NUMBER), "7561234567897"]),
    city=st.sampled_from(["", "Genève", "Sion"]),
    sex=st.sampled_from("123"),
)


@given(known, known)
def test_it_is_the_same_whichever_comes_first(one, other):
    there, back = compare(one, other), compare(other, one)
    assert (there.score, set(there.reasons)) == (back.score, set(back.reasons))
    assert compare(one, other) == there


@given(known, known)
def test_nothing_is_certain_without_the_number(one, other):
    found = compare(one, other)
    assert 0 <= found.score <= 100
    if Reason.AVS_SAME not in found.reasons:
        assert found.score <= NEAR_CERTAIN


@given(known)
def test_nobody_is_more_like_her_than_she_herself(one):
    assert all(compare(one, one).score >= LEAST for _ in [0] if one.birth_date or one.avs_number)


def test_each_reason_and_rank_has_its_words():
    assert set(REASONS) == set(Reason)
    assert set(RANKS) == set(Rank)
    assert set(Reason) > AGAINST


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("favre", "fabre", True), ("favre", "farve", True), ("favre", "favr", True), ("favre", "favree", True),
        ("favre", "favre", False), ("favre", "fabri", False), ("favre", "fa", False), ("abcd", "dbca", False),
    ],
)  # fmt: skip
def test_a_slip_of_typing(one, other, slip):
    assert is_slip(one, other) is slip
    assert is_slip(other, one) is slip


def test_where_one_looks():
    assert names_to_search(claire("Favre-Müller", "Claire Anne", birth_name="Rey")) == [
        "muller claire",
        "rey claire",
    ]
    assert births_near("1980-05-07") == ["1980-05-07", "1980-05", "1980", "1980-07-05"]
    assert births_near("1980-05-17") == ["1980-05-17", "1980-05", "1980"]
    assert births_near("") == []
    assert {NUMBER, near(NUMBER)} <= set(numbers_near(NUMBER))
    assert len(numbers_near(NUMBER)) < 100


def told(**more: str | bool) -> dict[str, str | bool]:
    empty: dict[str, str | bool] = {name: "" for fields in PARTICULARS for name in fields}
    return empty | {"sex": "3", "needs_interpreter": False} | more


def test_what_only_one_says_contradicts_nothing():
    mine, theirs = told(phone="", sex="3"), told(phone="022 327 27 27", sex="2")
    assert [found.is_contradiction for found in differences(mine, theirs)] == [False, False]
    assert united(mine, theirs, {})["phone"] == "022 327 27 27"
    assert united(theirs, mine, {})["sex"] == "2"


def test_an_address_is_decided_as_a_whole():
    mine, theirs = told(street="Rue du Lac 3", city="Genève"), told(street="Rue du Bourg 1", city="Sion")
    (found,) = differences(mine, theirs)
    assert (found.key, found.is_contradiction) == ("street", True)
    after = united(mine, theirs, {"street": Choice.GONE})
    assert (after["street"], after["city"]) == ("Rue du Bourg 1", "Sion")


def test_what_contradicts_must_be_decided():
    with pytest.raises(KeyError, match="avs_number"):
        united(told(avs_number=NUMBER), told(avs_number=near(NUMBER)), {})


def test_a_fingerprint_stands_for_the_number_and_for_names_with_a_whole_date():
    assert dict(materials(claire(avs_number=NUMBER))) == {
        Kind.AVS: NUMBER,
        Kind.NAMES: f"claire favre {BORN}",
    }
    assert dict(materials(claire("Claire", "FAVRE"))) == dict(materials(claire()))
    assert dict(materials(claire(birth_date="1980"))) == {}


def test_another_key_or_kind_gives_another_fingerprint():
    one = digest(b"a" * 32, Kind.AVS, NUMBER)
    assert one == digest(b"a" * 32, Kind.AVS, NUMBER)
    assert len({one, digest(b"b" * 32, Kind.AVS, NUMBER), digest(b"a" * 32, Kind.NAMES, NUMBER)}) == 3
