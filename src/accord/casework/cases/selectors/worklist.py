"""What home shows of cases: what to do, what others owe us, what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value, When
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
WHYS = ("overdue", "unauthorised", "expiring", "changed")


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


_URGENCY: dict[str, Callable[[CaseToDo], Any]] = {
    "overdue": lambda found: found.due_on,
    "unauthorised": lambda found: -found.until.timestamp(),
    "expiring": lambda found: found.until,
    "changed": lambda found: -found.since.timestamp(),
}


def steps_on_worklist(actor: Actor, *, only_mine: bool) -> list[StepToDo]:
    """Open steps that we must do or wait for, the most urgent first; one query.

    `only_mine` keeps those of the actor: named after her, written by her, or of nobody in cases for which
    she answers.
    """
    return [StepToDo(*row) for row in _steps[only_mine].rows(actor)]


def cases_on_worklist(actor: Actor, *, only_mine: bool) -> list[CaseToDo]:
    """Cases that want something of us, each with why, at most ten of each sort; one query.

    The actor's own cases are few, and looked through once; of her institution's many, each sort is read
    from the index that has it in order.
    """
    if not only_mine:
        return [CaseToDo(*row) for row in _our_cases.rows(actor)]
    rows = _my_cases.rows(actor)
    return [found for place, why in enumerate(WHYS) for found in _first_of(rows, place, why)]


def _first_of(rows: list[tuple[Any, ...]], place: int, why: str) -> list[CaseToDo]:
    """Of the actor's cases those that are here for this reason; the flags stand before the columns."""
    found = []
    for row in rows:
        changed_at, *shown = row[len(WHYS) :]
        if row[place]:
            one = CaseToDo(why, *shown)
            found.append(replace(one, since=changed_at) if why == "changed" else one)
    return sorted(found, key=_URGENCY[why])[:MOST_CASES]


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


def _reasons(actor: Actor, today: date, now: datetime) -> dict[str, Q]:
    """Why a case is on the worklist; `visited_at` is annotated."""
    open_led = Q(leads=True, case_state=CaseState.OPEN)
    soon = Cast(Value(now), DateTimeField()) + Value(EXPIRES_WITHIN)
    return {
        "overdue": Q(leads=True, case_state__in=FOLLOWED, case_due_on__lt=today),
        "unauthorised": open_led & Q(case_authorised_until__lte=Now()),
        "expiring": open_led & Q(case_authorised_until__gt=Now(), case_authorised_until__lte=soon),
        "changed": Q(visited_at__lt=F("case_updated_at")),
    }


def _told(actor: Actor) -> QuerySet[Any]:
    """The cases that our institution knows of, with the actor's last visit."""
    visits = Visit.objects.filter(user_id=actor.user_key, case=OuterRef("case_id"))
    told = current_disclosures(actor).filter(basis=Basis.PARTY)
    return told.annotate(visited_at=Subquery(visits.values("at")[:1]))


def _my_question(actor: Actor, today: date, now: datetime) -> QuerySet[Any]:
    reasons = _reasons(actor, today, now)
    flags = [Case(When(reason, then=True), default=False) for reason in reasons.values()]
    mine = _told(actor).filter(answered_by(actor, "case_id")).filter(reduce(or_, reasons.values()))
    return mine.values_list(*flags, "case_updated_at", *_columns(actor))


def _our_question(actor: Actor, today: date, now: datetime) -> QuerySet[Any]:
    visited = Visit.objects.filter(user_id=actor.user_key).values("case_id")
    orders = {
        "overdue": "case_due_on",
        "unauthorised": "-case_authorised_until",
        "expiring": "case_authorised_until",
        "changed": "-case_updated_at",
    }
    parts = []
    for why, reason in _reasons(actor, today, now).items():
        query = _told(actor).filter(reason).order_by(orders[why])
        if why == "changed":
            query = query.filter(among("case_id", visited))
        parts.append(_as_rows(actor, why, query))
    return parts[0].union(*parts[1:], all=True)


def _as_rows(actor: Actor, why: str, query: QuerySet[Any]) -> QuerySet[Any]:
    """The first of them; what is shown beside is joined for these alone."""
    since = "case_updated_at" if why == "changed" else "case__stage_since"
    return Disclosure.objects.filter(pk__in=query.values("pk")[:MOST_CASES]).values_list(
        Value(why, output_field=CharField()), *_columns(actor, since)
    )


def _columns(actor: Actor, since: str = "case__stage_since") -> list[Any]:
    """What is shown of a case on the worklist, in the order of `CaseToDo`."""
    return [
        "case_id",
        "case__number",
        "case__programme",
        "case__programme_version",
        "case_stage",
        "case__lead__short_name",
        Cast(shown_name(actor, "person_id"), CharField()),
        since,
        "case_due_on",
        "case_authorised_until",
    ]


_steps = {mine: Compiled(partial(_step_question, mine)) for mine in (True, False)}
_my_cases, _our_cases = Compiled(_my_question), Compiled(_our_question)
