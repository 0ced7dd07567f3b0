"""Prepare the form of a report: what is known already is written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.capacity.enums import Source
from accord.casework.capacity.selectors import periods_of
from accord.casework.cases.selectors import person_of
from accord.casework.medical.enums import Means, ReportKind
from accord.casework.medical.models import DoctorContact, Examination, MedicalRequest, ReadMark, Report
from accord.casework.medical.policies.reports import can_conclude
from accord.casework.medical.rules.rubrics import Answer, Certified, Incapacity, Rubrics
from accord.casework.medical.selectors.examinations import examination_for
from accord.casework.medical.services.journalling import note_act
from accord.casework.meetings.enums import MeetingState
from accord.casework.meetings.selectors import seats_of
from accord.kernel.actors import Actor
from accord.network.programmes.selectors import programme_for

DAY = "%d.%m.%Y"


@transaction.atomic
def prepare_report(by: Actor, request: MedicalRequest) -> Report:
    """The form of the report after the interview, filled with what is known; preparing it twice is once.

    Its caller has asked whether the actor may prepare it.
    """
    MedicalRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    found = Report.objects.filter(request=request, kind=ReportKind.RM).order_by("-edition").first()
    if found is not None:
        return found
    report = Report.objects.create(
        case_id=request.case_id,
        service_id=request.service_id,
        request=request,
        kind=ReportKind.RM,
        author_id=by.user_id,
        rubrics=known_of(by, request).as_json(),
    )
    note_act(by, "prepared", "medical report", report, request.case)
    return report


@transaction.atomic
def catch_up(by: Actor, report: Report) -> Report:
    """What was read, learnt and noted since the form was prepared, as long as nobody has written on it.

    The secretariat prepares the form early; documents, contacts and who was present come afterwards.
    Its caller has asked whether the actor may write the report.
    """
    is_untouched = report.is_draft and report.kind == ReportKind.RM and report.version == 1
    if not is_untouched or report.amends_id is not None:
        return report
    MedicalRequest.objects.select_for_update(of=("self",)).get(pk=report.request_id)
    known = known_of(by, report.request).as_json()
    Report.objects.filter(pk=report.pk, version=1).update(rubrics=known)
    report.rubrics = known
    return report


@transaction.atomic
def prepare_final_report(*, by: Actor, examination_id: UUID) -> Report:
    """The form of the final report on an examination that was read; it begins with what the last report said."""
    examination = examination_for(by, examination_id)
    Examination.objects.select_for_update(of=("self",)).get(pk=examination.pk)
    found = Report.objects.filter(examination=examination).order_by("-edition").first()
    if found is not None:
        return found
    can_conclude(by, examination).require()
    request = examination.request
    report = Report.objects.create(
        case_id=request.case_id,
        service_id=request.service_id,
        request=request,
        examination=examination,
        kind=ReportKind.RF,
        author_id=by.user_id,
        rubrics=_carried_on(by, request).as_json(),
    )
    note_act(by, "prepared", "medical report", report, request.case)
    return report


def known_of(by: Actor, request: MedicalRequest) -> Rubrics:
    """What a report on this request begins with."""
    certified, own = _periods(by, request)
    return Rubrics(
        documents="\n".join(_documents(request)),
        contacts="\n".join(_contacts(request)),
        present="\n".join(_present(by, request)),
        certified=tuple(certified),
        incapacities=tuple(own),
        answers=tuple(_questions(request)),
    )


def _carried_on(by: Actor, request: MedicalRequest) -> Rubrics:
    """What the last signed report concluded still stands until the final report says otherwise."""
    last = Report.objects.filter(request=request, signed_at__isnull=False).order_by("-signed_at").first()
    known = known_of(by, request)
    said = last.said if last else known
    return replace(
        Rubrics(),
        certified=known.certified,
        incapacities=said.incapacities,
        diagnoses=said.diagnoses,
        usual=said.usual,
        adapted=said.adapted,
        limitations=said.limitations,
        exigibility=said.exigibility,
        expectations=said.expectations,
        fitness=said.fitness,
        conditions=said.conditions,
    )


def _documents(request: MedicalRequest) -> Iterator[str]:
    """What the doctor and her service marked as read."""
    read = ReadMark.objects.filter(case=request.case_id, service=request.service_id)
    titles = read.order_by("document__created_at").values_list("document__title", "document__created_at")
    for title, at in dict.fromkeys(titles):
        yield f"{title} ({at:{DAY}})"


def _contacts(request: MedicalRequest) -> Iterator[str]:
    """When, with whom and by what; what was learnt the doctor writes where it belongs."""
    kept = DoctorContact.objects.filter(
        case=request.case_id, service=request.service_id, kept_at__isnull=False
    ).select_related("treating")
    for contact in kept.order_by("on"):
        yield f"{contact.on:{DAY}}, {contact.treating.name} ({Means(contact.means).label})"


def _present(by: Actor, request: MedicalRequest) -> Iterator[str]:
    """Who was there, as noted; before the interview, who is expected."""
    meeting = request.meeting
    if meeting is None:
        return
    if meeting.person_present and not meeting.person_absent:
        person = person_of(by, request.case)
        yield person.name if person else _("La personne concernée")
    seats = seats_of(by, meeting)
    for seat in seats.filter(attended=True) if meeting.state == MeetingState.HELD else seats:
        yield f"{seat.user.name}, {seat.institution.name}"


def _periods(by: Actor, request: MedicalRequest) -> tuple[list[Certified], list[Incapacity]]:
    """What other sources certified, and what the medical service itself has said before."""
    certified, own = [], []
    for period in periods_of(by, request.case):
        if period.source_kind == Source.MEDICAL_SERVICE and period.owner_id == request.service_id:
            own.append(Incapacity(period.rate, period.since, period.until))
        else:
            certified.append(Certified(period.source, period.rate, period.since, period.until))
    return certified, own


def _questions(request: MedicalRequest) -> Iterator[Answer]:
    """The usual questions in the words of the programme, and those asked for this case."""
    programme = programme_for(request.case.programme, request.case.programme_version)
    usual = {one.key: one.label.in_(get_language() or "fr") for one in programme.questions}
    for question in request.questions.all():
        yield Answer(str(question.pk), question.text or usual.get(question.key, question.key))
