"""What is noted and published about the capacity for work."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

import scenarios
from accord.casework.capacity.models import FunctionalSummary, IncapacityPeriod
from accord.casework.capacity.rules import Conclusions, WorkCapacity
from accord.casework.capacity.selectors import every_period_of, periods_of, summaries_of, summary_of
from accord.casework.capacity.services import (
    change_incapacity,
    end_incapacity,
    publish_summary,
    withdraw_incapacity,
)
from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Event
from accord.casework.cases.services import close_case
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import Actor
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Kind, Role
from casework.capacity.situations import SITTING_WORK, act, decreasing, noted, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programmes():
    scenarios.programmes()


@pytest.fixture
def case(anne):
    return scenarios.open_case(anne)


@pytest.fixture
def bruno(case):
    """Works for the employment office, to which the capacity is disclosed."""
    bruno = scenarios.colleague(None, Role.REFERENT, kind=Kind.EMPLOYMENT_OFFICE)
    scenarios.opened_to(case, bruno.institution, Category.IDENTITY, Category.CAPACITY)
    return bruno


@pytest.fixture
def carla(case):
    """Works for the social service, to which the capacity is not disclosed."""
    carla = scenarios.colleague(kind=Kind.SOCIAL_AID)
    scenarios.opened_to(case, carla.institution, Category.IDENTITY, Category.SOCIAL)
    return carla


def changed(period: IncapacityPeriod, **words: object) -> dict[str, object]:
    """The fields of a period as its form would send them back."""
    names = ("source_kind", "source_name", "rate", "since", "until", "cause", "note", "version")
    return {"period_id": period.pk, **{name: getattr(period, name) for name in names}, **words}


def test_rates_that_change_stand_one_after_the_other(anne, case):
    decreasing(anne, case)
    with acting_as(anne.actor):
        assert [p.rate for p in periods_of(anne.actor, case)] == [100, 85, 70, 50]


def test_sources_may_differ_about_the_same_days(anne, bruno, case):
    noted(anne, case, 100)
    noted(bruno, case, 50, source_kind="insurer_doctor", source_name="Dr Kalbermatten")
    noted(bruno, case, 100, source_name="Dr Zufferey")
    assert IncapacityPeriod.objects.count() == 3


@pytest.mark.parametrize(("since", "until"), [(-40, -10), (-10, 5), (-60, -40), (-30, -20), (-60, None)])
def test_within_one_source_no_day_has_two_rates(anne, case, since, until):
    noted(anne, case, 100)
    with pytest.raises(Refused, match="recouvrent") as refusal:
        noted(
            anne, case, 50, source_name="dre rey", since=scenarios.in_days(since),
            until=None if until is None else scenarios.in_days(until),
        )  # fmt: skip
    assert refusal.value.field == "since"


def test_an_open_end_must_be_closed_before_the_next_period(anne, case):
    first = noted(anne, case, until=None)
    with pytest.raises(Refused, match="dernier jour"):
        noted(anne, case, 50, since=scenarios.in_days(0), until=None)
    act(anne, end_incapacity, period_id=first.pk, until=scenarios.in_days(-1))
    noted(anne, case, 50, since=scenarios.in_days(0), until=None)


def test_the_database_refuses_what_two_colleagues_write_at_once(anne, case):
    noted(anne, case)
    with pytest.raises(IntegrityError, match="incapacity_once_per_source"), transaction.atomic():
        IncapacityPeriod.objects.create(
            case=case, owner=anne.institution, source_kind="treating_doctor", source_name="DRE REY", rate=1,
            since=scenarios.in_days(-10), category=Category.CAPACITY,
        )  # fmt: skip


def test_a_period_that_one_may_not_read_is_refused_in_plain_words(anne, carla, case):
    noted(anne, case)
    with pytest.raises(Refused, match="Cette source a déjà une période à ces dates"):
        noted(carla, case, 50)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"rate": 101}, "rate"),
        ({"rate": -1}, "rate"),
        ({"until": scenarios.in_days(-41)}, "until"),
        ({"source_name": "  "}, "source_name"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(anne, case, words, field):
    with pytest.raises(Refused) as refusal:
        noted(anne, case, **({"rate": 100} | words))
    assert refusal.value.field == field


def test_the_person_herself_needs_no_name(anne, case):
    assert noted(anne, case, source_kind="insured", source_name="").source == "La personne elle-même"


def test_a_correction_goes_by_the_version_that_was_read(anne, case):
    period = noted(anne, case)
    act(anne, change_incapacity, **changed(period, rate=80))
    with pytest.raises(Stale) as stale:
        act(anne, change_incapacity, **changed(period, rate=60))
    assert stale.value.current.rate == 80


def test_only_who_noted_it_changes_it(anne, bruno, case):
    period = noted(anne, case)
    for verb, words in (
        (change_incapacity, changed(period)),
        (end_incapacity, {"period_id": period.pk, "until": date(2030, 1, 1)}),
        (withdraw_incapacity, {"period_id": period.pk, "reason": "erreur"}),
    ):
        with pytest.raises(Refused, match="Seule l’institution qui a écrit"):
            act(bruno, verb, **words)


def test_what_is_withdrawn_stays_legible_and_counts_no_more(anne, case):
    period = noted(anne, case)
    act(anne, withdraw_incapacity, period_id=period.pk, reason="Autre personne")
    with acting_as(anne.actor):
        assert not periods_of(anne.actor, case)
        assert [p.withdrawn_because for p in every_period_of(anne.actor, case)] == ["Autre personne"]
    noted(anne, case, 50)
    with pytest.raises(Refused, match="retirée"):
        act(anne, change_incapacity, **changed(period))


def test_ending_twice_tells_once(anne, case):
    period = noted(anne, case, until=None)
    for _click in range(2):
        act(anne, end_incapacity, period_id=period.pk, until=scenarios.in_days(0))
    assert Event.objects.filter(kind=EventKind.CAPACITY).count() == 2


def test_those_who_see_the_capacity_are_told_and_no_one_else(anne, bruno, carla, case):
    noted(anne, case)
    published(anne, case)
    told = Notification.objects.filter(kind__startswith="capacity.")
    assert sorted(told.values_list("kind", "user")) == [
        ("capacity.noted", bruno.user.pk),
        ("capacity.summary", bruno.user.pk),
    ]
    for who, sees in ((bruno, 1), (carla, 0)):
        with acting_as(who.actor):
            assert Event.objects.filter(kind=EventKind.CAPACITY).count() == sees


def test_what_is_noted_for_oneself_is_told_to_nobody(anne, bruno, case):
    period = noted(anne, case, audience=Audience.OWN)
    assert not Event.objects.filter(kind=EventKind.CAPACITY).exists()
    assert not Notification.objects.filter(kind="capacity.noted").exists()
    assert Entry.objects.filter(subject_id=period.pk, verb="capacity").count() == 1
    with acting_as(bruno.actor):
        assert not periods_of(bruno.actor, case)


def test_in_a_closed_case_nothing_is_noted(anne, case):
    act(anne, close_case, case_id=case.pk, outcome="other")
    with pytest.raises(Refused, match="terminé"):
        noted(anne, case)


# The functional summary.


@pytest.mark.parametrize(
    ("kind", "role", "may"),
    [
        (Kind.MEDICAL_SERVICE, Role.DOCTOR, True),
        (Kind.MEDICAL_SERVICE, Role.SECRETARY, False),
        (Kind.AI_OFFICE, Role.CASEWORKER, True),
        (Kind.AI_OFFICE, Role.SECRETARY, False),
        (Kind.EMPLOYMENT_OFFICE, Role.CASEWORKER, False),
        (Kind.CII_OFFICE, Role.DESK, False),
    ],
)
def test_who_publishes_a_summary(anne, case, kind, role, may):
    who = scenarios.colleague(None, role, kind=kind)
    scenarios.opened_to(case, who.institution, Category.CAPACITY)
    if may:
        assert published(who, case).published_as == (role if role == Role.DOCTOR else Role.CASEWORKER)
    else:
        with pytest.raises(Refused, match="service médical"):
            published(who, case)


def test_the_last_summary_holds_and_those_before_stay(anne, bruno, case):
    published(anne, case)
    later = published(anne, case, Conclusions(usual=WorkCapacity(100, 100, date(2026, 11, 1))))
    with acting_as(bruno.actor):
        assert summary_of(bruno.actor, case) == later
        first = summaries_of(bruno.actor, case)[1]
    assert (first.usual, first.adapted) == (SITTING_WORK.usual, SITTING_WORK.adapted)
    assert first.limits == [("Port de charges et force", SITTING_WORK.limitations[0])]


def test_the_database_lets_nobody_edit_a_summary(anne, case):
    summary = published(anne, case)
    with acting_as(anne.actor):
        assert FunctionalSummary.objects.filter(pk=summary.pk).update(conditions="aucune") == 0
        with transaction.atomic():
            assert FunctionalSummary.objects.filter(pk=summary.pk).delete()[0] == 0


def test_a_summary_is_hidden_from_whom_the_capacity_is_not_disclosed_to(anne, carla, case):
    published(anne, case)
    with acting_as(carla.actor):
        assert summary_of(carla.actor, case) is None


@pytest.mark.parametrize(
    ("conclusions", "field"),
    [
        (Conclusions(), None),
        (Conclusions(usual=WorkCapacity(120, 100, date(2026, 1, 1))), "usual_time"),
        (Conclusions(adapted=WorkCapacity(50, -1, date(2026, 1, 1))), "adapted_time"),
        (Conclusions(fitness="conditional"), "conditions"),
    ],
)
def test_a_summary_that_says_nothing_or_too_much_is_refused(anne, case, conclusions, field):
    with pytest.raises(Refused) as refusal:
        published(anne, case, conclusions)
    assert refusal.value.field == field


def test_a_summary_is_published_for_others(anne, case):
    with pytest.raises(Refused):
        act(anne, publish_summary, case_id=case.pk, conclusions=SITTING_WORK, audience=Audience.OWN)


def test_the_insured_person_reads_what_is_for_her(anne, case):
    noted(anne, case)
    shown = noted(
        anne, case, 50, since=scenarios.in_days(-5), until=scenarios.in_days(-1),
        audience=Audience.PERSON,
    )  # fmt: skip
    her = Actor(window_case_id=case.pk)
    with acting_as(her):
        assert list(periods_of(her, case)) == [shown]
