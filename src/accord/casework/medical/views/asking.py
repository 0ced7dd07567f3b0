"""Ask the doctor, take a request back, give it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.casework.cases.models import Case
from accord.casework.cases.selectors import person_of
from accord.casework.cases.views.answering import answer_form, back_to, case_or_404, demand
from accord.casework.medical.enums import RequestKind
from accord.casework.medical.forms.asking import AskForm, ReasonForm
from accord.casework.medical.models import MedicalRequest
from accord.casework.medical.policies import can_ask, can_decline, can_withdraw, works_on_cases
from accord.casework.medical.selectors import region_doctors, request_for
from accord.casework.medical.selectors.offering import offered_questions
from accord.casework.medical.services import ask_doctor, decline_request, read_of_case, withdraw_request
from accord.casework.meetings.views.finding import found_or_404
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.programmes.selectors import programme_for

WORDS = {
    RequestKind.FULL: gettext_lazy("Demander l’avis du médecin"),
    RequestKind.ADVICE: gettext_lazy("Demander un conseil au médecin"),
}


@screen(works_on_cases, purpose="ask the doctor", compartment=True)
def ask(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Announce the case to the medical service of the person’s region."""
    return _ask(request, case_or_404(request, case_id), RequestKind.FULL)


@screen(works_on_cases, purpose="ask the doctor", compartment=True)
def advice(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Put a precise question to the doctor, later in the case: the same form, shorter."""
    return _ask(request, case_or_404(request, case_id), RequestKind.ADVICE)


def _ask(request: AccordRequest, case: Case, kind: RequestKind) -> HttpResponse:
    actor = request.actor
    demand(can_ask(actor, case))
    form = AskForm(
        request.POST or None,
        programme=programme_for(case.programme, case.programme_version),
        offered=offered_questions(actor, case),
        is_advice=kind == RequestKind.ADVICE,
        initial={"region": case.region},
    )
    if not form.is_bound:
        read_of_case(by=actor, case=case, what="medical request")
    elif form.is_valid() and (asked := _try(request, case, form, kind)):
        messages.success(request, _("La demande est partie au service médical."))
        return HttpResponseRedirect(reverse("medical:request", args=[asked.pk]))
    context = {
        "case": case,
        "form": form,
        "person": person_of(actor, case),
        "title": WORDS[kind],
        "has_regions": "region" in form.fields,
        "services": region_doctors(actor, case.programme).values(),
        "back": back_to(case.pk, "medical"),
    }
    return render(request, "medical/ask.html", context, status=422 if form.errors else 200)


def _try(request: AccordRequest, case: Case, form: AskForm, kind: RequestKind) -> MedicalRequest | None:
    typed = form.cleaned_data
    try:
        return ask_doctor(
            by=request.actor,
            case_id=case.pk,
            region=typed.get("region", ""),
            plea=form.plea(),
            usual=typed.get("usual", []),
            specific=form.own_questions(),
            measures=typed.get("measures", ""),
            kind=kind,
            is_insisted=typed["is_insisted"],
        )
    except Refused as refusal:
        if refusal.field == "is_insisted":
            form.show_other_way()
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return None


@screen(works_on_cases, purpose="ask the doctor", compartment=True)
def withdrawal(request: AccordRequest, request_id: UUID) -> HttpResponse:
    """Take a request back."""
    asked = found_or_404(request, request_for, request_id)
    demand(can_withdraw(request.actor, asked))
    return answer_form(
        request,
        asked.case,
        ReasonForm(request.POST or None),
        lambda data: withdraw_request(by=request.actor, request_id=asked.pk, reason=data["reason"]),
        title=_("Retirer la demande d’avis"),
        button=_("Retirer la demande"),
        back=reverse("medical:request", args=[asked.pk]),
        done=_("La demande est retirée."),
    )


@screen(works_on_cases, purpose="allocate a medical request", compartment=True)
def refusal(request: AccordRequest, request_id: UUID) -> HttpResponse:
    """Give back to the office what others can do without the doctor."""
    asked = found_or_404(request, request_for, request_id)
    demand(can_decline(request.actor, asked))
    return answer_form(
        request,
        asked.case,
        ReasonForm(request.POST or None),
        lambda data: decline_request(by=request.actor, request_id=asked.pk, reason=data["reason"]),
        title=_("Rendre la demande au bureau"),
        button=_("Rendre la demande"),
        lead=_("Le bureau lit votre phrase et fait lui-même ce qui ne demande pas de médecin."),
        back=reverse("medical:request", args=[asked.pk]),
        done=_("La demande est rendue au bureau."),
    )
