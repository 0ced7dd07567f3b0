"""What a meeting must respect, whatever the day: the programme’s rules, and the Swiss clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.casework.meetings.rules import (
    CLOSES,
    OPENS,
    Wish,
    assessment_kinds,
    at_local,
    ends_after,
    fault_of_doctor,
    fault_of_time,
    free_slots,
    kind_before,
    kind_of,
    overlap,
    person_is_there,
    starts_before,
    working_days,
)
from accord.kernel.clock import SWISS_TIME
from accord.network.programmes.rules import BUILT_IN, Programme, read_folders

PROGRAMMES: dict[str, Programme] = {
    definition.programme.slug: definition.programme for definition in read_folders([BUILT_IN])[0]
}
VALAIS = PROGRAMMES["cii-valais"]
MONDAY = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 24, tzinfo=SWISS_TIME)
NOON = datetime(2026, 11, 23, 12, tzinfo=SWISS_TIME)


def kind(doctor: str = "optional", person: str = "yes", longest: int | None = 60):
    from dataclasses import replace

    known = kind_of(VALAIS, "follow_up")
    return replace(known, doctor=doctor, person_present=person, longest_minutes=longest)


@pytest.mark.parametrize(
    ("doctor", "doctors", "reason", "fault"),
    [
        ("required", 0, "", "missing"),
        ("required", 1, "", ""),
        ("optional", 0, "", ""),
        ("optional", 2, "", ""),
        ("none", 0, "", ""),
        ("none", 1, "utile", "unwanted"),
        ("exception", 0, "", ""),
        ("exception", 1, "  ", "unexplained"),
        ("exception", 1, "Il connaît le poste.", ""),
    ],
)
def test_the_doctor_comes_as_the_programme_says(doctor, doctors, reason, fault):
    assert fault_of_doctor(kind(doctor), doctors=doctors, reason=reason) == fault


@pytest.mark.parametrize(
    ("person", "wished", "is_there"),
    [
        ("yes", False, True),
        ("yes", True, True),
        ("no", True, False),
        ("no", False, False),
        ("optional", True, True),
        ("optional", False, False),
    ],
)
def test_the_person_is_there_as_the_programme_says(person, wished, is_there):
    assert person_is_there(kind(person=person), wished) is is_there


@pytest.mark.parametrize(
    ("minutes_from_now", "minutes", "longest", "fault"),
    [(0, 60, 60, "past"), (1, 60, 60, ""), (1, 61, 60, "long"), (1, 10, 60, "short"), (1, 481, None, "long")],
)
def test_hour_and_length(minutes_from_now, minutes, longest, fault):
    starts_at = NOON + timedelta(minutes=minutes_from_now)
    assert fault_of_time(kind(longest=longest), starts_at, minutes, now=NOON) == fault


def test_in_the_valais_the_interview_follows_one_hour_after_the_pre_assessment():
    interview = kind_of(VALAIS, "assessment")
    assert kind_before(VALAIS, interview).key == "pre_assessment"
    assert starts_before(interview, NOON) == NOON - timedelta(hours=1)
    assert kind_before(VALAIS, kind_of(VALAIS, "round_table")) is None


@pytest.mark.parametrize(
    ("slug", "kinds"),
    [
        ("cii-valais", {"assessment"}),
        ("cii-geneve", {"assessment"}),
        ("cii-plus", {"early_detection_interview", "workplace"}),
    ],
)
def test_what_counts_as_the_assessment(slug, kinds):
    assert assessment_kinds(PROGRAMMES[slug]) == kinds


def test_across_the_change_to_summer_time_the_local_hour_stays():
    """Sunday 28 March 2027: the clocks go from 2 to 3."""
    before, after = at_local(date(2027, 3, 26), time(10)), at_local(date(2027, 3, 29), time(10))
    assert (before.astimezone(SWISS_TIME).hour, after.astimezone(SWISS_TIME).hour) == (10, 10)
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(days=3, hours=-1)


def test_the_hour_that_does_not_exist_is_the_one_after():
    assert at_local(date(2027, 3, 28), time(2, 30)).hour == 3


def test_a_meeting_lasts_real_minutes_over_the_change():
    starts = at_local(date(2027, 3, 28), time(1, 30))
    assert ends_after(starts, 60).astimezone(SWISS_TIME).time() == time(3, 30)


def test_twenty_working_days_leave_the_weekends_out():
    days = list(working_days(MONDAY))
    assert len(days) == 20 and days[0] == date(2026, 11, 24) and days[-1] == date(2026, 12, 21)
    assert all(day.weekday() < 5 for day in days)


starts = st.integers(6 * 60, 28 * 24 * 60).map(lambda minutes: ends_after(MIDNIGHT, minutes))
spans = st.tuples(starts, st.integers(15, 900)).map(lambda pair: (pair[0], ends_after(*pair)))
wishes = st.builds(Wish, minutes=st.integers(15, 300), before=st.sampled_from([0, 60]))


@given(wishes, st.lists(spans, max_size=12))
def test_a_proposed_hour_is_free_in_office_hours_and_on_the_grid(wish, busy):
    slots = free_slots(wish, busy, after=MONDAY)
    assert slots == sorted(set(slots)) and len(slots) <= 12
    for slot in slots:
        begins, ends = (instant.astimezone(SWISS_TIME) for instant in wish.span(slot))
        assert not any(overlap((begins, ends), span) for span in busy)
        assert begins.time() >= OPENS and ends.time() <= CLOSES and begins.date() == ends.date()
        assert slot.minute % 15 == 0 and begins.weekday() < 5


@given(wishes)
def test_an_empty_calendar_always_has_room(wish):
    assert len(free_slots(wish, [], after=MONDAY)) == 12


def test_when_everything_is_taken_nothing_is_proposed():
    everything = [(NOON - timedelta(days=1), NOON + timedelta(days=60))]
    assert free_slots(Wish(60), everything, after=MONDAY) == []


@given(spans, spans)
def test_overlapping_is_mutual_and_touching_is_not_overlapping(one, other):
    assert overlap(one, other) == overlap(other, one)
    assert overlap(one, one)
    assert not overlap(one, (one[1], one[1] + timedelta(minutes=15)))
