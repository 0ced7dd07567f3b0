"""What follows a request: examinations with their reports, measures with their history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.views.answering import act_once, answer_form, demand
from accord.casework.medical.enums import Discipline, ExaminationState, MeasureState, ReportState
from accord.casework.medical.forms.examinations import (
    AppointmentForm,
    FollowUpForm,
    MeasureForm,
    OrderForm,
    ReasonForm,
    ReportFileForm,
)
from accord.casework.medical.models import Examination, MedicalMeasure, MedicalRequest
from accord.casework.medical.policies import works_on_cases
from accord.casework.medical.policies.reports import (
    acts_as_doctor,
    can_appoint,
    can_cancel,
    can_conclude,
    can_guard,
    can_mark_read,
    can_order,
    can_receive,
)
from accord.casework.medical.selectors.examinations import examinations_of_request, measures_of_case
from accord.casework.medical.selectors.reports import reports_of_request
from accord.casework.medical.services.examining import (
    appoint_examination,
    cancel_examination,
    mark_examination_read,
    order_examination,
    receive_examination,
)
from accord.casework.medical.services.guarding import agree_measure, follow_measure
from accord.casework.medical.services.journalling import note_reading
from accord.casework.medical.services.prefilling import prepare_final_report
from accord.casework.medical.services.reading import read_request
from accord.casework.medical.views.loading import asked_or_404, examination_or_404, measure_or_404
from accord.casework.medical.views.reports import CHIPS
from accord.foundation.documents.views import serve_download
from accord.kernel.decisions import Stale
from accord.kernel.http import AccordRequest, screen

EXAMINATION_CHIPS = {
    ExaminationState.ORDERED: "waiting",
    ExaminationState.APPOINTED: "active",
    ExaminationState.RECEIVED: "soon",
    ExaminationState.READ: "soon",
    ExaminationState.CONCLUDED: "done",
    ExaminationState.CANCELLED: "stopped",
}
MEASURE_CHIPS = {
    MeasureState.AGREED: "waiting",
    MeasureState.UNDERWAY: "active",
    MeasureState.DONE: "done",
    MeasureState.DROPPED: "stopped",
}


@screen(works_on_cases, purpose="follow medical measures", methods=("GET",), compartment=True)
def course(request: AccordRequest, request_id: UUID) -> HttpResponse:
    """Reports, examinations and measures that follow a request."""
    asked = asked_or_404(request, request_id)
    actor = request.actor
    read_request(by=actor, request=asked, what="medical measure")
    context = {
        "asked": asked,
        "case": asked.case,
        "reports": [(one, CHIPS[ReportState(one.state)]) for one in reports_of_request(actor, asked)],
        "examinations": [examination_line(one) for one in examinations_of_request(actor, asked)],
        "measures": [measure_line(one) for one in measures_of_case(actor, asked.case)],
        "may_order": bool(can_order(actor, asked)),
        "may_guard": asked.service_id == actor.institution_id,
    }
    return render(request, "medical/course.html", context)


def examination_line(examination: Examination) -> dict[str, Any]:
    """An examination as lists show it."""
    words = dict(Discipline.choices)
    return {
        "examination": examination,
        "disciplines": ", ".join(str(words[one]) for one in examination.disciplines),
        "chip": EXAMINATION_CHIPS[ExaminationState(examination.state)],
    }


def measure_line(measure: MedicalMeasure) -> dict[str, Any]:
    """A measure as lists show it."""
    return {
        "measure": measure,
        "chip": MEASURE_CHIPS[MeasureState(measure.state)],
        "is_over": measure.state in (MeasureState.DONE, MeasureState.DROPPED),
    }


def _course_of(asked: MedicalRequest) -> str:
    return reverse("medical:course", args=[asked.pk])


def _page_of(examination: Examination) -> str:
    return reverse("medical:examination", args=[examination.pk])


@screen(works_on_cases, purpose="order an examination", compartment=True)
def order(request: AccordRequest, request_id: UUID) -> HttpResponse:
    """Order an examination."""
    asked = asked_or_404(request, request_id)
    demand(can_order(request.actor, asked))
    return answer_form(
        request,
        asked.case,
        OrderForm(request.POST or None),
        lambda data: order_examination(by=request.actor, request=asked, **data),
        title=_("Demander un examen"),
        lead=_("Le rapport vous parviendra d’abord ; il rejoint le dossier par votre rapport final."),
        button=_("Demander l’examen"),
        back=_course_of(asked),
        done=_("L’examen est demandé."),
    )


@screen(works_on_cases, purpose="read an examination", methods=("GET",), compartment=True)
def examination(request: AccordRequest, examination_id: UUID) -> HttpResponse:
    """One examination: what was asked, where it stands, what comes next."""
    found = examination_or_404(request, examination_id)
    actor = request.actor
    note_reading(actor, "examination", found, found.case)
    context = {
        **examination_line(found),
        "case": found.case,
        "back": _course_of(found.request),
        "reports": [(one, CHIPS[ReportState(one.state)]) for one in found.reports.order_by("-edition")],
        "may_appoint": bool(can_appoint(actor, found)),
        "may_receive": bool(can_receive(actor, found)),
        "may_cancel": bool(can_cancel(actor, found)),
        "may_mark_read": bool(can_mark_read(actor, found)),
        "may_conclude": bool(can_conclude(actor, found)),
    }
    return render(request, "medical/examination.html", context)


@screen(works_on_cases, purpose="appoint an examination", compartment=True)
def appointment(request: AccordRequest, examination_id: UUID) -> HttpResponse:
    """Fix the day of an examination."""
    found = examination_or_404(request, examination_id)
    demand(can_appoint(request.actor, found))
    form = AppointmentForm(request.POST or None)
    return answer_form(
        request,
        found.case,
        form,
        lambda data: appoint_examination(
            by=request.actor, examination_id=found.pk, at=form.at, place=data["place"]
        ),
        title=_("Fixer le rendez-vous de l’examen"),
        button=_("Fixer le rendez-vous"),
        back=_page_of(found),
        done=_("Le rendez-vous est fixé."),
    )


@screen(works_on_cases, purpose="take in an examination", compartment=True)
def reception(request: AccordRequest, examination_id: UUID) -> HttpResponse:
    """Take in the report of an examination."""
    found = examination_or_404(request, examination_id)
    demand(can_receive(request.actor, found))
    return answer_form(
        request,
        found.case,
        ReportFileForm(request.POST or None, request.FILES or None),
        lambda data: receive_examination(by=request.actor, examination_id=found.pk, file=data["file"]),
        title=_("Recevoir le rapport de l’examen"),
        lead=_("Seul le service médical le lit, jusqu’au rapport final du médecin."),
        button=_("Déposer le rapport"),
        back=_page_of(found),
        done=_("Le rapport est arrivé ; le médecin en est averti."),
    )


@screen(works_on_cases, purpose="read an examination", methods=("GET",), compartment=True)
def examination_file(request: AccordRequest, examination_id: UUID) -> HttpResponseBase:
    """The report of the examination itself."""
    found = examination_or_404(request, examination_id)
    if found.document is None:
        raise Http404
    note_reading(request.actor, "examination", found, found.case)
    return serve_download(found.document)


@screen(works_on_cases, purpose="read an examination", methods=("POST",), compartment=True)
def read_mark(request: AccordRequest, examination_id: UUID) -> HttpResponse:
    """The doctor says that she has read the report."""
    found = examination_or_404(request, examination_id)
    if found.state == ExaminationState.RECEIVED:
        demand(can_mark_read(request.actor, found))
    return act_once(
        request,
        lambda: mark_examination_read(by=request.actor, examination_id=found.pk),
        back=_page_of(found),
        done=_("Le rapport est marqué comme lu."),
    )


@screen(works_on_cases, purpose="call off an examination", compartment=True)
def cancellation(request: AccordRequest, examination_id: UUID) -> HttpResponse:
    """Call an examination off."""
    found = examination_or_404(request, examination_id)
    demand(can_cancel(request.actor, found))
    return answer_form(
        request,
        found.case,
        ReasonForm(request.POST or None),
        lambda data: cancel_examination(by=request.actor, examination_id=found.pk, **data),
        title=_("Annuler l’examen"),
        button=_("Annuler l’examen"),
        back=_page_of(found),
        done=_("L’examen est annulé."),
    )


@screen(works_on_cases, purpose="write a medical report", methods=("POST",), compartment=True)
def final_report(request: AccordRequest, examination_id: UUID) -> HttpResponse:
    """Begin the final report on an examination, or go on with it."""
    found = examination_or_404(request, examination_id)
    if not found.reports.exists():
        demand(can_conclude(request.actor, found))
    report = prepare_final_report(by=request.actor, examination_id=found.pk)
    address = "medical:report-draft" if report.is_draft else "medical:report"
    return HttpResponseRedirect(reverse(address, args=[report.pk]))


@screen(works_on_cases, purpose="follow medical measures", compartment=True)
def measure_new(request: AccordRequest, request_id: UUID) -> HttpResponse:
    """Agree on a further measure."""
    asked = asked_or_404(request, request_id)
    demand(acts_as_doctor(request.actor, asked))
    return answer_form(
        request,
        asked.case,
        MeasureForm(request.POST or None),
        lambda data: agree_measure(by=request.actor, request=asked, **data),
        title=_("Convenir d’une mesure médicale"),
        button=_("Ajouter la mesure"),
        back=_course_of(asked),
        done=_("La mesure est convenue."),
    )


@screen(works_on_cases, purpose="follow medical measures", compartment=True)
def measure(request: AccordRequest, measure_id: UUID) -> HttpResponse:
    """Say where a measure stands; what was said before is read beneath."""
    found = measure_or_404(request, measure_id)
    demand(can_guard(request.actor, found))
    form = FollowUpForm(request.POST or None, measure=found)
    if form.is_bound and form.is_valid():
        try:
            follow_measure(by=request.actor, measure_id=found.pk, **form.cleaned_data)
        except Stale as stale:
            return _measure_conflict(request, form, stale.current)
        return HttpResponseRedirect(_course_of(found.request))
    note_reading(request.actor, "medical measure", found, found.case)
    context = {**measure_line(found), "case": found.case, "form": form, "back": _course_of(found.request)}
    return render(request, "medical/measure.html", context, status=422 if form.is_bound else 200)


def _measure_conflict(request: AccordRequest, form: FollowUpForm, current: MedicalMeasure) -> HttpResponse:
    last = current.follow_ups.first()
    words = dict(MeasureState.choices)
    due = {
        "mine": form["due_on"].value() or "",
        "theirs": f"{current.due_on:%d.%m.%Y}" if current.due_on else "",
    }
    typed = form.cleaned_data
    fields = [
        {
            "label": form.fields["text"].label,
            "name": "text",
            "mine": typed["text"],
            "theirs": last.text if last else "",
            "changed": True,
        },
        {
            "label": form.fields["state"].label,
            "name": "state",
            "mine": typed["state"],
            "theirs": words[current.state],
            "theirs_value": current.state,
            "choices": MeasureState.choices,
            "changed": typed["state"] != current.state,
        },
        {
            "label": form.fields["due_on"].label,
            "name": "due_on",
            "changed": due["mine"] != due["theirs"],
            **due,
        },
    ]
    context = {
        "fields": fields,
        "hidden": [],
        "who": last.author.name if last and last.author else "",
        "at": last.at if last else current.agreed_at,
        "action": request.path,
        "version": current.version,
        "back": _course_of(current.request),
    }
    return render(request, "web/conflict.html", context, status=409)
