"""Pure rules: who is asked, who stands in, until when, whom one may speak with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.casework.medical.enums import Help, RequestState
from accord.casework.medical.rules.asking import Plea, faults_of_plea, others_can
from accord.casework.medical.rules.clocks import due_in
from accord.casework.medical.rules.releasing import Released, fault_of_releases
from accord.casework.medical.rules.replacing import Away, suggested
from accord.casework.medical.states import HOLDERS, REQUEST, holder_in

DAY = date(2026, 11, 26)
ANNA, BEAT = UUID(int=1), UUID(int=2)
LONG = "Une phrase qui dit ce qu’il en est."
PARAMETERS = {"medical_desk_days": 5, "medical_report_days": 14, "medical_clarification_days": 7}


@pytest.mark.parametrize(
    ("why", "tried", "faults"),
    [
        (LONG, LONG, ()),
        ("", LONG, ("why_medical",)),
        (LONG, "   ", ("tried_before",)),
        ("Vite.", "Non.", ("why_medical", "tried_before")),
    ],
)
def test_a_plea_says_why_and_what_was_tried(why, tried, faults):
    assert faults_of_plea(Plea("fitness", why, tried)) == faults


@pytest.mark.parametrize("need", Help.values)
def test_what_others_can_give_is_not_the_doctors(need):
    others = {"certificate": "treating_doctor", "information": "institution"}
    assert others_can(Plea(need, LONG, LONG)) == others.get(need, "")


away = st.builds(
    lambda who, start, length: Away(who, DAY + timedelta(days=start), DAY + timedelta(days=start + length)),
    st.sampled_from([ANNA, BEAT]),
    st.integers(-9, 9),
    st.integers(0, 9),
)


@given(absences=st.lists(away, max_size=6))
def test_whoever_is_suggested_is_there(absences):
    found = suggested(ANNA, BEAT, DAY, absences)
    gone = {one.doctor for one in absences if one.covers(DAY)}
    assert found not in gone
    assert (found is None) == ({ANNA, BEAT} <= gone)
    assert found != BEAT or ANNA in gone


def test_without_a_replacement_nobody_stands_in():
    assert suggested(ANNA, None, DAY, [Away(ANNA, DAY, DAY)]) is None


def test_every_state_has_its_holder_and_its_clock():
    assert set(HOLDERS) == set(RequestState.values) == set(REQUEST.allowed)
    for state in RequestState.values:
        due = due_in(state, DAY, PARAMETERS, meets_on=DAY)
        assert (due is None) == (holder_in(state, "full") == "nobody")


def test_a_precise_question_goes_straight_to_the_doctor():
    assert (holder_in("allocated", "advice"), holder_in("allocated", "full")) == ("doctor", "secretariat")
    assert due_in("allocated", DAY, PARAMETERS, kind="advice") == DAY + timedelta(days=14)
    assert due_in("allocated", DAY, PARAMETERS) == DAY + timedelta(days=5)


def test_a_report_is_never_undone():
    """Once signed, a request only goes on; amendments are new versions of the report."""
    for state in ("signed", "handed_in", "filed"):
        assert not REQUEST.may(state, "drafted")
    assert REQUEST.final_states() == {"filed", "declined", "withdrawn"}


AT = datetime(2026, 11, 20, tzinfo=UTC)
RUNNING = Released(DAY - timedelta(days=1), DAY, None)
REVOKED = Released(DAY - timedelta(days=9), DAY + timedelta(days=9), AT)
OVER = Released(DAY - timedelta(days=9), DAY - timedelta(days=1), None)
LATER = Released(DAY + timedelta(days=1), DAY + timedelta(days=9), None)


@pytest.mark.parametrize(
    ("releases", "fault"),
    [
        ([], "none"),
        ([RUNNING], ""),
        ([REVOKED], "revoked"),
        ([OVER], "expired"),
        ([LATER], "expired"),
        ([REVOKED, RUNNING], ""),
        ([OVER, REVOKED], "revoked"),
    ],
)
def test_whom_the_person_released(releases, fault):
    assert fault_of_releases(releases, DAY) == fault
