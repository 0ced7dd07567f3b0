"""The two desks of a medical service: what waits on the secretariat, what waits on the doctor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Q

from accord.casework.cases.models import CaseDocument
from accord.casework.cases.policies import persons_visible_to, records_visible_to
from accord.casework.medical.enums import Holder, RequestState
from accord.casework.medical.models import (
    ClarificationDue,
    Examination,
    MedicalMeasure,
    MedicalRequest,
    Passing,
    ReadMark,
    Report,
)
from accord.casework.medical.policies import ENDED, held_or_told, read_marks_visible_to
from accord.casework.medical.selectors.examinations import (
    examinations_at_secretariat,
    examinations_to_read,
    measures_due,
)
from accord.casework.medical.selectors.following import MEASURES_AHEAD
from accord.casework.medical.selectors.reports import later_drafts, later_reports
from accord.casework.medical.selectors.requests import visible_requests
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, now, today
from accord.people.persons.models import Person

AHEAD = timedelta(days=28)
"""Interviews so far ahead stand on the doctor’s desk."""
MOST_DONE = 20


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A request on a desk, and whose it is; without a name while the identity is hidden."""

    request: MedicalRequest
    who: str

    @property
    def is_late(self) -> bool:
        """Whether its clock has run out."""
        return self.request.due_on is not None and self.request.due_on < today()


@dataclass(frozen=True, slots=True)
class LaterLine:
    """A report, an examination or a measure, and whose it is; without a name while the identity is hidden."""

    thing: Examination | Report | MedicalMeasure
    who: str


@dataclass(frozen=True, slots=True)
class SecretariatDesk:
    """Requests by what the secretariat does next; those that the doctor holds stand there, too.

    Examinations to appoint or to receive, and the reports that follow the first one, wait beside them.
    """

    to_allocate: list[AskedLine]
    to_schedule: list[AskedLine]
    planned: list[AskedLine]
    at_doctor: list[AskedLine]
    to_hand_in: list[AskedLine]
    to_file: list[AskedLine]
    ended: list[AskedLine]
    examinations: list[LaterLine]
    later: list[LaterLine]

    @property
    def lines(self) -> list[AskedLine]:
        """All requests, for the journal."""
        parts = (self.to_allocate, self.to_schedule, self.planned, self.at_doctor, self.to_hand_in)
        return [line for part in (*parts, self.to_file, self.ended) for line in part]

    @property
    def cases(self) -> list[UUID]:
        """The cases of which something is shown, for the journal."""
        later = [one.thing.case_id for one in (*self.examinations, *self.later)]
        return [*(line.request.case_id for line in self.lines), *later]


def secretariat_desk(actor: Actor) -> SecretariatDesk:
    """What waits at the actor’s medical service, the most urgent first."""
    ours = visible_requests(actor).filter(service_id=actor.institution_key)
    lines = _lines(actor, [*ours.exclude(state__in=ENDED).order_by(F("due_on").asc(nulls_last=True))])
    ended = _lines(actor, [*ours.filter(state__in=ENDED).order_by("-held_since")[:MOST_DONE]])

    def among(*states: RequestState, holder: Holder | None = None) -> list[AskedLine]:
        return [
            line
            for line in lines
            if line.request.state in states and (holder is None or line.request.holder == holder)
        ]

    return SecretariatDesk(
        to_allocate=among(RequestState.REQUESTED),
        to_schedule=among(RequestState.ALLOCATED, holder=Holder.SECRETARIAT),
        planned=among(RequestState.SCHEDULED),
        at_doctor=[
            *among(RequestState.ALLOCATED, holder=Holder.DOCTOR),
            *among(RequestState.INTERVIEWED, RequestState.DRAFTED),
        ],
        to_hand_in=among(RequestState.SIGNED),
        to_file=among(RequestState.HANDED_IN),
        ended=ended,
        examinations=with_names(actor, examinations_at_secretariat(actor)),
        later=with_names(actor, later_reports(actor)),
    )


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """An interview of the doctor, with what she has not yet read."""

    line: AskedLine
    unread: int
    is_today: bool


@dataclass(frozen=True, slots=True)
class DoctorDesk:
    """What the doctor does next."""

    interviews: list[InterviewLine]
    to_write: list[AskedLine]
    to_come: list[AskedLine]
    clarifications: list[tuple[ClarificationDue, str]]
    examinations: list[LaterLine]
    later: list[LaterLine]
    measures: list[LaterLine]
    inherited: set[UUID]

    @property
    def cases(self) -> list[UUID]:
        """The cases of which something is shown, for the journal."""
        lines = [*(one.line for one in self.interviews), *self.to_write, *self.to_come]
        later = [one.thing.case_id for one in (*self.examinations, *self.later, *self.measures)]
        due = [one.case_id for one, _who in self.clarifications]
        return [*(line.request.case_id for line in lines), *due, *later]


def doctor_desk(actor: Actor) -> DoctorDesk:
    """Interviews to come, reports to write, examinations to read, incapacities to clarify, measures to guard."""
    mine = visible_requests(actor).filter(service_id=actor.institution_key, doctor_id=actor.user_key)
    lines = _lines(actor, [*mine.exclude(state__in=ENDED).order_by("meeting__starts_at", "due_on")])
    meeting = [line for line in lines if line.request.state == RequestState.SCHEDULED]
    unread = _unread(actor, [line.request for line in meeting])
    interviews = [
        InterviewLine(line, unread.get(line.request.case_id, 0), _day_of(line.request) == today())
        for line in meeting
        if line.request.meeting and line.request.meeting.starts_at < now() + AHEAD
    ]
    writing = {RequestState.INTERVIEWED, RequestState.DRAFTED}
    to_write = [line for line in lines if line.request.state in writing or _is_advice(line.request)]
    due = ClarificationDue.objects.filter(held_or_told(actor), settled_at__isnull=True)
    due = due.filter(service_id=actor.institution_key).filter(
        Q(doctor_id=actor.user_key) | Q(doctor__isnull=True)
    )
    clarifications = list(due.select_related("case", "period").order_by("due_on"))
    names = _names(actor, {one.case.person_id for one in clarifications})
    return DoctorDesk(
        interviews=interviews,
        to_write=to_write,
        to_come=[
            line
            for line in lines
            if line.request.state == RequestState.ALLOCATED and not _is_advice(line.request)
        ],
        clarifications=[(one, names.get(one.case.person_id, "")) for one in clarifications],
        examinations=with_names(actor, examinations_to_read(actor)),
        later=with_names(actor, later_drafts(actor)),
        measures=with_names(actor, measures_due(actor, today() + MEASURES_AHEAD)),
        inherited=_inherited(actor, [line.request for line in lines]),
    )


def _is_advice(request: MedicalRequest) -> bool:
    return request.state == RequestState.ALLOCATED and request.holder == Holder.DOCTOR


def _day_of(request: MedicalRequest) -> date | None:
    return request.meeting.starts_at.astimezone(SWISS_TIME).date() if request.meeting else None


def _lines(actor: Actor, requests: list[MedicalRequest]) -> list[AskedLine]:
    names = _names(actor, {request.case.person_id for request in requests})
    return [AskedLine(request, names.get(request.case.person_id, "")) for request in requests]


def with_names(actor: Actor, things: Iterable[Examination | Report | MedicalMeasure]) -> list[LaterLine]:
    """Each of them with whose it is."""
    found = list(things)
    names = _names(actor, {one.case.person_id for one in found})
    return [LaterLine(one, names.get(one.case.person_id, "")) for one in found]


def _names(actor: Actor, persons: set[UUID]) -> dict[UUID, str]:
    found = Person.objects.filter(persons_visible_to(actor), pk__in=persons)
    return {person.pk: person.name for person in found}


def _unread(actor: Actor, requests: list[MedicalRequest]) -> dict[UUID, int]:
    """By case, how many documents that she may read she has not yet read."""
    read = ReadMark.objects.filter(read_marks_visible_to(actor)).values("document")
    rows = CaseDocument.objects.filter(
        records_visible_to(actor), case__in={request.case_id for request in requests}
    ).exclude(pk__in=read)
    return dict(rows.order_by().values_list("case").annotate(n=Count("pk")))


def _inherited(actor: Actor, requests: list[MedicalRequest]) -> set[UUID]:
    """Requests that another doctor had before: she reads the whole history."""
    earlier = Passing.objects.filter(request__in=requests, doctor__isnull=False)
    return set(earlier.exclude(doctor_id=actor.user_key).values_list("request_id", flat=True))
