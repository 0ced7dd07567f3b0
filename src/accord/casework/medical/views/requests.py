"""One request from its question to its report; those of a case; its doctor, its interview, its form."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.policies import can_work_on
from accord.casework.cases.selectors import person_of
from accord.casework.cases.views.answering import act_once, answer_form, back_to, case_or_404, demand
from accord.casework.medical.forms.desks import AllocationForm, InterviewForm
from accord.casework.medical.models import MedicalRequest
from accord.casework.medical.panels import passing_lines, question_lines, region_in_words, steps_in_words
from accord.casework.medical.policies import (
    can_allocate,
    can_ask,
    can_contact,
    can_decline,
    can_follow,
    can_prepare,
    can_read_file,
    can_record_release,
    can_schedule,
    can_take_notes,
    can_withdraw,
    works_on_cases,
)
from accord.casework.medical.policies.reports import can_write_report
from accord.casework.medical.rules.replacing import is_away
from accord.casework.medical.selectors import (
    absences_of,
    contacts_of,
    doctors_of,
    passings_of,
    questions_of,
    request_for,
    requests_of_case,
    steps_of_case,
    suggested_doctor,
)
from accord.casework.medical.selectors.reports import reports_of_request
from accord.casework.medical.services import (
    allocate_request,
    prepare_form,
    read_of_case,
    read_request,
    schedule_interview,
)
from accord.casework.meetings.rules import DAYS_AHEAD, Wish, assessment_kinds, at_local, free_slots
from accord.casework.meetings.selectors import busy_spans, may_sit, rooms_for
from accord.casework.meetings.views.finding import found_or_404
from accord.kernel.clock import SWISS_TIME, now, today
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.programmes.selectors import programme_for

LOOK_AHEAD = DAYS_AHEAD * 2
"""Twenty working days lie within so many days."""


def page_of(asked: MedicalRequest) -> str:
    """The address of the request’s page."""
    return reverse("medical:request", args=[asked.pk])


@screen(works_on_cases, purpose="read a medical request", compartment=True, methods=("GET",))
def case_requests(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """The requests of a case and what treating doctors said, as far as one may read it."""
    case = case_or_404(request, case_id)
    actor = request.actor
    found = requests_of_case(actor, case)
    read_of_case(by=actor, case=case, what="medical request")
    context = {
        "case": case,
        "person": person_of(actor, case),
        "requests": found,
        "contacts": contacts_of(actor, case),
        "may_ask": bool(can_ask(actor, case)),
        "is_asked_already": any(step.is_running_assessment for step in steps_of_case(actor, case)),
        "may_record": bool(can_record_release(actor, case)),
        "back": back_to(case.pk, "medical"),
    }
    return render(request, "medical/case.html", context)


@screen(works_on_cases, purpose="read a medical request", compartment=True, methods=("GET",))
def show(request: AccordRequest, request_id: UUID) -> HttpResponse:
    """Everything of a request: what is asked and why, who holds it since when, its steps, its history."""
    asked = found_or_404(request, request_for, request_id)
    actor, case = request.actor, asked.case
    read_request(by=actor, request=asked)
    programme = programme_for(case.programme, case.programme_version)
    report = reports_of_request(actor, asked).first()
    context = {
        "asked": asked,
        "report": report,
        "may_write": report is not None and bool(can_write_report(actor, report)),
        "may_follow": bool(can_follow(actor, asked)),
        "case": case,
        "person": person_of(actor, case),
        "region": region_in_words(programme, asked.region),
        "questions": question_lines(programme, questions_of(actor, asked)),
        "steps": steps_in_words(asked),
        "history": passing_lines(passings_of(actor, asked)),
        "is_late": asked.due_on is not None and asked.due_on < today(),
        "may_allocate": bool(can_allocate(actor, asked)),
        "may_decline": bool(can_decline(actor, asked)),
        "may_schedule": bool(can_schedule(actor, asked)),
        "may_prepare": bool(can_prepare(actor, asked)),
        "may_withdraw": bool(can_withdraw(actor, asked)),
        "may_read_file": bool(can_read_file(actor, asked)),
        "may_take_notes": bool(can_take_notes(actor, asked)),
        "may_contact": bool(can_contact(actor, case)),
    }
    return render(request, "medical/request.html", context)


@screen(works_on_cases, purpose="allocate a medical request", compartment=True)
def allocation(request: AccordRequest, request_id: UUID) -> HttpResponse:
    """Name the doctor; the one of the region, or her replacement, is suggested."""
    asked = found_or_404(request, request_for, request_id)
    actor = request.actor
    demand(can_allocate(actor, asked))
    absences = absences_of(actor, asked.service_id)
    doctors = doctors_of(actor, asked.service_id)
    suggested = asked.doctor_id or suggested_doctor(
        actor, asked.case.programme, asked.region, asked.service_id
    )
    form = AllocationForm(
        request.POST or None,
        doctors=doctors,
        away=[one.pk for one in doctors if is_away(one.pk, today(), absences)],
        is_first=asked.doctor_id is None,
        initial={"doctor": str(suggested or "")},
    )

    def act(data: dict[str, Any]) -> object:
        try:
            return allocate_request(
                by=actor,
                request_id=asked.pk,
                doctor_id=data["doctor"],
                reason=data.get("reason", ""),
                absence_known=data["absence_known"],
            )
        except Refused as refused:
            if refused.field == "absence_known":
                form.show_absence()
            raise

    return answer_form(
        request,
        asked.case,
        form,
        act,
        title=_("Attribuer la demande au médecin"),
        button=_("Attribuer"),
        lead=_("Accord propose le médecin de la région, ou son remplacement quand il est absent."),
        back=page_of(asked),
        done=_("La demande est attribuée."),
    )


@screen(works_on_cases, purpose="schedule a medical interview", compartment=True)
def scheduling(request: AccordRequest, request_id: UUID) -> HttpResponse:
    """Fix pre-assessment and interview in one step: room, hour, invitations."""
    asked = found_or_404(request, request_for, request_id)
    actor, case = request.actor, asked.case
    demand(can_schedule(actor, asked))
    demand(can_work_on(actor, case))
    form = InterviewForm(
        _typed(request),
        people=may_sit(actor, case),
        rooms=rooms_for(actor, case),
        initial={"seats": _expected(asked)},
    )
    context: dict[str, Any] = {
        "case": case,
        "asked": asked,
        "person": person_of(actor, case),
        "form": form,
        "before": _minutes_before(asked),
        "back": page_of(asked),
    }
    if form.is_bound and ("propose" in request.POST or "slot" in request.POST):
        form.errors.clear()
        if "propose" in request.POST:
            context |= {"slots": _free(request, form, _minutes_before(asked)), "is_proposed": True}
        return render(request, "medical/schedule.html", context)
    if form.is_bound and form.is_valid():
        try:
            schedule_interview(
                by=actor,
                request_id=asked.pk,
                starts_at=form.starts_at(),
                minutes=form.cleaned_data["minutes"],
                seats=form.wishes(),
                clash_known=form.cleaned_data["clash_known"],
                **form.whereabouts(),
            )
        except Refused as refusal:
            if refusal.field == "clash_known":
                form.show_clash()
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(
                request, _("Le pré-assessment et l’entretien sont fixés, les invitations partent.")
            )
            return HttpResponseRedirect(page_of(asked))
    if not form.is_bound:
        read_request(by=actor, request=asked)
    return render(request, "medical/schedule.html", context, status=422 if form.is_bound else 200)


def _expected(asked: MedicalRequest) -> list[str]:
    """The doctor, and who asked, are invited unless one says otherwise."""
    pairs = [(asked.service_id, asked.doctor_id), (asked.asked_by_id, asked.asked_user_id)]
    return [f"{house}:{user}" for house, user in pairs if user]


def _minutes_before(asked: MedicalRequest) -> int:
    """How long before the interview the pre-assessment begins."""
    programme = programme_for(asked.case.programme, asked.case.programme_version)
    kinds = assessment_kinds(programme)
    return max((kind.offset_minutes or 0 for kind in programme.meetings if kind.key in kinds), default=0)


def _typed(request: AccordRequest) -> Any:
    """What was typed; a proposed hour that was clicked takes the place of day and hour."""
    if request.method != "POST":
        return None
    typed = request.POST.copy()
    try:
        hour = datetime.fromisoformat(typed.get("slot", "")).astimezone(SWISS_TIME)
    except ValueError:
        return typed
    typed["on"], typed["hour"] = f"{hour:%d.%m.%Y}", f"{hour:%H:%M}"
    return typed


def _free(request: AccordRequest, form: InterviewForm, before: int) -> list[datetime]:
    """Hours at which those invited and the room are free, as far as Accord knows."""
    until = at_local(date.fromordinal(today().toordinal() + LOOK_AHEAD), time.min)
    busy = busy_spans(
        request.actor, users=form.users_typed(), room=form.room_typed(), since=now(), until=until
    )
    return free_slots(Wish(minutes=form.length_typed(), before=before), busy, after=today())


@screen(works_on_cases, purpose="prepare a medical report", compartment=True, methods=("POST",))
def preparation(request: AccordRequest, request_id: UUID) -> HttpResponse:
    """Prepare the form of the report."""
    asked = found_or_404(request, request_for, request_id)
    return act_once(
        request,
        lambda: prepare_form(by=request.actor, request_id=asked.pk),
        back=page_of(asked),
        done=_("Le formulaire du rapport est prêt pour le médecin."),
    )
