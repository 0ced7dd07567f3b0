"""The AI office answers communications: its list, each act, the letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.casework.cases.services import read_list
from accord.casework.cases.views.answering import answer_form, back_to, case_or_404, demand
from accord.casework.detection.enums import DetectionState
from accord.casework.detection.forms import (
    AnswerForm,
    ApplicationForm,
    HeldForm,
    InterviewForm,
    ReceptionForm,
    VersionedForm,
)
from accord.casework.detection.models import Detection
from accord.casework.detection.policies import can_treat, can_work_as_ai_office
from accord.casework.detection.selectors import communications_to_answer, detection_for
from accord.casework.detection.services import (
    answer_communication,
    hold_interview,
    invite_to_interview,
    note_application,
    print_answer,
    receive_communication,
)
from accord.casework.detection.services.printing import ANNOUNCER, PERSON
from accord.casework.detection.views.comparing import both_versions
from accord.kernel.clock import today
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases

PANEL = "detection"


@screen(works_on_cases, purpose="list of communications", methods=("GET",))
def communications(request: AccordRequest) -> HttpResponse:
    """Every communication that waits for our answer, the most urgent first, with the days that are left."""
    rows = communications_to_answer(request.actor)
    if rows:
        read_list(by=request.actor, cases=[row.case_id for row in rows])
    context = {
        "rows": [(row, DetectionState(row.state).label, (row.due_on - today()).days) for row in rows],
        "late": sum(row.due_on < today() for row in rows),
        "total": len(rows),
    }
    return render(request, "detection/list.html", context)


@screen(works_on_cases, purpose="receive a communication")
def reception(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """A communication came on paper, or in a case that stands in two circles."""
    case = case_or_404(request, case_id)
    demand(can_work_as_ai_office(request.actor, case))
    return answer_form(
        request,
        case,
        ReceptionForm(request.POST or None),
        lambda data: receive_communication(
            by=request.actor, case_id=case.pk, received_on=data["received_on"]
        ),
        title=_("Enregistrer une communication"),
        lead=_("Dès ce jour, l’office AI a trente jours pour dire si une demande est indiquée."),
        button=_("Enregistrer la communication"),
        back=back_to(case.pk, PANEL),
        done=_("La communication est enregistrée ; le délai court."),
    )


@screen(works_on_cases, purpose="answer a communication")
def interview(request: AccordRequest, detection_id: UUID) -> HttpResponse:
    """Fix or move the day of the interview."""
    detection = _to_treat(request, detection_id)
    form = InterviewForm(
        request.POST or None, record=detection, initial={"interview_on": detection.interview_on}
    )
    return _act(
        request,
        detection,
        form,
        lambda data: invite_to_interview(by=request.actor, detection_id=detection.pk, **data),
        title=_("Fixer l’entretien de détection précoce"),
        button=_("Fixer l’entretien"),
        done=_("L’entretien est fixé."),
    )


@screen(works_on_cases, purpose="answer a communication")
def interview_held(request: AccordRequest, detection_id: UUID) -> HttpResponse:
    """The interview took place."""
    detection = _to_treat(request, detection_id)
    return _act(
        request,
        detection,
        HeldForm(request.POST or None, record=detection),
        lambda data: hold_interview(by=request.actor, detection_id=detection.pk, **data),
        title=_("L’entretien a eu lieu"),
        button=_("Enregistrer l’entretien"),
        done=_("L’entretien est enregistré."),
    )


@screen(works_on_cases, purpose="answer a communication")
def answer(request: AccordRequest, detection_id: UUID) -> HttpResponse:
    """Say whether an application is indicated, and why."""
    detection = _to_treat(request, detection_id)
    return _act(
        request,
        detection,
        AnswerForm(request.POST or None, record=detection),
        lambda data: answer_communication(by=request.actor, detection_id=detection.pk, **data),
        title=_("Répondre à la communication"),
        lead=_(
            "La détection précoce n’ouvre pas de prestations : il faut une demande. Qui a annoncé apprend que"
            " vous avez répondu ; le contenu seulement si la personne a autorisé « Prestations et démarches »."
        ),
        button=_("Enregistrer la réponse"),
        done=_("La réponse est enregistrée : imprimez les lettres."),
    )


@screen(works_on_cases, purpose="answer a communication")
def application(request: AccordRequest, detection_id: UUID) -> HttpResponse:
    """The application arrived."""
    detection = _to_treat(request, detection_id)
    return _act(
        request,
        detection,
        ApplicationForm(request.POST or None, record=detection),
        lambda data: note_application(by=request.actor, detection_id=detection.pk, **data),
        title=_("Enregistrer la demande"),
        lead=_("Des prestations sont possibles au plus tôt à partir de la demande."),
        button=_("Enregistrer la demande"),
        done=_("La demande est enregistrée."),
    )


@screen(works_on_cases, purpose="print an answer", methods=("GET",))
def letter_to_person(request: AccordRequest, detection_id: UUID) -> HttpResponse:
    """The letter to the person, in her language."""
    return _letter(request, detection_id, PERSON)


@screen(works_on_cases, purpose="print an answer", methods=("GET",))
def letter_to_announcer(request: AccordRequest, detection_id: UUID) -> HttpResponse:
    """The letter to who announced: what was answered only if the person authorised it."""
    return _letter(request, detection_id, ANNOUNCER)


def _letter(request: AccordRequest, detection_id: UUID, to: str) -> HttpResponse:
    detection = _found(request, detection_id)
    demand(can_work_as_ai_office(request.actor, detection.case))
    try:
        pdf = print_answer(by=request.actor, detection=detection, to=to)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return HttpResponseRedirect(back_to(detection.case_id, PANEL))
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{detection.case.number.lower()}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _found(request: AccordRequest, detection_id: UUID) -> Detection:
    try:
        return detection_for(request.actor, detection_id)
    except Detection.DoesNotExist:
        raise Http404 from None


def _to_treat(request: AccordRequest, detection_id: UUID) -> Detection:
    detection = _found(request, detection_id)
    demand(can_treat(request.actor, detection))
    return detection


def _act(
    request: AccordRequest,
    detection: Detection,
    form: VersionedForm,
    act: Callable[[dict[str, Any]], object],
    **words: str,
) -> HttpResponse:
    """Act on the version that was read; when a colleague was faster, both versions are shown."""
    back = back_to(detection.case_id, PANEL)
    try:
        return answer_form(request, detection.case, form, act, back=back, **words)
    except Stale as stale:
        return both_versions(request, form, stale.current, back)
