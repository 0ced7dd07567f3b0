"""What an authorisation may be."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.casework.consents.enums import ConsentState
from accord.casework.consents.rules import (
    add_months,
    check_grants,
    check_period,
    drawing,
    due_warning,
    fill,
    is_drawn,
    is_in_force,
    is_narrower,
)
from accord.casework.consents.states import CONSENT

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1900, 1, 1), date.max)
MASKS = st.integers(0, 0b111111111)
GRIDS = st.dictionaries(st.sampled_from([UUID(int=number) for number in range(4)]), MASKS)


@pytest.mark.parametrize(
    ("since", "until", "problem"),
    [
        ("2026-11-23", "2027-11-22", ""),
        ("2026-11-23", "2026-11-23", ""),
        ("2026-11-23", "2028-11-23", ""),
        ("2026-11-23", "2028-11-24", "long"),
        ("2026-11-24", "2026-11-23", "order"),
        ("2026-01-01", "2026-11-22", "past"),
        ("2027-11-23", "2027-12-31", ""),
        ("2027-11-24", "2027-12-31", "distant"),
        ("9999-01-01", "9999-12-31", "distant"),
    ],
)
def test_a_period_of_at_most_24_months(since, until, problem):
    assert check_period(date.fromisoformat(since), date.fromisoformat(until), TODAY, 24) == problem


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-11-23", 12, "2027-11-23"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("9999-06-01", 12, "9999-12-31"),
    ],
)
def test_months_later(day, months, expected):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


@given(DAYS, st.integers(0, 600))
def test_months_later_is_never_earlier_and_never_fails(day, months):
    later = add_months(day, months)
    assert later >= day
    assert later.day <= day.day or later == date.max


@given(since=DAYS, until=DAYS, today=DAYS, months=st.integers(1, 120))
def test_a_period_that_is_accepted_is_in_order_and_not_over(since, until, today, months):
    if check_period(since, until, today, months) == "":
        assert since <= until >= today
        assert until <= add_months(since, months)


@given(before=GRIDS, after=GRIDS)
def test_narrower_means_nothing_new_and_something_less(before, after):
    cells = {(one, bit) for one, mask in before.items() for bit in range(9) if mask >> bit & 1}
    kept = {(one, bit) for one, mask in after.items() for bit in range(9) if mask >> bit & 1}
    assert is_narrower(before, after) == (kept < cells)


@given(before=GRIDS, taken=GRIDS)
def test_taking_away_is_always_narrower_or_nothing(before, taken):
    after = {one: mask & ~taken.get(one, 0) for one, mask in before.items()}
    assert is_narrower(before, after) or after == before


@pytest.mark.parametrize(
    ("grants", "problem"), [({}, "empty"), ({"a": 0}, "empty"), ({"a": 1}, ""), ({"a": 1 << 20}, "unknown")]
)
def test_grants(grants, problem):
    keys = {"a": uuid4()}
    assert check_grants({keys[key]: mask for key, mask in grants.items()}, known=0b11) == problem


@pytest.mark.parametrize(
    ("left", "warned", "expected"),
    [
        (31, None, None), (30, None, 30), (8, None, 30), (8, 30, None), (7, 30, 7), (0, 30, 7),
        (0, 7, None), (-1, 30, None), (5, None, 7),
    ],
)  # fmt: skip
def test_warnings_30_and_7_days_before(left, warned, expected):
    assert due_warning(TODAY + timedelta(days=left), TODAY, warned, (30, 7)) == expected


@given(left=st.integers(-10, 60))
def test_each_warning_is_given_once(left):
    given_so_far = None
    for _day in range(3):
        due = due_warning(TODAY + timedelta(days=left), TODAY, given_so_far, (30, 7))
        given_so_far = due or given_so_far
    assert due is None


@pytest.mark.parametrize("state", ConsentState.values)
@pytest.mark.parametrize(("since", "until"), [(-1, 1), (0, 0), (1, 2), (-2, -1)])
def test_in_force_means_signed_begun_and_not_over(state, since, until):
    period = TODAY + timedelta(days=since), TODAY + timedelta(days=until)
    assert is_in_force(state, *period, TODAY) == (state == "active" and since <= 0 <= until)


@given(st.sampled_from(sorted(CONSENT.final_states())), st.sampled_from(ConsentState.values))
def test_what_has_ended_stays_ended(ended, wanted):
    assert not CONSENT.may(ended, wanted)


def test_every_state_has_its_line_in_the_table():
    assert set(CONSENT.allowed) == set(ConsentState.values)


POINT = [1, 2.5, 10]


@pytest.mark.parametrize(
    ("strokes", "drawn"),
    [
        ([[POINT] * 8], True),
        ([[POINT] * 4, [POINT] * 4], True),
        ([[POINT] * 7], False),
        ([], False),
        ([[POINT] * 20_001], False),
        ("signed", False),
        (None, False),
        ([["<svg>", 1, 2]] * 8, False),
        ([[[1, 2]] * 8], False),
        ([[[float("nan"), 1, 2]] * 8], False),
        ([[[True, 1, 2]] * 8], False),
        ([{"x": 1}] * 8, False),
    ],
)
def test_a_drawn_signature_is_points_and_nothing_else(strokes, drawn):
    assert is_drawn(strokes) is drawn


NUMBER = st.integers(-10_000, 10_000) | st.floats(-1e4, 1e4)


@given(st.lists(st.lists(st.tuples(NUMBER, NUMBER, NUMBER).map(list), min_size=1), min_size=1))
def test_the_drawing_holds_only_numbers(strokes):
    svg = drawing(strokes)
    path = svg.split(' d="')[1].split('"')[0]
    assert set(path) <= set("ML -.0123456789")


def test_words_are_filled_once():
    assert fill("But : {purpose}. {other}", {"purpose": "{person}", "person": "Claire"}) == (
        "But : {person}. {other}"
    )
