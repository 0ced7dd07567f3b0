"""The page of a convention, its versions side by side, its documents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.foundation.documents.views import serve_download
from accord.foundation.journal.services import record_read
from accord.kernel.actors import Actor
from accord.kernel.http import AccordRequest, screen
from accord.network.agreements import policies, selectors
from accord.network.agreements.enums import AgreementState
from accord.network.agreements.models import Agreement, Annex, Version
from accord.network.agreements.policies import member
from accord.network.agreements.views.finding import agreement_or_404


@screen(member, purpose="read an agreement", methods=("GET",))
def show(request: AccordRequest, agreement_id: UUID) -> HttpResponse:
    """Parts, versions, parties and who signed, and what comes next."""
    agreement = agreement_or_404(request, agreement_id)
    _read(request, agreement)
    text = selectors.text_of(agreement)
    context = {
        "agreement": agreement,
        "text": text,
        "versions": selectors.versions_of(agreement),
        "prolongation": selectors.prolongation_of(agreement),
        "adoptions": selectors.adoptions_of(agreement),
        "renewed_by": agreement.renewals.exclude(state=AgreementState.ABANDONED).first(),
        "next": what_is_next(agreement),
        "may": may(request.actor, agreement, text),
    }
    return render(request, "agreements/show.html", context)


def may(actor: Actor, agreement: Agreement, text: Version | None) -> dict[str, Any]:
    """What the actor may do with the convention now."""
    is_in_charge = policies.manages_agreements(actor)
    return {
        "write": policies.can_negotiate(actor, agreement),
        "send": policies.can_send(actor, agreement),
        "approve": policies.can_approve(actor, agreement, text),
        "ask": policies.can_ask_for_signatures(actor, agreement),
        "reopen": policies.can_reopen(actor, agreement),
        "abandon": policies.can_abandon(actor, agreement),
        "terminate": policies.can_terminate(actor, agreement),
        "renew": policies.can_renew(actor, agreement),
        "manage": bool(is_in_charge),
        "sign": bool(is_in_charge and agreement.state == AgreementState.SIGNING),
        "endorse": bool(is_in_charge),
        "sign_for_all": agreement.owner_id == actor.institution_id,
    }


def what_is_next(agreement: Agreement) -> str:
    """What the convention waits for, in a sentence."""
    if agreement.state == AgreementState.IN_FORCE and agreement.last_day:
        return _("Elle est dénoncée et lie encore les parties jusqu’à son dernier jour.")
    return {
        AgreementState.DRAFT: _(
            "Elle reprend le texte de sa convention-cadre ; une autre personne l’approuve."
        )
        if agreement.parent_id
        else _(
            "Écrivez le texte, puis envoyez-le en négociation : les autres parties ne le voient pas encore."
        ),
        AgreementState.NEGOTIATION: _(
            "Chaque partie peut proposer une version. Une autre personne que celle qui a rédigé approuve."
        ),
        AgreementState.APPROVED: _("Elle est approuvée ; mettez-la à la signature."),
        AgreementState.SIGNING: _("Elle attend la signature de chaque partie."),
        AgreementState.SIGNED: _("Toutes les parties ont signé ; elle entre en vigueur à son premier jour."),
        AgreementState.IN_FORCE: _("Elle est en vigueur."),
    }.get(AgreementState(agreement.state), _("Elle ne lie plus les parties."))


@screen(member, purpose="read an agreement", methods=("GET",))
def versions(request: AccordRequest, agreement_id: UUID) -> HttpResponse:
    """Two versions side by side, with what changed; by default the newest beside the one before."""
    agreement = agreement_or_404(request, agreement_id)
    found = selectors.versions_of(agreement)
    if not found:
        raise Http404
    newer = _number(request, "nouvelle", found[0].number)
    older = _number(request, "ancienne", max(1, newer - 1))
    try:
        compared = selectors.compare(agreement, older, newer)
    except Version.DoesNotExist:
        raise Http404 from None
    _read(request, agreement)
    context = {
        "agreement": agreement,
        "versions": found,
        "older": next(v for v in found if v.number == older),
        "newer": next(v for v in found if v.number == newer),
        "differences": compared,
        "is_same": all(one.kind == "same" for one in compared),
    }
    return render(request, "agreements/versions.html", context)


def _number(request: AccordRequest, name: str, otherwise: int) -> int:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else otherwise


@screen(member, purpose="read an agreement", methods=("GET",))
def annex(request: AccordRequest, agreement_id: UUID, annex_id: UUID) -> HttpResponseBase:
    """The file of an annex."""
    agreement = agreement_or_404(request, agreement_id)
    found = (
        Annex.objects.filter(pk=annex_id, text_of__agreement=agreement.parent_id or agreement.pk)
        .select_related("document")
        .first()
    )
    if found is None:
        raise Http404
    _read(request, agreement, found.document_id)
    return serve_download(found.document)


@screen(member, purpose="read an agreement", methods=("GET",))
def evidence(request: AccordRequest, agreement_id: UUID, party_id: UUID) -> HttpResponseBase:
    """The signed sheet of a party."""
    agreement = agreement_or_404(request, agreement_id)
    party = agreement.parties.filter(pk=party_id, evidence__isnull=False).select_related("evidence").first()
    if party is None or party.evidence is None:
        raise Http404
    _read(request, agreement, party.evidence_id)
    return serve_download(party.evidence)


def _read(request: AccordRequest, agreement: Agreement, document_id: UUID | None = None) -> None:
    record_read(
        by=request.actor,
        subject_kind="document" if document_id else "agreement",
        subject_id=document_id or agreement.pk,
        subject_label=agreement.number,
    )
