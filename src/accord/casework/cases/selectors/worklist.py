"""What home shows of cases: what to do, what others owe us, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Now

from accord.casework.cases.enums import Basis, CaseState, StepState
from accord.casework.cases.models import Disclosure, Step, Visit
from accord.casework.cases.policies import current_disclosures, records_visible_to
from accord.casework.cases.selectors.conditions import answered_by, shown_name
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today

EXPIRES_WITHIN = timedelta(days=30)
FOLLOWED = (CaseState.OPEN, CaseState.ANNOUNCED)


@dataclass(frozen=True, slots=True)
class CaseToDo:
    """A case on the worklist, and why: `overdue`, `unauthorised`, `expiring` or `changed`."""

    why: str
    case_id: UUID
    number: str
    programme: str
    programme_version: str
    stage: str
    lead: str
    who: str | None
    since: datetime
    due_on: date | None
    until: datetime


def steps_on_worklist(actor: Actor, *, only_mine: bool, size: int = 50) -> list[Step]:
    """Open steps that we must do or wait for, with the person's name as `who`; one query.

    `only_mine` keeps those of the actor: named after her, or of nobody in cases for which she answers.
    """
    query = (
        Step.objects.filter(records_visible_to(actor), state=StepState.OPEN)
        .filter(Q(assignee_id=actor.institution_key) | Q(owner_id=actor.institution_key))
        .exclude(case__state__in=[CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.DECLINED])
        .select_related("case", "owner", "assignee", "assignee_user")
        .annotate(who=shown_name(actor, "case__person_id"))
    )
    if only_mine:
        query = query.filter(
            Q(assignee_user_id=actor.user_key)
            | Q(author_id=actor.user_key)
            | Q(assignee_user__isnull=True) & answered_by(actor, "case_id")
        )
    return list(query.order_by(F("due_on").asc(nulls_last=True), "id")[:size])


def cases_on_worklist(actor: Actor, *, only_mine: bool, size: int = 10) -> list[CaseToDo]:
    """Cases that want something of us, each with why; at most `size` of each sort, one query."""
    told = current_disclosures(actor).filter(basis=Basis.PARTY)
    if only_mine:
        told = told.filter(answered_by(actor, "case_id"))
    led = told.filter(case__lead_id=actor.institution_key)
    consents = Disclosure.objects.filter(case=OuterRef("case_id"), basis=Basis.CONSENT, valid_until__gt=Now())
    visits = Visit.objects.filter(user_id=actor.user_key, case=OuterRef("case_id")).values("at")[:1]
    overdue = led.filter(case_state__in=FOLLOWED, case_due_on__lt=today()).order_by("case_due_on")
    unauthorised = led.filter(Q(case_state=CaseState.OPEN) & ~Exists(consents)).order_by("-case_updated_at")
    expiring = (
        led.filter(case_state=CaseState.OPEN)
        .annotate(ends=Subquery(consents.order_by("valid_until").values("valid_until")[:1]))
        .filter(ends__lt=now() + EXPIRES_WITHIN)
        .order_by("ends")
    )
    changed = (
        told.annotate(visited_at=Subquery(visits))
        .filter(visited_at__lt=F("case_updated_at"))
        .order_by("-case_updated_at")
    )
    rows = _as_rows(actor, "overdue", overdue)[:size].union(
        _as_rows(actor, "unauthorised", unauthorised)[:size],
        _as_rows(actor, "expiring", expiring, "ends")[:size],
        _as_rows(actor, "changed", changed)[:size],
        all=True,
    )
    return [CaseToDo(*row) for row in rows]


def _as_rows(
    actor: Actor, why: str, query: QuerySet[Disclosure], until: str = "valid_until"
) -> QuerySet[Any]:
    return query.values_list(
        Value(why, output_field=CharField()),
        "case_id",
        "case__number",
        "case__programme",
        "case__programme_version",
        "case_stage",
        "case__lead__short_name",
        Cast(shown_name(actor, "person_id"), CharField()),
        "case_updated_at" if why == "changed" else "case__stage_since",
        "case_due_on",
        Cast(until, DateTimeField()),
    )
