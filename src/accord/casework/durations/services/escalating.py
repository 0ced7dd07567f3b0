"""A clock that is over for too long: the managers of who must act are told, once a clock. The worker's, daily."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accord.casework.cases.enums import CaseState, StepState
from accord.casework.cases.models import Case, StageEntry, Step
from accord.casework.durations.enums import ClockKind
from accord.casework.durations.models import Escalation
from accord.casework.durations.rules import who_must_act
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.models import Referral
from accord.foundation.accounts.models import User
from accord.foundation.journal.services import record
from accord.foundation.notifications.services import notify
from accord.kernel.actors import WORKER
from accord.kernel.clock import now
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from accord.network.programmes.selectors import current_programmes

FOLLOWED = (CaseState.OPEN, CaseState.ANNOUNCED)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that has run out, and the institution that must act."""

    kind: ClockKind
    clock_id: UUID
    case: Case
    institution_id: UUID
    due_on: date


@transaction.atomic
def escalate(*, on: date) -> int:
    """Tell the managers of what is over for more days than the programme allows; returns how many clocks.

    Run twice, it tells once: a clock is escalated once for its day.
    """
    end_met_escalations()
    told = 0
    for programme in current_programmes():
        limit = on - timedelta(days=programme.parameters["escalation_days"])
        holders = {stage.key: stage.holder for stage in programme.stages}
        clocks = [*_stage_clocks(programme.slug, limit, holders), *_step_clocks(programme.slug, limit)]
        told += sum(_escalate(clock) for clock in clocks)
    return told


def _escalate(clock: Clock) -> bool:
    _escalation, is_new = Escalation.objects.get_or_create(
        clock_id=clock.clock_id,
        due_on=clock.due_on,
        defaults={"kind": clock.kind, "case": clock.case, "institution_id": clock.institution_id},
    )
    if is_new:
        notify(
            users=managers_of(clock.institution_id),
            institution_id=clock.institution_id,
            kind="durations.escalated",
            params={"number": clock.case.number},
            path=reverse("web:case", args=[clock.case.pk]),
            case_id=clock.case.pk,
        )
        record(
            by=WORKER,
            verb="escalated",
            subject_kind="clock",
            subject_id=clock.clock_id,
            subject_label=clock.case.number,
            cases=[clock.case.pk],
        )
    return is_new


def managers_of(institution_id: UUID) -> list[User]:
    """Those who answer for the institution's work."""
    managing = Membership.objects.filter(institution_id=institution_id, role=Role.MANAGER, until__isnull=True)
    return list(User.objects.filter(pk__in=managing.values("user"), is_active=True))


def _stage_clocks(programme: str, limit: date, holders: dict[str, str]) -> Iterable[Clock]:
    entries = StageEntry.objects.filter(
        _not_yet(),
        left_at__isnull=True,
        due_on__lt=limit,
        case__programme=programme,
        case__state__in=FOLLOWED,
    ).select_related("case")
    found = list(entries)
    referrals = {
        referral.case_id: referral
        for referral in Referral.objects.filter(case__in=[e.case_id for e in found])
    }
    for entry in found:
        referral = referrals.get(entry.case_id)
        yield Clock(
            ClockKind.STAGE,
            entry.pk,
            entry.case,
            who_must_act(
                holders.get(entry.stage, "lead"),
                announcer=entry.case.announced_by_id,
                desk=referral.desk_id if referral else None,
                lead=entry.case.lead_id,
                is_asked_back=referral is not None and referral.state == ReferralState.ASKED_BACK,
            ),
            entry.due_on,  # type: ignore[arg-type]
        )


def _step_clocks(programme: str, limit: date) -> Iterable[Clock]:
    steps = Step.objects.filter(
        _not_yet(),
        state=StepState.OPEN,
        due_on__lt=limit,
        case__programme=programme,
        case__state__in=FOLLOWED,
    ).select_related("case")
    for step in steps:
        yield Clock(ClockKind.STEP, step.pk, step.case, step.assignee_id, step.due_on)  # type: ignore[arg-type]


def _not_yet() -> Q:
    """Clocks that were not escalated for the day on which they ran out."""
    return ~Q(Exists(Escalation.objects.filter(clock_id=OuterRef("pk"), due_on=OuterRef("due_on"))))


def end_met_escalations() -> int:
    """End the escalations whose clock was met: the stage left, the step ended or put off; returns how many."""
    running = {"case__state__in": FOLLOWED, "pk": OuterRef("clock_id"), "due_on": OuterRef("due_on")}
    stage = StageEntry.objects.filter(left_at__isnull=True, **running)
    step = Step.objects.filter(state=StepState.OPEN, **running)
    return (
        Escalation.objects.filter(met_at__isnull=True)
        .exclude(Q(Exists(stage)) | Q(Exists(step)))
        .update(met_at=now())
    )
