"""Lists of cases: read from the disclosures themselves, which carry what lists sort and filter by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Now

from accord.casework.cases.enums import RUNNING, Basis, StepState
from accord.casework.cases.models import Case, Disclosure, Step, Visit
from accord.casework.cases.policies import (
    cases_visible_to,
    current_disclosures,
    persons_visible_to,
    records_visible_to,
)
from accord.casework.cases.selectors.conditions import answered_by, next_step, shown_name
from accord.kernel.actors import Actor
from accord.kernel.pages import Page, page_of
from accord.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which cases a list shows, and from which mark of the page before (`after`) or behind (`before`)."""

    states: tuple[str, ...] = RUNNING
    stage: str = ""
    programme: str = ""
    overdue_on: date | None = None
    only_mine: bool = False
    lead_by_us: bool = False
    after: str = ""
    before: str = ""
    size: int = 25


def case_for(actor: Actor, case_id: UUID) -> Case:
    """One case with its lead and announcer; Case.DoesNotExist when the actor may not know of it."""
    return (
        Case.objects.filter(cases_visible_to(actor))
        .select_related("lead", "lead_user", "announced_by")
        .get(pk=case_id)
    )


def persons_of(actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Those of the persons whom the actor may see, by key; the others are simply not there."""
    return Person.objects.filter(persons_visible_to(actor)).in_bulk(set(person_ids))


def person_of(actor: Actor, case: Case) -> Person | None:
    """The person of a case, or None while her identity is not disclosed to the actor."""
    return persons_of(actor, [case.person_id]).get(case.person_id)


def _shelf_query(actor: Actor, shelf: Shelf) -> QuerySet[Disclosure]:
    query = current_disclosures(actor).filter(basis=Basis.PARTY)
    if shelf.states:
        query = query.filter(case_state__in=shelf.states)
    if shelf.stage:
        query = query.filter(case_stage=shelf.stage)
    if shelf.programme:
        query = query.filter(case_programme=shelf.programme)
    if shelf.overdue_on:
        query = query.filter(case_due_on__lt=shelf.overdue_on)
    if shelf.only_mine:
        query = query.filter(answered_by(actor, "case_id"))
    if shelf.lead_by_us:
        query = query.filter(leads=True)
    return query


def cases_page(actor: Actor, shelf: Shelf) -> Page[Disclosure]:
    """One page of cases, the last changed first, by keyset: no count, the last page as fast as the first.

    The rows are the party's disclosures; each carries `who` (null while hidden) and `next_step`. One query.
    """

    def dress(rows: QuerySet[Disclosure]) -> QuerySet[Disclosure]:
        return rows.select_related("case__lead", "case__lead_user").annotate(
            who=shown_name(actor, "person_id"), next_step=next_step(actor, "case_id")
        )

    return page_of(
        _shelf_query(actor, shelf),
        instant="case_updated_at",
        after=shelf.after,
        before=shelf.before,
        size=shelf.size,
        dress=dress,
    )


def changed_since_visit(actor: Actor, size: int = 10) -> list[Disclosure]:
    """Cases that the actor has looked at and that changed since, the newest first; `visited_at` beside."""
    visits = Visit.objects.filter(user_id=actor.user_key, case=OuterRef("case_id"))
    return list(
        current_disclosures(actor)
        .filter(basis=Basis.PARTY)
        .annotate(visited_at=Subquery(visits.values("at")[:1]))
        .filter(visited_at__lt=F("case_updated_at"))
        .select_related("case__lead")
        .order_by("-case_updated_at")[:size]
    )


def steps_to_do(actor: Actor, *, ours: bool, size: int = 25) -> list[Step]:
    """Open steps that the actor's institution must do, or (`ours` false) that it waits for from others."""
    query = Step.objects.filter(records_visible_to(actor), state=StepState.OPEN).select_related(
        "case", "owner", "assignee", "assignee_user"
    )
    if ours:
        query = query.filter(assignee_id=actor.institution_key)
    else:
        query = query.filter(owner_id=actor.institution_key).exclude(assignee_id=actor.institution_key)
    return list(query.order_by(F("due_on").asc(nulls_last=True), "id")[:size])


def is_disclosed_to(case: Case, institution_id: UUID, category: int) -> bool:
    """Whether an institution sees a category of a case now."""
    return (
        Disclosure.objects.filter(
            case=case, recipient_id=institution_id, valid_from__lte=Now(), valid_until__gt=Now()
        )
        .annotate(seen=F("categories").bitand(category))
        .filter(seen__gt=0)
        .exists()
    )
