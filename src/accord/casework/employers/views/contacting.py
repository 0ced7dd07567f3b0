"""Contacts with employers within a case: choose the employer, see who else is there, plan, record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.policies import can_work_on
from accord.casework.cases.selectors import colleagues_of
from accord.casework.cases.views.answering import answer_form, back_to, case_or_404, demand
from accord.casework.employers.enums import ContactState
from accord.casework.employers.forms import ContactForm, ResultForm
from accord.casework.employers.models import EmployerContact
from accord.casework.employers.policies import can_record
from accord.casework.employers.selectors import contact_for, employers_like, others_in_contact
from accord.casework.employers.services import end_contact, plan_contact
from accord.casework.employers.services.contacting import Intention
from accord.casework.employers.views.directory import employer_or_404, entry_page
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases

PANEL = "employeurs"


@screen(works_on_cases, purpose="plan a contact with an employer", methods=("GET",))
def choose(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Choose the employer with whom a contact is to be planned."""
    case = case_or_404(request, case_id)
    demand(can_work_on(request.actor, case))
    typed = request.GET.get("q", "").strip()[:100]
    context = {
        "case": case,
        "typed": typed,
        "employers": employers_like(request.actor, typed) if typed else [],
        "back": back_to(case.pk, PANEL),
    }
    return render(request, "employers/choose.html", context)


@screen(works_on_cases, purpose="register an employer")
def new_for_case(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Enter an enterprise that is missing, and go on to plan the contact."""
    case = case_or_404(request, case_id)
    demand(can_work_on(request.actor, case))
    return entry_page(request, back=reverse("employers:choose", args=[case.pk]), case_id=case.pk)


@screen(works_on_cases, purpose="plan a contact with an employer")
def contact(request: AccordRequest, case_id: UUID, employer_id: UUID) -> HttpResponse:
    """Plan a contact; who else is in contact with the same employer stands above the form."""
    case = case_or_404(request, case_id)
    demand(can_work_on(request.actor, case))
    employer = employer_or_404(employer_id)
    others = others_in_contact(request.actor, case, employer)
    form = ContactForm(
        request.POST or None,
        colleagues=colleagues_of(request.actor),
        has_others=bool(others),
        initial={"colleague": request.actor.user_id},
    )
    if form.is_bound and form.is_valid():
        try:
            _plan(request, case.pk, employer.pk, form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            return HttpResponseRedirect(back_to(case.pk, PANEL, "contacts"))
    context = {
        "case": case,
        "employer": employer,
        "others": others,
        "form": form,
        "back": back_to(case.pk, PANEL),
    }
    return render(request, "employers/contact.html", context, status=422 if form.is_bound else 200)


def _plan(request: AccordRequest, case_id: UUID, employer_id: UUID, data: dict[str, Any]) -> None:
    plan_contact(
        by=request.actor,
        case_id=case_id,
        employer_id=employer_id,
        intention=Intention(
            planned_for=data["planned_for"],
            way=data["way"],
            about=data["about"],
            ground=data["ground"],
            consent_on=data["consent_on"],
            legal_article=data["legal_article"],
            counterpart=data["counterpart"],
            colleague_id=data["colleague"],
        ),
        is_coordinated=data.get("is_coordinated", False),
    )


@screen(works_on_cases, purpose="record a contact with an employer")
def result(request: AccordRequest, contact_id: UUID) -> HttpResponse:
    """Say how a contact went, or that it will not take place."""
    found = _contact_or_404(request, contact_id)
    demand(can_record(request.actor, found))
    demand(can_work_on(request.actor, found.case))
    form = ResultForm(request.POST or None, initial={"version": found.version})
    try:
        return answer_form(
            request,
            found.case,
            form,
            lambda data: end_contact(
                by=request.actor,
                contact_id=found.pk,
                version=data["version"],
                state=ContactState(data["state"]),
                done_on=data["done_on"],
                result=data["result"],
            ),
            title=_("Résultat du contact"),
            lead=f"{found.employer.name}, {found.get_about_display()}",
            button=_("Enregistrer le résultat"),
            back=back_to(found.case_id, PANEL, "contacts"),
            done=_("Le résultat est noté."),
        )
    except Stale:
        form.add_error(None, _("Un collègue vient de modifier ce contact ; regardez-le encore une fois."))
        context = {
            "case": found.case,
            "form": form,
            "title": _("Résultat du contact"),
            "button": _("Enregistrer"),
        }
        return render(
            request, "cases/form.html", context | {"back": back_to(found.case_id, PANEL)}, status=409
        )


def _contact_or_404(request: AccordRequest, contact_id: UUID) -> EmployerContact:
    try:
        return contact_for(request.actor, contact_id)
    except EmployerContact.DoesNotExist:
        raise Http404 from None
