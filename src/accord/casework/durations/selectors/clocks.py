"""Clocks that have run out: for who must act, and, once escalated, for the managers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accord.casework.cases.enums import Basis, CaseState
from accord.casework.cases.models import Case
from accord.casework.cases.policies import current_disclosures
from accord.casework.cases.selectors.conditions import answered_by
from accord.casework.cases.selectors.lines import Line, lines
from accord.casework.durations.models import Escalation
from accord.casework.durations.policies import escalations_visible_to
from accord.casework.durations.rules import who_must_act
from accord.casework.referrals.models import Referral
from accord.kernel.actors import NIL, Actor
from accord.network.institutions.enums import Role
from accord.network.programmes.selectors import programme_for

MOST_LOOKED_AT, MOST_ESCALATED = 50, 10


def clock_lines(actor: Actor, only_mine: bool, today: date, now: datetime) -> list[QuerySet[Any]]:
    """Stages over their day, perhaps `held` by us, that others lead; for managers each escalated `stage` or `step`.

    Of each sort the longest overdue.
    """
    overdue = _overdue(actor, only_mine=only_mine, today=today)
    at_our_desk = Referral.objects.filter(case_id=OuterRef("case_id"), desk_id=actor.institution_key)
    held = lines(
        actor,
        "clock",
        "held",
        overdue,
        most=MOST_LOOKED_AT,
        since="case__stage_since",
        due_on="case_due_on",
        **_stage("case_stage"),
        announcer=F("case__announced_by_id"),
        at_our_desk=Exists(at_our_desk),
    )
    if not actor.has_role(Role.MANAGER):
        return [held]
    escalated = Escalation.objects.filter(
        escalations_visible_to(actor), institution_id=actor.institution_key, met_at__isnull=True
    ).order_by("due_on")
    return [
        held,
        lines(
            actor,
            "clock",
            F("kind"),
            escalated,
            most=MOST_ESCALATED,
            since="escalated_at",
            due_on="due_on",
            **_stage("case__stage"),
        ),
    ]


def is_held(actor: Actor, clock: Line) -> bool:
    """Whether the programme gives the stage to the announcer or to the desk, and that is our institution."""
    programme = programme_for(clock.told["programme"], clock.told["version"])
    holder = next((stage.holder for stage in programme.stages if stage.key == clock.told["stage"]), "lead")
    desk = actor.institution_key if clock.told["at_our_desk"] else None
    announcer = UUID(clock.told["announcer"])
    return holder != "lead" and actor.institution_id == who_must_act(
        holder, announcer=announcer, desk=desk, lead=NIL
    )


def _stage(key: str) -> dict[str, Any]:
    return {"programme": F("case__programme"), "version": F("case__programme_version"), "stage": F(key)}


def _overdue(actor: Actor, *, only_mine: bool, today: date) -> QuerySet[Any]:
    """Open cases over their day that we announced, or took at our desk, and that others lead."""
    at_our_desk = Referral.objects.filter(case_id=OuterRef("case_id"), desk_id=actor.institution_key)
    told = (
        current_disclosures(actor)
        .filter(basis=Basis.PARTY, leads=False, case_state=CaseState.OPEN, case_due_on__lt=today)
        .filter(Q(case__announced_by_id=actor.institution_key) | Q(Exists(at_our_desk)))
    )
    if only_mine:
        told = told.filter(answered_by(actor, "case_id"))
    return told.order_by("case_due_on")


def escalations_of(actor: Actor, case: Case) -> list[Escalation]:
    """What is escalated in a case now, the longest first, with who must act."""
    return list(
        Escalation.objects.filter(escalations_visible_to(actor), case=case, met_at__isnull=True)
        .select_related("institution")
        .order_by("escalated_at")
    )
