"""A clock that is over for too long is told to the managers of who must act: once, until it is met."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

import scenarios
from accord.casework.cases.enums import Category, StepState
from accord.casework.cases.models import Case, StageEntry, Step
from accord.casework.cases.services import add_step
from accord.casework.durations.models import Escalation
from accord.casework.durations.services import escalate
from accord.casework.referrals.models import Referral
from accord.foundation.notifications.models import Notification
from accord.kernel.clock import now, today
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role

pytestmark = pytest.mark.django_db

LIMIT = 10


@pytest.fixture(autouse=True)
def _programmes():
    scenarios.programmes()


@pytest.fixture
def anne():
    return scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)


@pytest.fixture
def desk():
    return scenarios.colleague(None, Role.REFERENT, kind=Kind.AI_OFFICE)


@pytest.fixture
def case(anne, desk):
    """Led by who announced it, with a stage that the desk holds."""
    case = scenarios.open_case(anne)
    scenarios.opened_to(case, desk.institution, Category.IDENTITY, Category.PLAN)
    Referral.objects.create(
        case=case,
        sender=anne.institution,
        desk=desk.institution,
        state="accepted",
        sent_at=now(),
        decided_at=now(),
    )
    return case


def manager(of):
    return scenarios.colleague(of.institution, Role.MANAGER)


def over_since(case, days):
    due = today() - timedelta(days=days)
    StageEntry.objects.filter(case=case).update(due_on=due)
    Case.objects.filter(pk=case.pk).update(stage_due_on=due)


def told(who):
    return Notification.objects.filter(user=who.user, kind="durations.escalated").count()


@pytest.mark.parametrize(("days", "count"), [(LIMIT, 0), (LIMIT + 1, 1)])
def test_after_more_days_than_the_programme_allows(case, desk, days, count):
    chief = manager(desk)
    over_since(case, days)
    assert escalate(on=today()) == count
    assert told(chief) == count


def test_the_managers_of_who_must_act_are_told_and_once(case, anne, desk):
    chief, other = manager(desk), manager(anne)
    over_since(case, 30)
    assert escalate(on=today()) == 1
    assert escalate(on=today()) == 0
    assert (told(chief), told(other), told(desk)) == (1, 0, 0)
    assert Escalation.objects.get().institution == desk.institution


def test_while_the_desk_asks_back_the_announcer_must_act(case, anne):
    Referral.objects.update(state="asked_back")
    over_since(case, 30)
    escalate(on=today())
    assert Escalation.objects.get().institution == anne.institution


def test_it_ends_when_the_stage_is_left(case):
    over_since(case, 30)
    escalate(on=today())
    StageEntry.objects.update(left_at=now())
    escalate(on=today())
    assert Escalation.objects.get().met_at is not None


def test_a_step_is_escalated_until_it_is_done_or_put_off(case, anne, desk):
    with acting_as(anne.actor):
        step = add_step(
            by=anne.actor, case_id=case.pk, title="Bilan", assignee_id=desk.institution.pk, due_on=None
        )
    Step.objects.update(due_on=today() - timedelta(days=30))
    escalate(on=today())
    assert Escalation.objects.get(clock_id=step.pk).institution == desk.institution
    Step.objects.update(due_on=today() + timedelta(days=5))
    escalate(on=today())
    assert Escalation.objects.get(clock_id=step.pk).met_at is not None
    Step.objects.update(due_on=today() - timedelta(days=11))
    assert escalate(on=today()) == 1
    Step.objects.update(state=StepState.DONE, ended_at=now())
    escalate(on=today())
    assert not Escalation.objects.filter(met_at__isnull=True).exists()


def test_a_closed_case_has_no_clock(case):
    over_since(case, 30)
    Case.objects.update(state="closed", closed_at=now(), outcome="x")
    assert escalate(on=today()) == 0


def home(who, address="/?pour=institution"):
    return [item.sentence for item in who.browser().get(address).context["to_do"]]


def test_the_desk_that_must_act_finds_the_stage_on_its_worklist(case, desk):
    over_since(case, 3)
    assert any("attend votre institution" in sentence for sentence in home(desk))
    Case.objects.update(stage="follow_up")
    assert not any("attend votre institution" in sentence for sentence in home(desk))


def test_the_manager_finds_the_escalation_on_her_worklist_and_on_the_case(case, desk):
    chief = manager(desk)
    over_since(case, 30)
    assert not any("Escalade" in sentence for sentence in home(chief))
    escalate(on=today())
    assert any("Escalade" in sentence for sentence in home(chief))
    assert not any("Escalade" in sentence for sentence in home(desk))
    page = chief.browser().get(reverse("web:case", args=[case.pk]), {"panneau": "etapes"}).content.decode()
    assert "escaladé depuis le" in page
