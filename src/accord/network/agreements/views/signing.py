"""Sign a convention or its prolongation: on paper, or on the screen."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.foundation.documents.services import store_document
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.agreements.forms import ElectronicForm, PaperForm, signed_today
from accord.network.agreements.models import Agreement, Endorsement, Party
from accord.network.agreements.policies import can_sign, member
from accord.network.agreements.selectors import text_of
from accord.network.agreements.services import sign_agreement, sign_prolongation
from accord.network.agreements.services.signing import Signature
from accord.network.agreements.views.finding import agreement_or_404, demand, refuse, status_of, to_agreement


@screen(member, purpose="sign an agreement")
def sign_paper(request: AccordRequest, agreement_id: UUID, party_id: UUID) -> HttpResponse:
    """The signed paper comes back: its scan, its date, who signed."""
    agreement, party = _party(request, agreement_id, party_id)
    demand(can_sign(request.actor, agreement, party.institution_id, party))
    form = PaperForm(request.POST or None, request.FILES or None, initial=signed_today())
    if request.method == "POST" and form.is_valid():
        try:
            _record_paper(request.actor, agreement, party, form)
        except Refused as refused:
            refuse(form, refused, file="scan")
        else:
            messages.success(request, _("La signature est enregistrée."))
            return to_agreement(agreement.pk)
    context = {"agreement": agreement, "institution": party.institution, "form": form}
    return render(request, "agreements/sign_paper.html", context, status=status_of(form))


@transaction.atomic
def _record_paper(actor: Actor, agreement: Agreement, party: Party, form: PaperForm) -> None:
    """The scan is only kept if the signature is."""
    scan = store_document(by=actor, file=form.cleaned_data["scan"])
    signature = Signature(form.cleaned_data["signatory"], form.cleaned_data["signed_on"], scan=scan)
    sign_agreement(by=actor, agreement_id=agreement.pk, party_id=party.pk, signature=signature)


@screen(member, purpose="sign an agreement")
def sign_screen(request: AccordRequest, agreement_id: UUID, party_id: UUID) -> HttpResponse:
    """Read the text, then sign it for one's institution, and confirm by its number."""
    agreement, party = _party(request, agreement_id, party_id)
    demand(can_sign(request.actor, agreement, party.institution_id, party))
    form = ElectronicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sign_agreement(
                by=request.actor, agreement_id=agreement.pk, party_id=party.pk, signature=_typed(form)
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Vous avez signé la convention."))
            return to_agreement(agreement.pk)
    context = {
        "agreement": agreement,
        "institution": party.institution,
        "form": form,
        "text": text_of(agreement),
    }
    return render(request, "agreements/sign_screen.html", context, status=status_of(form))


@screen(member, purpose="sign an agreement")
def endorse(request: AccordRequest, agreement_id: UUID, endorsement_id: UUID) -> HttpResponse:
    """Sign a later end for one's institution."""
    agreement = agreement_or_404(request, agreement_id)
    endorsement = (
        Endorsement.objects.filter(pk=endorsement_id, prolongation__agreement=agreement)
        .select_related("prolongation", "party__institution")
        .first()
    )
    if endorsement is None:
        raise Http404
    demand(can_sign(request.actor, agreement, endorsement.party.institution_id, endorsement))
    form = ElectronicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sign_prolongation(by=request.actor, endorsement_id=endorsement.pk, signature=_typed(form))
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Vous avez signé la prolongation."))
            return to_agreement(agreement.pk)
    context = {
        "agreement": agreement,
        "institution": endorsement.party.institution,
        "form": form,
        "text": text_of(agreement),
        "prolongation": endorsement.prolongation,
    }
    return render(request, "agreements/sign_screen.html", context, status=status_of(form))


def _typed(form: ElectronicForm) -> Signature:
    return Signature(form.cleaned_data["signatory"], today(), confirmation=form.cleaned_data["confirmation"])


def _party(request: AccordRequest, agreement_id: UUID, party_id: UUID) -> tuple[Agreement, Party]:
    agreement = agreement_or_404(request, agreement_id)
    found = next((party for party in agreement.parties.all() if party.pk == party_id), None)
    if found is None:
        raise Http404
    return agreement, found
