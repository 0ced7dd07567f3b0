"""Lists of cases: read from the disclosures themselves, which carry what lists sort and filter by."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Now

from accord.casework.cases.enums import RUNNING, Basis, CaseState
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.policies import (
    cases_visible_to,
    current_disclosures,
    persons_visible_to,
)
from accord.casework.cases.selectors.compiled import Compiled, these
from accord.casework.cases.selectors.conditions import (
    NextStep,
    among,
    answered_by,
    next_step,
    read_next_step,
    shown_name,
)
from accord.foundation.notifications.models import Follow
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
    followed: bool = False
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
    if shelf.followed:
        query = query.filter(case_id__in=_followed_by(actor))
    return query


def _followed_by(actor: Actor) -> QuerySet[Follow, UUID]:
    follows = Follow.objects.filter(user_id=actor.user_key, institution_id=actor.institution_key)
    return follows.values_list("case_id", flat=True)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a list: the case, whom it is about (None while hidden), who holds it, what comes next."""

    id: UUID
    case_id: UUID
    number: str
    programme: str
    programme_version: str
    state: str
    stage: str
    since: datetime
    due_on: date | None
    lead: str
    first_name: str | None
    last_name: str | None
    who: str | None
    next_step: NextStep | None

    @property
    def state_word(self) -> str:
        """The state in the reader's language."""
        return str(CaseState(self.state).label)

    @property
    def lead_user(self) -> str:
        """The colleague who leads; empty when nobody is named."""
        return f"{self.first_name or ''} {self.last_name or ''}".strip()


def cases_page(actor: Actor, shelf: Shelf) -> Page[CaseRow]:
    """One page of cases, the last changed first, by keyset: no count, the last page as fast as the first.

    Two queries: which cases, from the party's disclosures alone; then what is shown of these.
    """
    page: Page[Disclosure] = page_of(
        _shelf_query(actor, shelf).only("case_updated_at"),
        instant="case_updated_at",
        after=shelf.after,
        before=shelf.before,
        size=shelf.size,
    )
    order = [row.pk for row in page.rows]
    rows = {row[0]: _line(row) for row in _lines.rows(actor, order)}
    return Page([rows[key] for key in order if key in rows], after=page.after, before=page.before)


def _line(row: tuple[Any, ...]) -> CaseRow:
    *told, step = row
    return CaseRow(*(*told, read_next_step(json.loads(step) if step else None)))


def _line_question(actor: Actor, today: date, now: datetime) -> QuerySet[Any]:
    return Disclosure.objects.filter(among("id", these())).values_list(
        "id",
        "case_id",
        "case__number",
        "case__programme",
        "case__programme_version",
        "case_state",
        "case_stage",
        "case__stage_since",
        "case_due_on",
        "case__lead__short_name",
        "case__lead_user__first_name",
        "case__lead_user__last_name",
        shown_name(actor, "person_id"),
        next_step(actor, "case_id"),
    )


_lines = Compiled(_line_question)


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
