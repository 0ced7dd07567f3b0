"""Begin a convention, adopt a framework, write a version."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms.formsets import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.foundation.documents.services import store_document
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.agreements import selectors
from accord.network.agreements.forms import AdoptionForm, DraftForm, PartForm, VersionForm, part_forms
from accord.network.agreements.models import Agreement
from accord.network.agreements.policies import can_negotiate, manages_agreements, member
from accord.network.agreements.services import adopt_framework, draft_agreement, propose_version
from accord.network.agreements.services.drafting import Written
from accord.network.agreements.views.finding import agreement_or_404, demand, refuse, status_of, to_agreement


@screen(manages_agreements, purpose="draft an agreement")
def draft(request: AccordRequest) -> HttpResponse:
    """With whom, about what, from when to when; the text comes next."""
    form = DraftForm(request.POST or None, partners=selectors.partners(request.actor))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            agreement = draft_agreement(
                by=request.actor,
                kind=typed["kind"],
                title=typed["title"],
                parties={typed["partner"]: typed["role"]},
                starts_on=typed["starts_on"],
                ends_on=typed["ends_on"],
                notice_months=typed["notice_months"],
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Le projet est créé. Écrivez maintenant son texte."))
            return to_agreement(agreement.pk)
    has_frameworks = bool(selectors.frameworks_to_adopt(request.actor))
    context = {"form": form, "has_frameworks": has_frameworks}
    return render(request, "agreements/draft.html", context, status=status_of(form))


@screen(manages_agreements, purpose="draft an agreement")
def adopt(request: AccordRequest) -> HttpResponse:
    """Take over a framework for a place: its text word for word."""
    form = AdoptionForm(
        request.POST or None,
        frameworks=selectors.frameworks_to_adopt(request.actor),
        partners=selectors.partners(request.actor),
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            agreement = adopt_framework(
                by=request.actor,
                framework_id=typed["framework"],
                institution_id=typed["partner"],
                role=typed["role"],
                starts_on=typed["starts_on"],
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("L’adhésion est préparée, avec le texte de la convention-cadre."))
            return to_agreement(agreement.pk)
    return render(request, "agreements/adopt.html", {"form": form}, status=status_of(form))


@screen(member, purpose="draft an agreement")
def write(request: AccordRequest, agreement_id: UUID) -> HttpResponse:
    """Write the next version; when somebody was faster, hers is shown beside and nothing is lost."""
    agreement = agreement_or_404(request, agreement_id)
    demand(can_negotiate(request.actor, agreement))
    text = selectors.text_of(agreement)
    form = VersionForm(request.POST or None, request.FILES or None, text=text)
    parts = part_forms(request.POST or None, text)
    meanwhile = None
    if request.method == "POST" and form.is_valid() and parts.is_valid():
        try:
            _propose(request.actor, agreement, form, parts)
        except Refused as refused:
            refuse(form, refused, file="annex")
        except Stale as stale:
            meanwhile = stale.current
        else:
            messages.success(request, _("La version est enregistrée."))
            return to_agreement(agreement.pk)
    status = 409 if meanwhile else 422 if parts.is_bound and not parts.is_valid() else status_of(form)
    context = {"agreement": agreement, "form": form, "parts": parts, "meanwhile": meanwhile}
    return render(request, "agreements/write.html", context, status=status)


@transaction.atomic
def _propose(actor: Actor, agreement: Agreement, form: VersionForm, parts: BaseFormSet[PartForm]) -> None:
    """The annex is only kept if the version is."""
    typed = form.cleaned_data
    added = []
    if typed["annex"]:
        added = [(typed["annex_title"], store_document(by=actor, file=typed["annex"]))]
    propose_version(
        by=actor,
        agreement_id=agreement.pk,
        parts=[
            Written(part["title"], part["text"], part["kind"])
            for part in (one.cleaned_data for one in parts)
            if part.get("title")
        ],
        comment=typed["comment"],
        base=typed["base"],
        kept_annexes=typed.get("kept", []),
        new_annexes=added,
    )
