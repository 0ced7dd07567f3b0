"""Prices of a convention: what holds, what is proposed, how it came about."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record_read
from accord.kernel.clock import today
from accord.kernel.http import AccordRequest, screen
from accord.network.agreements.models import Agreement
from accord.network.agreements.policies import member
from accord.network.agreements.selectors import agreement_for
from accord.purchasing.providers import selectors, services
from accord.purchasing.providers.forms import CounterForm, PriceForm
from accord.purchasing.providers.models import TariffProposal
from accord.purchasing.providers.policies import can_answer_price, can_price, can_withdraw_price
from accord.purchasing.providers.services.tariffs import Price
from accord.purchasing.providers.views.answering import act_once, answer, demand


@screen(member, purpose="negotiate prices", methods=("GET",))
def tariffs(request: AccordRequest, agreement_id: UUID) -> HttpResponse:
    """Agreed prices, and the negotiation position by position."""
    agreement = _agreement(request, agreement_id)
    record_read(
        by=request.actor, subject_kind="price", subject_id=agreement.pk, subject_label=agreement.number
    )
    proposals = selectors.negotiations_of(agreement.pk)
    for proposal in proposals:
        proposal.agreement = agreement
    context = {
        "agreement": agreement,
        "positions": selectors.prices_of(agreement.pk),
        "proposals": [
            {
                "proposal": proposal,
                "may_answer": can_answer_price(request.actor, proposal),
                "may_withdraw": can_withdraw_price(request.actor, proposal),
            }
            for proposal in proposals
        ],
        "may_price": can_price(request.actor, agreement),
        "today": today(),
    }
    return render(request, "providers/tariffs.html", context)


@screen(member, purpose="negotiate prices")
def price(request: AccordRequest, agreement_id: UUID) -> HttpResponse:
    """Propose a price."""
    agreement = _agreement(request, agreement_id)
    demand(can_price(request.actor, agreement))
    first = max(agreement.starts_on, today())
    return answer(
        request,
        PriceForm(request.POST or None, initial={"valid_from": first}),
        lambda typed: services.propose_price(
            by=request.actor, agreement_id=agreement.pk, price=Price(**typed)
        ),
        template="providers/form.html",
        back=_page(agreement.pk),
        done=_("Le prix est proposé à l’autre partie."),
        title=_("Proposer un prix"),
        lead=_("Un prix convenu ne se corrige pas : un nouveau prix lui succède dès son jour."),
        back_label=agreement.number,
        button=_("Proposer"),
    )


@screen(member, purpose="negotiate prices")
def counter(request: AccordRequest, proposal_id: UUID) -> HttpResponse:
    """Answer a price with another one."""
    proposal = _proposal(request, proposal_id)
    demand(can_answer_price(request.actor, proposal))
    return answer(
        request,
        CounterForm(
            request.POST or None, initial={"price": proposal.price, "valid_from": proposal.valid_from}
        ),
        lambda typed: services.counter_price(by=request.actor, proposal_id=proposal.pk, **typed),
        template="providers/form.html",
        back=_page(proposal.agreement_id),
        done=_("Votre contre-proposition est envoyée."),
        title=_("Proposer un autre prix"),
        lead=f"{proposal.code} · {proposal.label}",
        back_label=proposal.agreement.number,
        button=_("Proposer"),
    )


@screen(member, purpose="negotiate prices", methods=("POST",))
def answer_price(request: AccordRequest, proposal_id: UUID) -> HttpResponse:
    """Agree to a price, or take one's own back."""
    proposal = _proposal(request, proposal_id)
    back = _page(proposal.agreement_id)
    if request.POST.get("acte") == "accord":
        return act_once(
            request,
            lambda: services.agree_price(by=request.actor, proposal_id=proposal.pk),
            back=back,
            done=_("Le prix est convenu."),
        )
    if request.POST.get("acte") == "retrait":
        return act_once(
            request,
            lambda: services.withdraw_price(by=request.actor, proposal_id=proposal.pk),
            back=back,
            done=_("La proposition est retirée."),
        )
    raise Http404


def _agreement(request: AccordRequest, agreement_id: UUID) -> Agreement:
    try:
        return agreement_for(request.actor, agreement_id)
    except Agreement.DoesNotExist:
        raise Http404 from None


def _proposal(request: AccordRequest, proposal_id: UUID) -> TariffProposal:
    try:
        return selectors.proposal_for(request.actor, proposal_id)
    except TariffProposal.DoesNotExist:
        raise Http404 from None


def _page(agreement_id: UUID) -> str:
    return reverse("providers:tariffs", args=[agreement_id])
