"""What home shows of cases: what to do, what others owe us, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Now

from accord.casework.cases.enums import ENDED, Basis, CaseState, StepState
from accord.casework.cases.models import Disclosure, Step, Visit
from accord.casework.cases.policies import current_disclosures, records_visible_to
from accord.casework.cases.selectors.compiled import Compiled
from accord.casework.cases.selectors.conditions import among, answered_by, shown_name
from accord.kernel.actors import Actor

EXPIRES_WITHIN = timedelta(days=30)
FOLLOWED = (CaseState.OPEN, CaseState.ANNOUNCED)
MOST_STEPS, MOST_CASES = 50, 10


@dataclass(frozen=True, slots=True)
class StepToDo:
    """An open step on the worklist, with the person's name as far as it is disclosed."""

    case_id: UUID
    number: str
    who: str | None
    title: str
    since: datetime
    due_on: date | None
    assignee_id: UUID
    assignee: str
    assignee_user_id: UUID | None
    first_name: str | None
    last_name: str | None

    @property
    def holder(self) -> str:
        """The institution that must do it, and the colleague when one is named."""
        person = f"{self.first_name or ''} {self.last_name or ''}".strip()
        return f"{self.assignee}, {person}" if person else self.assignee


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


def steps_on_worklist(actor: Actor, *, only_mine: bool) -> list[StepToDo]:
    """Open steps that we must do or wait for, the most urgent first; one query.

    `only_mine` keeps those of the actor: named after her, written by her, or of nobody in cases for which
    she answers.
    """
    return [StepToDo(*row) for row in _steps[only_mine].rows(actor)]


def cases_on_worklist(actor: Actor, *, only_mine: bool) -> list[CaseToDo]:
    """Cases that want something of us, each with why, at most ten of each sort; one query."""
    return [CaseToDo(*row) for row in _cases[only_mine].rows(actor)]


def _step_question(only_mine: bool, actor: Actor, today: date, now: datetime) -> QuerySet[Any]:
    running = Step.objects.filter(records_visible_to(actor), state=StepState.OPEN).exclude(
        case__state__in=[CaseState.CLOSED, *ENDED]
    )
    if only_mine:
        running = running.filter(
            Q(assignee_user_id=actor.user_key)
            | Q(author_id=actor.user_key)
            | Q(assignee_user__isnull=True) & answered_by(actor, "case_id")
        )
    soonest = (F("due_on").asc(nulls_last=True), "id")
    to_do, awaited = (
        running.filter(**{whose: actor.institution_key}).order_by(*soonest).values("id")[:MOST_STEPS]
        for whose in ("assignee_id", "owner_id")
    )
    shown = Step.objects.filter(among("id", to_do.union(awaited)))
    return shown.order_by(*soonest).values_list(
        "case_id",
        "case__number",
        shown_name(actor, "case__person_id"),
        "title",
        "created_at",
        "due_on",
        "assignee_id",
        "assignee__short_name",
        "assignee_user_id",
        "assignee_user__first_name",
        "assignee_user__last_name",
    )[:MOST_STEPS]


def _case_question(only_mine: bool, actor: Actor, today: date, now: datetime) -> QuerySet[Any]:
    told = current_disclosures(actor).filter(basis=Basis.PARTY)
    if only_mine:
        told = told.filter(answered_by(actor, "case_id"))
    led = told.filter(leads=True)
    followed = led.filter(case_state=CaseState.OPEN)
    visits = Visit.objects.filter(user_id=actor.user_key)
    last_visit = Subquery(visits.filter(case=OuterRef("case_id")).values("at")[:1])
    overdue = led.filter(case_state__in=FOLLOWED, case_due_on__lt=today)
    unauthorised = followed.filter(case_authorised_until__lte=Now())
    soon = Cast(Value(now), DateTimeField()) + Value(EXPIRES_WITHIN)
    expiring = followed.filter(case_authorised_until__gt=Now(), case_authorised_until__lte=soon)
    changed = told.filter(among("case_id", visits.values("case_id"))).annotate(visited_at=last_visit)
    changed = changed.filter(visited_at__lt=F("case_updated_at"))
    return _as_rows(actor, "overdue", overdue.order_by("case_due_on")).union(
        _as_rows(actor, "unauthorised", unauthorised.order_by("-case_authorised_until")),
        _as_rows(actor, "expiring", expiring.order_by("case_authorised_until")),
        _as_rows(actor, "changed", changed.order_by("-case_updated_at")),
        all=True,
    )


def _as_rows(actor: Actor, why: str, query: QuerySet[Disclosure]) -> QuerySet[Any]:
    """The first of them; what is shown beside is joined for these alone."""
    return Disclosure.objects.filter(pk__in=query.values("pk")[:MOST_CASES]).values_list(
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
        "case_authorised_until",
    )


_steps = {mine: Compiled(partial(_step_question, mine)) for mine in (True, False)}
_cases = {mine: Compiled(partial(_case_question, mine)) for mine in (True, False)}
