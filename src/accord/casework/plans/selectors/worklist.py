"""What plans want of an institution, for home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accord.casework.cases.enums import CaseState
from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.selectors.conditions import among, answered_by, shown_name
from accord.casework.plans.enums import IN_WORK, PlanState
from accord.casework.plans.models import Entry, Goal, Measure, Plan, PlanSignature
from accord.kernel.actors import Actor

MOST_PLANS = 20


@dataclass(frozen=True, slots=True)
class PlanToDo:
    """A plan that the institution must sign (`is_to_sign`), or in which strategies compete under its lead."""

    case_id: UUID
    number: str
    who: str | None
    since: datetime
    lead: str
    is_to_sign: bool
    open_findings: int


def plans_on_worklist(actor: Actor, *, only_mine: bool) -> list[PlanToDo]:
    """Plans to sign, and plans whose competing strategies are to be resolved; one query."""
    me = actor.institution_key
    signed = PlanSignature.objects.filter(
        plan=OuterRef("pk"), owner_id=me, is_of_person=False, fingerprint=OuterRef("fingerprint")
    )
    waits = Q(state=PlanState.PROPOSED) & (_stands(Goal, actor) | _stands(Measure, actor)) & ~Exists(signed)
    rows = Plan.objects.filter(
        answered_by(actor, "case_id") if only_mine else among("case_id", _cases_of(actor)),
        records_visible_to(actor),
        state__in=IN_WORK,
        case__state=CaseState.OPEN,
    )
    rows = rows.annotate(waits=waits).filter(Q(waits=True) | Q(case__lead_id=me, open_findings__gt=0))
    found = rows.order_by(F("proposed_at").asc(nulls_last=True), "id").values_list(
        "case_id",
        "case__number",
        shown_name(actor, "case__person_id"),
        "updated_at",
        "case__lead__short_name",
        "waits",
        "open_findings",
        "case__lead_id",
    )[:MOST_PLANS]
    return [
        PlanToDo(case_id, number, who, since, lead, waits, findings if lead_id == me else 0)
        for case_id, number, who, since, lead, waits, findings, lead_id in found
    ]


def _cases_of(actor: Actor) -> QuerySet[Any, Any]:
    """Cases that the institution leads, or in whose plan it owns something."""
    led = Case.objects.filter(lead_id=actor.institution_key, state=CaseState.OPEN).values("id")
    owned = (_owned(model, actor).values("case_id") for model in (Goal, Measure))
    return led.union(*owned, all=True)


def _owned(model: type[Entry], actor: Actor) -> QuerySet[Entry]:
    return model._default_manager.filter(owner_id=actor.institution_key, until_number__isnull=True)


def _stands(model: type[Entry], actor: Actor) -> Q:
    return Q(Exists(_owned(model, actor).filter(case=OuterRef("case_id"))))
