"""Runs, absences and overlaps of incapacity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.casework.capacity.rules import (
    Conclusions,
    Limitation,
    WorkCapacity,
    longest_run,
    overlap,
    runs_of,
    runs_on,
    short_absences_within,
)

TODAY = date(2026, 11, 26)


@dataclass(frozen=True)
class Absent:
    since: date
    until: date | None = None
    rate: int = 100


def ago(first: int, last: int | None = 0, rate: int = 100) -> Absent:
    """Absent from so many days ago to so many days ago; None is an open end."""
    until = None if last is None else TODAY - timedelta(days=last)
    return Absent(TODAY - timedelta(days=first), until, rate)


def test_nobody_absent_has_no_run():
    assert longest_run([], TODAY) == 0
    assert longest_run([ago(40, 10, rate=0)], TODAY) == 0


@pytest.mark.parametrize(
    ("periods", "days"),
    [
        ([ago(0, 0)], 1),
        ([ago(29, 0)], 30),
        ([ago(29, None)], 30),
        ([ago(59, 30), ago(29, 0, rate=50)], 60),
        ([ago(59, 31), ago(29, 0)], 30),
        ([ago(40, 0), ago(35, 20)], 41),
        ([ago(-5, -9)], 0),
    ],
    ids=["a day", "thirty", "open end", "rates in a row", "a day's break", "two sources", "in the future"],
)
def test_the_longest_run_counts_days_in_a_row(periods, days):
    assert longest_run(periods, TODAY) == days


def test_the_decreasing_rates_of_a_real_file_are_one_run():
    """ATAS/681/2022: 100, 85, 70, then 50 % without an end."""
    periods = [
        Absent(date(2019, 3, 23), date(2019, 5, 14), 100),
        Absent(date(2019, 5, 15), date(2019, 6, 23), 85),
        Absent(date(2019, 6, 24), date(2019, 7, 12), 70),
        Absent(date(2019, 7, 13), None, 50),
    ]
    assert runs_of(periods, date(2019, 7, 31)) == [(date(2019, 3, 23), date(2019, 7, 31))]


def test_short_absences_of_the_last_year_are_counted():
    periods = [ago(500, 495), ago(300, 298), ago(200, 196), ago(100, 60), ago(3, 1)]
    assert short_absences_within(periods, TODAY) == 3


def test_an_absence_that_two_sources_certify_is_counted_once():
    assert short_absences_within([ago(10, 5), ago(8, 3, rate=50)], TODAY) == 1


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@st.composite
def absences(draw: st.DrawFn) -> Absent:
    since = draw(days)
    until = draw(st.none() | st.integers(0, 400).map(lambda length: since + timedelta(days=length)))
    return Absent(since, until, draw(st.integers(0, 100)))


@given(st.lists(absences(), max_size=8))
def test_runs_are_apart_and_in_order(periods):
    runs = runs_of(periods, TODAY)
    assert all(since <= until <= TODAY for since, until in runs)
    assert all(one[1] + timedelta(days=1) < two[0] for one, two in pairwise(runs))


@given(st.lists(absences(), max_size=8), days)
def test_a_day_is_in_a_run_when_a_period_runs_on_it(periods, day):
    is_absent = day <= TODAY and any(p.rate > 0 and runs_on(p, day) for p in periods)
    assert is_absent == any(since <= day <= until for since, until in runs_of(periods, TODAY))


@given(absences(), absences(), days)
def test_periods_that_share_a_day_overlap_whichever_comes_first(one, other, day):
    assert overlap(one, other) == overlap(other, one)
    if runs_on(one, day) and runs_on(other, day):
        assert overlap(one, other)


@pytest.mark.parametrize(
    "said",
    [
        {"usual": WorkCapacity(0, 0, TODAY)},
        {"adapted": WorkCapacity(50, 100, TODAY)},
        {"limitations": (Limitation("load", "pas plus de 5 kg", True),)},
        {"expectations": "Un emploi assis."},
        {"fitness": "no"},
    ],
)
def test_a_summary_that_says_something_is_not_empty(said):
    assert Conclusions().is_empty and not Conclusions(**said).is_empty


def test_time_and_performance_together_make_the_capacity():
    assert WorkCapacity(50, 80, TODAY).overall == 40
    assert not WorkCapacity(101, 80, TODAY).is_sound
