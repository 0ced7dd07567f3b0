"""What plans want of an institution, for home."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accord.casework.cases.enums import CaseState
from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.selectors.conditions import among, answered_by
from accord.casework.cases.selectors.lines import lines
from accord.casework.plans.enums import IN_WORK, PlanState
from accord.casework.plans.models import Entry, Goal, Measure, Plan, PlanSignature
from accord.kernel.actors import Actor

MOST_PLANS = 20


def plan_lines(actor: Actor, only_mine: bool, today: date, now: datetime) -> list[QuerySet[Any]]:
    """Plans to `sign`, and plans of cases that we lead in which competing strategies are to `resolve`."""
    me = actor.institution_key
    signed = PlanSignature.objects.filter(
        plan=OuterRef("pk"), owner_id=me, is_of_person=False, fingerprint=OuterRef("fingerprint")
    )
    waits = Q(state=PlanState.PROPOSED) & (_stands(Goal, actor) | _stands(Measure, actor)) & ~Exists(signed)
    in_work = (
        Plan.objects.filter(
            answered_by(actor, "case_id") if only_mine else among("case_id", _cases_of(actor)),
            records_visible_to(actor),
            state__in=IN_WORK,
            case__state=CaseState.OPEN,
        )
        .annotate(waits=waits)
        .order_by(F("proposed_at").asc(nulls_last=True), "id")
    )
    competing = in_work.filter(waits=False, case__lead_id=me, open_findings__gt=0)
    to_sign = in_work.filter(waits=True)
    return [
        lines(actor, "plan", "sign", to_sign, most=MOST_PLANS, since="updated_at"),
        lines(actor, "plan", "resolve", competing, most=MOST_PLANS, since="updated_at"),
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
