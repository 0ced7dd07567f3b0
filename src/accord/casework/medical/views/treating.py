"""Treating doctors: who they are, whom the person released, what was learnt from them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.selectors import person_of
from accord.casework.cases.views.answering import act_once, answer_form, case_or_404, demand
from accord.casework.medical.forms.preparing import ContactForm, ReleaseForm, TreatingDoctorForm
from accord.casework.medical.models import DoctorContact, TreatingDoctor
from accord.casework.medical.policies import can_contact, can_record_release, works_on_cases
from accord.casework.medical.selectors import (
    contact_draft_of,
    contacts_of,
    release_for,
    treating_doctor_for,
    treating_doctors_of,
)
from accord.casework.medical.services import (
    keep_contact,
    may_be_asked,
    name_treating_doctor,
    read_of_case,
    record_release,
    revoke_release,
    write_contact,
)
from accord.casework.medical.views.keeping import is_by_itself, kept, page_key
from accord.casework.meetings.views.finding import found_or_404
from accord.foundation.documents.policies import can_read
from accord.foundation.documents.views import serve_download
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen


def page_of_case(treating: TreatingDoctor) -> str:
    """The address of the treating doctors of a case."""
    return reverse("medical:treating", args=[treating.case_id])


@screen(works_on_cases, purpose="reach a treating doctor", compartment=True)
def treating(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """Who treats the person: released or not, and what was learnt; add another one."""
    case = case_or_404(request, case_id)
    actor = request.actor
    form = TreatingDoctorForm(request.POST or None)
    if request.method == "POST":
        demand(can_record_release(actor, case))
        if form.is_valid():
            try:
                name_treating_doctor(by=actor, case_id=case.pk, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            else:
                messages.success(request, _("Le médecin traitant est noté."))
                return HttpResponseRedirect(request.path)
    read_of_case(by=actor, case=case, what="treating doctor")
    context = {
        "case": case,
        "person": person_of(actor, case),
        "form": form,
        "treating": [(one, may_be_asked(actor, one)) for one in treating_doctors_of(actor, case)],
        "contacts": contacts_of(actor, case),
        "may_record": bool(can_record_release(actor, case)),
        "may_contact": bool(can_contact(actor, case)),
        "back": reverse("medical:case", args=[case.pk]),
    }
    return render(request, "medical/treating.html", context, status=422 if form.errors else 200)


@screen(works_on_cases, purpose="record a release", compartment=True)
def release(request: AccordRequest, treating_id: UUID) -> HttpResponse:
    """Record the sheet on which the person released this doctor from secrecy."""
    found = found_or_404(request, treating_doctor_for, treating_id)
    demand(can_record_release(request.actor, found.case))
    form = ReleaseForm(request.POST or None, request.FILES or None)
    return answer_form(
        request,
        found.case,
        form,
        lambda data: record_release(by=request.actor, treating_id=found.pk, **data),
        title=_("Levée du secret : %(name)s") % {"name": found.name},
        button=_("Enregistrer la levée du secret"),
        lead=_("Sans la signature de la personne, le médecin traitant ne peut pas être joint."),
        back=page_of_case(found),
        done=_("La levée du secret est enregistrée : ce médecin peut être joint."),
    )


@screen(works_on_cases, purpose="record a release", compartment=True, methods=("POST",))
def revocation(request: AccordRequest, release_id: UUID) -> HttpResponse:
    """The person takes her release back."""
    found = found_or_404(request, release_for, release_id)
    demand(can_record_release(request.actor, found.treating.case))
    return act_once(
        request,
        lambda: revoke_release(by=request.actor, release_id=found.pk),
        back=page_of_case(found.treating),
        done=_("La levée du secret est révoquée : ce médecin ne peut plus être joint."),
    )


@screen(works_on_cases, purpose="reach a treating doctor", compartment=True, methods=("GET",))
def scan(request: AccordRequest, release_id: UUID) -> HttpResponseBase:
    """The sheet that the person signed, for the service that recorded it."""
    found = found_or_404(request, release_for, release_id)
    if not can_read(request.actor, found.scan):
        raise Http404
    read_of_case(by=request.actor, case=found.treating.case, what="release")
    return serve_download(found.scan)


@screen(works_on_cases, purpose="reach a treating doctor", compartment=True)
def contact(request: AccordRequest, treating_id: UUID) -> HttpResponse:
    """Note a contact; what is typed is kept by itself, and counts once it is confirmed."""
    found = found_or_404(request, treating_doctor_for, treating_id)
    actor = request.actor
    demand(can_contact(actor, found.case))
    draft = contact_draft_of(actor, found)
    may = may_be_asked(actor, found)
    if draft is None:
        demand(may)
    form = ContactForm(request.POST or None, initial=_initial(draft))
    if not form.is_bound:
        read_of_case(by=actor, case=found.case, what="doctor contact")
        return _page(request, found, form, "" if may else may.sentence)
    if not form.is_valid():
        return kept(request, wrong=form) if is_by_itself(request) else _page(request, found, form)
    return _write(request, found, form)


def _initial(draft: DoctorContact | None) -> dict[str, Any]:
    if draft is None:
        return {"version": 0}
    return {"on": draft.on, "means": draft.means, "learnt": draft.learnt, "version": draft.version}


def _write(request: AccordRequest, found: TreatingDoctor, form: ContactForm) -> HttpResponse:
    """Keep the draft first: whatever is refused afterwards, the text stays."""
    actor = request.actor
    try:
        draft = write_contact(
            by=actor,
            treating_id=found.pk,
            typed=form.typed(),
            version=form.cleaned_data["version"] or 0,
            page=page_key(request),
            by_itself=is_by_itself(request),
        )
    except Stale as stale:
        if is_by_itself(request):
            return kept(request, is_stale=True)
        return _conflict(request, found, form, stale.current)
    except Refused as refusal:
        if is_by_itself(request):
            return kept(request, refused=refusal.sentence)
        return _refused(request, found, form, refusal)
    if is_by_itself(request):
        may = may_be_asked(actor, found)
        return kept(request, version=draft.version, warning=may.sentence)
    try:
        keep_contact(by=actor, contact_id=draft.pk)
    except Refused as refusal:
        return _refused(request, found, form, refusal)
    messages.success(request, _("Le contact est noté."))
    return HttpResponseRedirect(page_of_case(found))


def _refused(
    request: AccordRequest, found: TreatingDoctor, form: ContactForm, refusal: Refused
) -> HttpResponse:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    return _page(request, found, form)


def _page(
    request: AccordRequest, found: TreatingDoctor, form: ContactForm, blocked: str = ""
) -> HttpResponse:
    context = {
        "treating": found,
        "case": found.case,
        "person": person_of(request.actor, found.case),
        "form": form,
        "blocked": blocked,
        "save_url": request.path,
        "back": page_of_case(found),
    }
    return render(request, "medical/contact.html", context, status=422 if form.errors else 200)


def _conflict(
    request: AccordRequest, found: TreatingDoctor, form: ContactForm, current: DoctorContact
) -> HttpResponse:
    mine = form.cleaned_data["learnt"]
    on = form.cleaned_data["on"]
    context = {
        "fields": [
            {
                "label": _("Ce que vous avez appris"),
                "name": "learnt",
                "mine": mine,
                "theirs": current.learnt,
                "changed": mine != current.learnt,
            }
        ],
        "who": str(request.user),
        "at": current.updated_at,
        "action": request.path,
        "version": current.version,
        "hidden": [("on", f"{on:%d.%m.%Y}" if on else ""), ("means", form.cleaned_data["means"])],
        "back": page_of_case(found),
    }
    return render(request, "web/conflict.html", context, status=409)
