"""Days and states of early detection and préavis, as tables."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.casework.cases.rules import categories_of_circles, check_second_circle, laws_in_second_circle
from accord.casework.detection.enums import DetectionState, Outcome
from accord.casework.detection.rules import (
    check_answer,
    check_day,
    due_on,
    is_over,
    leads_to_application,
    may_decide,
    objections_until,
)
from accord.casework.detection.states import DETECTION
from accord.casework.referrals.rules import age_on, hints_for
from accord.kernel.states import ForbiddenTransition
from accord.network.programmes.rules import BUILT_IN, Programme, read_folders

DAY = date(2026, 3, 1)
ALLOWED = {
    ("received", "invited"),
    ("received", "answered"),
    ("invited", "held"),
    ("invited", "answered"),
    ("held", "answered"),
    ("answered", "applied"),
}


@pytest.mark.parametrize(("now", "then"), list(product(DetectionState.values, repeat=2)))
def test_a_communication_moves_only_so(now, then):
    if (now, then) in ALLOWED:
        DETECTION.check(now, then)
    else:
        with pytest.raises(ForbiddenTransition):
            DETECTION.check(now, then)


@pytest.mark.parametrize(
    ("outcome", "reasons", "problem"),
    [
        ("", "Motif", "outcome"),
        ("perhaps", "Motif", "outcome"),
        ("indicated", "  ", "reasons"),
        ("indicated", "Motif", ""),
        ("not_indicated", "Motif", ""),
        ("already", "Motif", ""),
    ],
)
def test_an_answer_says_what_and_why(outcome, reasons, problem):
    assert check_answer(outcome, reasons, Outcome.values) == problem


@pytest.mark.parametrize(
    ("day", "problem"),
    [(DAY - timedelta(1), "early"), (DAY, ""), (DAY + timedelta(5), ""), (DAY + timedelta(6), "future")],
)
def test_a_day_lies_between_what_it_follows_and_today(day, problem):
    assert check_day(day, earliest=DAY, today=DAY + timedelta(5)) == problem


@pytest.mark.parametrize("outcome", Outcome.values)
def test_only_where_it_is_indicated_an_application_is_awaited(outcome):
    assert leads_to_application(outcome) is (outcome == "indicated")


@given(st.dates(max_value=date(2900, 1, 1)), st.integers(1, 90))
def test_the_last_day_still_belongs_to_the_clock(sent_on, days):
    until = objections_until(sent_on, days)
    assert (until - sent_on).days == days == (due_on(sent_on, days) - sent_on).days
    assert not is_over(until, until)
    assert is_over(until, until + timedelta(1))


@given(st.lists(st.sampled_from(["", "taken", "renounced"])), st.integers(-40, 40))
def test_nobody_decides_before_everybody_was_heard_or_the_time_is_over(positions, offset):
    until = DAY + timedelta(30)
    on = until + timedelta(offset)
    assert may_decide(until, on, positions) is (offset > 0 or "" not in positions)


@pytest.fixture(scope="module")
def programmes() -> dict[str, Programme]:
    definitions, _faults = read_folders([BUILT_IN])
    return {one.programme.slug: one.programme for one in definitions}


class TestSecondCircle:
    @pytest.mark.parametrize(
        ("first", "second", "kind", "problem"),
        [
            ("cii-geneve", "cii-plus", "ai_office", ""),
            ("cii-valais", "cii-plus", "ai_office", ""),
            ("cii-plus", "cii-geneve", "ai_office", ""),
            ("cii-geneve", "cii-plus", "cii_office", "seat"),
            ("cii-plus", "cii-plus", "ai_office", "same"),
            ("cii-plus", "cii-geneve", "pension_fund", "seat"),
        ],
    )
    def test_who_leads_has_a_seat_in_both(self, programmes, first, second, kind, problem):
        assert check_second_circle(programmes[first], programmes[second], kind) == problem

    def test_every_kind_of_data_stands_once(self, programmes):
        kinds = categories_of_circles((programmes["cii-geneve"], programmes["cii-plus"]))
        assert len({kind.bit for kind in kinds}) == len(kinds) >= 9

    def test_an_article_that_ends_with_a_stage_does_not_hold_there(self, programmes):
        plus = programmes["cii-plus"]
        by_itself = {law.key for law in plus.laws_between("ai_office", "employment_office")}
        second = {law.key for law in laws_in_second_circle(plus, "ai_office", "employment_office")}
        assert by_itself - second == {"laci_85f_3"}


class Absence:
    def __init__(self, since: int, until: int | None, rate: int = 100) -> None:
        self.rate = rate
        self.since = DAY + timedelta(since)
        self.until = None if until is None else DAY + timedelta(until)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ({"absences": [Absence(-40, None)]}, []),
        ({"absences": [Absence(-10, None)]}, ["short"]),
        ({"absences": [Absence(-100, -95), Absence(-60, -55)]}, []),
        ({}, []),
        ({"announcer_kind": "m", "born": date(2013, 2, 1)}, []),
        ({"announcer_kind": "m", "born": date(2014, 2, 1)}, ["age"]),
        ({"reasons": ["young_person"], "born": date(1999, 2, 1)}, ["age"]),
        ({"reasons": ["young_person"], "born": date(2000, 4, 1)}, []),
        ({"announcer_kind": "m", "born": None}, []),
        ({"sender_kind": "employer", "absences": [Absence(-200, None)]}, ["late"]),
        ({"sender_kind": "employer", "absences": [Absence(-100, None)]}, []),
        ({"sender_kind": "insurer_accident", "absences": [Absence(-200, None)]}, []),
    ],
)
def test_hints_never_forbid(what, expected):
    asked = {
        "announcer_kind": "e",
        "sender_kind": "insurer_daily_lamal",
        "reasons": ["incapacity"],
        "born": date(1980, 5, 17),
        "absences": [],
        "today": DAY,
    }
    assert hints_for(**asked | what) == expected


@pytest.mark.parametrize(("born", "age"), [(date(2013, 3, 1), 13), (date(2013, 3, 2), 12)])
def test_one_is_a_year_older_on_ones_birthday(born, age):
    assert age_on(born, DAY) == age
