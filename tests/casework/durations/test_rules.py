"""How long something took, who must act, which figures are sums of others."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.casework.durations.rules import (
    BUCKETS,
    Coordinates,
    Stay,
    bucket_of,
    days_between,
    days_lost,
    quarter_of,
    sums_among,
    took,
    who_must_act,
)

ANNOUNCER, DESK, LEAD = UUID(int=1), UUID(int=2), UUID(int=3)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2026-11-26T07:00", "2026-11-26T17:00", 0),
        ("2026-11-26T22:30", "2026-11-26T23:30", 1),  # 23:30 and 00:30 in Zurich: another day
        ("2026-03-28T12:00", "2026-03-29T12:00", 1),  # summer time begins: a day of 23 hours
        ("2026-10-24T12:00", "2026-10-26T12:00", 2),  # it ends: a day of 25 hours
        ("2026-10-24T22:30", "2026-10-25T22:30", 0),  # 00:30 and 23:30 of the long day
        ("2024-02-28T12:00", "2024-03-01T12:00", 2),
    ],
)
def test_days_are_those_of_the_calendar_in_zurich(since, until, days):
    assert days_between(at(since), at(until)) == days


NOW = at("2026-11-26T12:00")


@pytest.mark.parametrize(
    ("stays", "days", "is_over"),
    [
        ([("2026-11-01T12:00", "2026-11-04T12:00")], 3, True),
        ([("2026-11-01T08:00", "2026-11-01T12:00")], 0, True),
        ([("2026-11-01T12:00", "2026-11-04T12:00"), ("2026-11-10T12:00", "2026-11-12T12:00")], 5, True),
        ([("2026-11-01T12:00", "2026-11-04T12:00"), ("2026-11-20T12:00", None)], 9, False),
        ([("2026-11-20T12:00", None)], 6, False),
    ],
    ids=["once", "same day", "entered again", "closed and reopened, running", "running"],
)
def test_a_stage_takes_the_days_of_all_its_stays(stays, days, is_over):
    entered = [Stay(at(since), at(until) if until else None) for since, until in stays]
    assert took(entered, at=NOW) == (days, is_over)


@pytest.mark.parametrize(
    ("due_on", "until", "lost"),
    [
        (None, date(2026, 1, 31), 0),
        (date(2026, 1, 31), date(2026, 1, 30), 0),
        (date(2026, 1, 31), date(2026, 1, 31), 0),
        (date(2026, 1, 31), date(2026, 2, 2), 2),
    ],
)
def test_days_are_lost_after_the_deadline(due_on, until, lost):
    assert days_lost(due_on, until) == lost


@pytest.mark.parametrize(
    ("holder", "desk", "is_asked_back", "acts"),
    [
        ("announcer", DESK, False, ANNOUNCER),
        ("desk", DESK, False, DESK),
        ("desk", None, False, LEAD),
        ("lead", DESK, False, LEAD),
        ("desk", DESK, True, ANNOUNCER),
    ],
)
def test_who_must_act(holder, desk, is_asked_back, acts):
    found = who_must_act(holder, announcer=ANNOUNCER, desk=desk, lead=LEAD, is_asked_back=is_asked_back)
    assert found == acts


@pytest.mark.parametrize(
    ("month", "quarter"), [(1, "T1"), (3, "T1"), (4, "T2"), (6, "T2"), (7, "T3"), (10, "T4"), (12, "T4")]
)
def test_quarters(month, quarter):
    assert quarter_of(date(2026, month, 15)) == f"2026-{quarter}"


@given(st.integers(0, 3000))
def test_every_duration_has_one_class(days):
    place = bucket_of(days)
    assert place == len(BUCKETS) or days <= BUCKETS[place]
    assert place == 0 or days > BUCKETS[place - 1]


def test_which_figures_are_sums_of_others():
    cells = [
        Coordinates("s"),
        Coordinates("s", period="2026"),
        Coordinates("s", period="2026-T1"),
        Coordinates("s", period="2026-T2"),
        Coordinates("s", region="haut"),
        Coordinates("s", institution="i"),
        Coordinates("s", institution="i", period="2026"),
    ]
    found = {(total, tuple(parts)) for total, parts in sums_among(cells)}
    assert (cells[0], (cells[1],)) in found
    assert (cells[1], (cells[2], cells[3])) in found
    assert (cells[0], (cells[4],)) in found
    assert (cells[0], (cells[5],)) in found
    assert (cells[5], (cells[6],)) in found
    assert (cells[1], (cells[6],)) in found


def test_outcomes_add_up_to_their_category_and_categories_to_all():
    placed, success, all_closed = Coordinates("success/placed"), Coordinates("success"), Coordinates()
    found = sums_among([placed, success, all_closed], keys_add_up=True)
    assert found == [(success, [placed]), (all_closed, [success])]
