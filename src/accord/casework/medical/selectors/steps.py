"""What the outside may ask of the compartment: dated steps and who holds them, never what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from accord.casework.cases.models import Case
from accord.casework.cases.policies import cases_visible_to
from accord.casework.cases.selectors import persons_of
from accord.casework.medical.enums import CHIPS, Holder, RequestKind, RequestState
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.small_numbers import protected
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution

YEARS_BACK = timedelta(days=731)
"""Durations of requests that ended in the last two years."""
STEP_ORDER = ("interview", "signature", "filing", "whole")


@dataclass(frozen=True, slots=True)
class MedicalStep:
    """Where a request stands, who holds it since when, and the dates of its steps."""

    id: UUID
    case_id: UUID
    kind: str
    state: str
    holder: str
    held_since: datetime
    due_on: date | None
    asked_by_id: UUID
    service_id: UUID
    doctor_id: UUID | None
    asked_at: datetime
    allocated_at: datetime | None
    scheduled_at: datetime | None
    interviewed_at: datetime | None
    signed_at: datetime | None
    handed_in_at: datetime | None
    filed_at: datetime | None

    @property
    def state_word(self) -> str:
        """Its state in words."""
        return str(RequestState(self.state).label)

    @property
    def chip(self) -> str:
        """The shape of its state."""
        return CHIPS[RequestState(self.state)]

    @property
    def kind_word(self) -> str:
        """Its kind in words."""
        return str(RequestKind(self.kind).label)

    @property
    def is_running_assessment(self) -> bool:
        """A request before an assessment that is not over: one case has one at a time."""
        return self.kind == RequestKind.FULL and self.holder != Holder.NOBODY

    @property
    def holder_word(self) -> str:
        """Who holds it, in words."""
        return str(Holder(self.holder).label)


def steps_of_case(actor: Actor, case: Case) -> list[MedicalStep]:
    """The requests of a case as everybody who takes part in it may know of them."""
    with connection.cursor() as cursor:
        cursor.execute("select * from accord.medical_steps(%s)", [case.pk])
        return [MedicalStep(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class MedicalToDo:
    """A request on the worklist of who holds it, or waits for it."""

    step: MedicalStep
    number: str
    who: str | None
    service: str
    is_ours: bool


def requests_on_worklist(actor: Actor) -> list[MedicalToDo]:
    """Requests that the actor holds: her own as a doctor, all as a secretary; and those her office waits for.

    Any other institution that asked reads on the case page where its request stands: home asks nothing for it.
    """
    if actor.institution_kind not in (Kind.MEDICAL_SERVICE, Kind.CII_OFFICE):
        return []
    with connection.cursor() as cursor:
        cursor.execute("select * from accord.medical_waiting()")
        waiting = [MedicalStep(*row) for row in cursor.fetchall()]
    steps = [step for step in waiting if _concerns(actor, step)]
    cases = Case.objects.filter(cases_visible_to(actor)).in_bulk({step.case_id for step in steps})
    persons = persons_of(actor, {case.person_id for case in cases.values()})
    services = Institution.objects.in_bulk({step.service_id for step in steps})
    return [
        MedicalToDo(
            step,
            case.number,
            person.name if (person := persons.get(case.person_id)) else None,
            services[step.service_id].short_name,
            step.service_id == actor.institution_id,
        )
        for step in steps
        if (case := cases.get(step.case_id)) is not None
    ]


def _concerns(actor: Actor, step: MedicalStep) -> bool:
    if step.service_id != actor.institution_id:
        return step.asked_by_id == actor.institution_id
    if step.holder == Holder.DOCTOR:
        return step.doctor_id == actor.user_id
    return actor.has_role(Role.SECRETARY)


@dataclass(frozen=True, slots=True)
class ClarificationToDo:
    """An incapacity that waits for the doctor."""

    case_id: UUID
    number: str
    who: str | None
    raised_at: datetime
    due_on: date


def clarifications_on_worklist(actor: Actor) -> list[ClarificationToDo]:
    """Incapacities that wait for the actor as a doctor; those of nobody yet wait for each of them."""
    if not actor.has_role(Role.DOCTOR):
        return []
    with connection.cursor() as cursor:
        cursor.execute("select * from accord.medical_clarifications()")
        rows = [row for row in cursor.fetchall() if row[1] in (None, actor.user_id)]
    cases = Case.objects.filter(cases_visible_to(actor)).in_bulk({row[0] for row in rows})
    persons = persons_of(actor, {case.person_id for case in cases.values()})
    return [
        ClarificationToDo(
            case_id,
            case.number,
            person.name if (person := persons.get(case.person_id)) else None,
            raised_at,
            due_on,
        )
        for case_id, _doctor, raised_at, due_on in rows
        if (case := cases.get(case_id)) is not None
    ]


@dataclass(frozen=True, slots=True)
class MedicalDuration:
    """How long one step takes in a programme: how many requests, and the median in days."""

    step: str
    requests: int | None
    median_days: float | None


def medical_durations(actor: Actor, programme_slug: str, *, least: int) -> list[MedicalDuration]:
    """The steps of the last two years; what fewer than `least` requests tell is hidden, and told as hidden."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from accord.medical_durations(%s, %s, %s)", [programme_slug, now() - YEARS_BACK, least]
        )
        found = {step: (requests, median) for step, requests, median in cursor.fetchall()}
    hidden = protected({step: requests for step, (requests, _m) in found.items()}, [], least=least)
    return [
        MedicalDuration(step, None, None)
        if step in hidden
        else MedicalDuration(step, found[step][0], found[step][1])
        for step in STEP_ORDER
        if step in found
    ]
