"""What an access in an emergency must say, and how long it lasts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.casework.emergencies import rules

BEGINS = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
"""Summer time begins in the night: hours are hours all the same."""


@given(asked=st.integers(-10, 1_000), most=st.integers(1, 168))
def test_an_access_lasts_an_hour_at_least_and_never_more_than_the_programme_allows(asked, most):
    lasts = rules.end_of(BEGINS, asked, most) - BEGINS
    assert timedelta(hours=1) <= lasts <= timedelta(hours=most)


@given(most=st.integers(1, 168))
def test_what_is_offered_is_allowed_and_the_longest_is_among_it(most):
    offered = rules.hours_offered(most)
    assert max(offered) == most
    assert all(rules.end_of(BEGINS, hours, most) == BEGINS + timedelta(hours=hours) for hours in offered)


@pytest.mark.parametrize(
    ("text", "is_enough"),
    [("", False), ("urgent", False), ("x" * 19, False), ("x" * 20, True), (" " * 30 + "urgent", False)],
)
def test_a_reason_is_a_sentence_that_can_be_judged(text, is_enough):
    assert rules.is_a_sentence(text) is is_enough


@pytest.mark.parametrize(
    ("days_left", "reminded", "late"),
    [(3, False, False), (2, True, False), (0, True, False), (-1, True, True)],
)
def test_the_review_has_a_clock(days_left, reminded, late):
    today = date(2026, 11, 26)
    due_on = rules.review_due_on(today, days_left)
    assert (rules.reminder_is_due(due_on, today), rules.is_late(due_on, today)) == (reminded, late)
