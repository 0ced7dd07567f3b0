"""Clocks that have run out: for who must act, and, once escalated, for the managers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from accord.casework.cases.enums import Basis, CaseState
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.policies import current_disclosures
from accord.casework.cases.selectors.conditions import answered_by, shown_name
from accord.casework.durations.models import Escalation
from accord.casework.durations.policies import escalations_visible_to
from accord.casework.durations.rules import who_must_act
from accord.casework.referrals.models import Referral
from accord.kernel.actors import NIL, Actor
from accord.kernel.clock import today
from accord.network.institutions.enums import Role
from accord.network.programmes.selectors import programme_for

MOST_LOOKED_AT, MOST_ESCALATED = 50, 10


@dataclass(frozen=True, slots=True)
class ClockToDo:
    """A clock that has run out: `stage` or `step` when it is escalated, `held` when we must act in a stage."""

    why: str
    case_id: UUID
    number: str
    programme: str
    programme_version: str
    stage: str
    who: str | None
    since: datetime
    due_on: date


def clocks_on_worklist(actor: Actor, *, only_mine: bool) -> list[ClockToDo]:
    """Stages over their day in which we must act without leading; for managers, what was escalated; one query.

    Of each sort the longest overdue.
    """
    query = _overdue(actor, only_mine=only_mine)
    if actor.has_role(Role.MANAGER):
        query = query.union(_escalated(actor), all=True)
    found = [(ClockToDo(*row), announcer, at_our_desk) for *row, announcer, at_our_desk in query]
    held = [clock for clock, *ours in found if clock.why != "held" or _we_must_act(actor, clock, *ours)]
    return sorted(held, key=lambda clock: clock.due_on)


def _we_must_act(actor: Actor, clock: ClockToDo, announcer: UUID, at_our_desk: bool) -> bool:
    """The programme gives the stage to the announcer or to the desk, and that is our institution."""
    programme = programme_for(clock.programme, clock.programme_version)
    holder = next((stage.holder for stage in programme.stages if stage.key == clock.stage), "lead")
    desk = actor.institution_key if at_our_desk else None
    return holder != "lead" and actor.institution_id == who_must_act(
        holder, announcer=announcer, desk=desk, lead=NIL
    )


def _overdue(actor: Actor, *, only_mine: bool) -> QuerySet[Any]:
    """Open cases over their day that we announced, or took at our desk, and that others lead."""
    at_our_desk = Referral.objects.filter(case_id=OuterRef("case_id"), desk_id=actor.institution_key)
    told = (
        current_disclosures(actor)
        .filter(basis=Basis.PARTY, leads=False, case_state=CaseState.OPEN, case_due_on__lt=today())
        .filter(Q(case__announced_by_id=actor.institution_key) | Q(Exists(at_our_desk)))
    )
    if only_mine:
        told = told.filter(answered_by(actor, "case_id"))
    first = told.order_by("case_due_on").values("pk")[:MOST_LOOKED_AT]
    return Disclosure.objects.filter(pk__in=first).values_list(
        Value("held", output_field=CharField()),
        "case_id",
        "case__number",
        "case__programme",
        "case__programme_version",
        "case_stage",
        Cast(shown_name(actor, "person_id"), CharField()),
        Cast(F("case__stage_since"), DateTimeField()),
        "case_due_on",
        "case__announced_by_id",
        Exists(at_our_desk),
    )


def _escalated(actor: Actor) -> QuerySet[Any]:
    first = (
        Escalation.objects.filter(
            escalations_visible_to(actor), institution_id=actor.institution_key, met_at__isnull=True
        )
        .order_by("due_on")
        .values("pk")[:MOST_ESCALATED]
    )
    return Escalation.objects.filter(pk__in=first).values_list(
        "kind",
        "case_id",
        "case__number",
        "case__programme",
        "case__programme_version",
        "case__stage",
        Cast(shown_name(actor, "case__person_id"), CharField()),
        "escalated_at",
        "due_on",
        "case__announced_by_id",
        Value(False, output_field=BooleanField()),
    )


def escalations_of(actor: Actor, case: Case) -> list[Escalation]:
    """What is escalated in a case now, the longest first, with who must act."""
    return list(
        Escalation.objects.filter(escalations_visible_to(actor), case=case, met_at__isnull=True)
        .select_related("institution")
        .order_by("escalated_at")
    )
