"""Notice, warnings, differences, and the table of states."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.network.agreements.enums import AgreementState
from accord.network.agreements.rules import (
    WARNINGS,
    Passage,
    add_months,
    differences,
    due_warning,
    earliest_end,
    warning_day,
)
from accord.network.agreements.states import AGREEMENT

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
ENDS = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("on", "warned", "due"),
    [
        (date(2026, 9, 29), None, None),
        (date(2026, 9, 30), None, 90),
        (date(2026, 10, 15), 90, None),
        (date(2026, 11, 30), 90, 30),
        (date(2026, 12, 24), 30, 7),
        (date(2026, 12, 31), 7, None),
        (date(2026, 12, 31), None, 7),
        (date(2027, 1, 1), None, None),
    ],
)
def test_warnings_at_three_months_one_month_and_one_week(on, warned, due):
    assert due_warning(ENDS, on, warned) == due


@given(DAYS)
def test_told_day_by_day_each_warning_comes_once(ends_on):
    warned, told = None, []
    day = warning_day(ends_on, 90) - timedelta(days=3)
    while day <= ends_on:
        if mark := due_warning(ends_on, day, warned):
            warned = mark
            told.append(mark)
        day += timedelta(days=1)
    assert told == list(WARNINGS)


@given(DAYS, st.integers(-60, 60))
def test_months_keep_the_day_or_the_last_of_a_shorter_month(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


@given(DAYS, st.integers(0, 24))
def test_notice_ends_on_the_last_of_a_month(day, months):
    end = earliest_end(day, months)
    assert (end + timedelta(days=1)).day == 1
    assert end >= add_months(day, months)


def test_differences_show_what_was_taken_out_and_put_in():
    old = [Passage("Objet", "Trois mesures."), Passage("Rapports", "À dix jours."), Passage("For", "Genève")]
    new = [Passage("Objet", "Trois mesures."), Passage("Rapports", "À vingt jours."), Passage("Prix", "905")]
    found = {one.title: one for one in differences(old, new)}
    assert {title: one.kind for title, one in found.items()} == {
        "Objet": "same", "Rapports": "changed", "Prix": "added", "For": "removed",
    }  # fmt: skip
    assert [(p.kind, p.text) for p in found["Rapports"].before if p.kind == "out"] == [("out", "dix")]
    assert [(p.kind, p.text) for p in found["Rapports"].after if p.kind == "in"] == [("in", "vingt")]


@given(st.text(max_size=60), st.text(max_size=60))
def test_each_side_of_a_difference_is_the_whole_text(before, after):
    (one,) = differences([Passage("x", before)], [Passage("x", after)])
    assert "".join(piece.text for piece in one.before) == before
    assert "".join(piece.text for piece in one.after) == after


def test_every_state_stands_in_the_table():
    assert set(AGREEMENT.allowed) == set(AgreementState.values)
    assert AGREEMENT.final_states() == {"expired", "terminated", "ended", "abandoned"}
    assert not AGREEMENT.may("in_force", "draft")
    assert not AGREEMENT.may("in_force", "negotiation")
