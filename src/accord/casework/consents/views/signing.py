"""Record that the person signed: on paper, or on the screen."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.casework.consents.forms import PaperForm, ScreenForm
from accord.casework.consents.models import Consent
from accord.casework.consents.policies import can_sign
from accord.casework.consents.services import sign_on_paper, sign_on_screen
from accord.casework.consents.views.finding import consent_or_404, demand, refuse, status_of, to_consent
from accord.casework.consents.views.showing import grid_shown, reading_of
from accord.foundation.documents.services import store_document
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(works_on_cases, purpose="record a signature")
def sign_paper(request: AccordRequest, consent_id: UUID) -> HttpResponse:
    """The signed sheet comes back: its scan, its date, who signed."""
    consent = consent_or_404(request, consent_id)
    if consent.signed_on is None:
        demand(can_sign(request.actor, consent))
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _record_paper(request.actor, consent, form)
        except Refused as refused:
            refuse(form, refused, file="scan")
        else:
            messages.success(request, _("L’autorisation est en vigueur."))
            return to_consent(consent)
    context = {"form": form, "consent": consent}
    return render(request, "consents/sign_paper.html", context, status=status_of(form))


@transaction.atomic
def _record_paper(actor: Actor, consent: Consent, form: PaperForm) -> None:
    """The scan is only kept if the signature is."""
    scan = store_document(by=actor, file=form.cleaned_data["scan"])
    sign_on_paper(
        by=actor,
        consent_id=consent.pk,
        signed_on=form.cleaned_data["signed_on"],
        signatory=form.cleaned_data["signatory"],
        scan=scan,
    )


@screen(works_on_cases, purpose="record a signature")
def sign_screen(request: AccordRequest, consent_id: UUID) -> HttpResponse:
    """The person reads the sentence on the screen and draws her signature."""
    consent = consent_or_404(request, consent_id)
    if consent.signed_on is None:
        demand(can_sign(request.actor, consent))
    form = ScreenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sign_on_screen(
                by=request.actor,
                consent_id=consent.pk,
                signatory=form.cleaned_data["signatory"],
                strokes=form.cleaned_data["strokes"],
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("L’autorisation est en vigueur."))
            return to_consent(consent)
    grid = grid_shown(request.actor, consent)
    context = {"form": form, "consent": consent} | reading_of(request.actor, consent, grid)
    return render(request, "consents/sign_screen.html", context, status=status_of(form))
