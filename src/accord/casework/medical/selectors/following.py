"""What follows a first report, as the outside may know it: who holds it since when, never what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.urls import reverse

from accord.casework.cases.models import Case
from accord.casework.cases.policies import cases_visible_to
from accord.casework.cases.selectors import persons_of
from accord.casework.medical.enums import Holder
from accord.casework.medical.rules.clocks import due_afterwards
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, today
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.selectors import programme_for

MEASURES_AHEAD = timedelta(days=14)
"""Medical measures so far ahead stand on the doctor’s desk and on her worklist."""


@dataclass(frozen=True, slots=True)
class Held:
    """A request, an examination, a report or a measure: its state, who holds it since when, until when."""

    thing: str
    id: UUID
    case_id: UUID
    state: str
    holder: str
    held_since: datetime
    due_on: date | None
    service_id: UUID
    doctor_id: UUID | None


def held_everywhere(up_to: date) -> list[Held]:
    """What anybody holds whose day may be over; the worker alone may ask."""
    return _ask("select * from accord.medical_held(%s)", up_to)


def _ask(question: str, up_to: date) -> list[Held]:
    with connection.cursor() as cursor:
        cursor.execute(question, [up_to])
        return [Held(*row) for row in cursor.fetchall()]


def due_of(held: Held, days: Mapping[str, int]) -> date:
    """Its own last day, or the one that the programme’s days give."""
    since = held.held_since.astimezone(SWISS_TIME).date()
    return held.due_on or due_afterwards(held.holder, since, days)


def address_of(held: Held) -> str:
    """The page on which one goes on with it."""
    return reverse(f"medical:{held.thing}", args=[held.id])


@dataclass(frozen=True, slots=True)
class FollowingToDo:
    """A line of the worklist, with its case; `who` is hidden with the identity."""

    held: Held
    number: str
    who: str | None
    due_on: date


def following_on_worklist(actor: Actor) -> list[FollowingToDo]:
    """Examinations, later reports and measures that wait for the actor: as a doctor hers, as a secretary all."""
    if actor.institution_kind != Kind.MEDICAL_SERVICE:
        return []
    found = _ask("select * from accord.medical_following(%s)", today() + MEASURES_AHEAD)
    held = [one for one in found if _concerns(actor, one)]
    cases = Case.objects.filter(cases_visible_to(actor)).in_bulk({one.case_id for one in held})
    persons = persons_of(actor, {case.person_id for case in cases.values()})
    return [
        FollowingToDo(
            one,
            case.number,
            person.name if (person := persons.get(case.person_id)) else None,
            due_of(one, programme_for(case.programme, case.programme_version).parameters),
        )
        for one in held
        if (case := cases.get(one.case_id)) is not None
    ]


def _concerns(actor: Actor, held: Held) -> bool:
    if held.holder == Holder.DOCTOR:
        return held.doctor_id == actor.user_id
    return actor.has_role(Role.SECRETARY)
