"""Contract management examines offers."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.foundation.documents.views import serve_download
from accord.foundation.journal.services import record_read
from accord.kernel.http import AccordRequest, screen
from accord.purchasing.providers import services
from accord.purchasing.providers.filters import offer_filters, offer_states
from accord.purchasing.providers.forms import DecisionForm, QuestionForm
from accord.purchasing.providers.models import Offer
from accord.purchasing.providers.policies import can_decide, can_review, manages_contracts
from accord.purchasing.providers.selectors import offers_page
from accord.purchasing.providers.views.answering import act_once, answer, demand, offer_or_404


@screen(manages_contracts, purpose="review an offer", methods=("GET",))
def offers(request: AccordRequest) -> HttpResponse:
    """Offers made to one's office, the longest waiting first."""
    page = offers_page(
        request.actor,
        offer_states(request.GET),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    record_read(by=request.actor, subject_kind="offer")
    context = {"page": page, "filters": offer_filters(), "is_filtered": bool(request.GET)}
    return render(request, "providers/offers.html", context)


@screen(manages_contracts, purpose="review an offer", methods=("GET",))
def review(request: AccordRequest, offer_id: UUID) -> HttpResponse:
    """One offer: what it says, its documents, questions and answers, the decision."""
    offer = offer_or_404(request, offer_id)
    _read(request, offer)
    context = {
        "offer": offer,
        "may_review": can_review(request.actor, offer),
        "may_decide": can_decide(request.actor, offer),
    }
    return render(request, "providers/review.html", context)


@screen(manages_contracts, purpose="review an offer")
def question(request: AccordRequest, offer_id: UUID) -> HttpResponse:
    """Ask back."""
    offer = offer_or_404(request, offer_id)
    demand(can_review(request.actor, offer))
    return answer(
        request,
        QuestionForm(request.POST or None),
        lambda typed: services.ask_question(by=request.actor, offer_id=offer.pk, **typed),
        template="providers/form.html",
        back=_page(offer),
        done=_("La question est partie."),
        title=_("Poser une question"),
        back_label=offer.number,
        button=_("Envoyer la question"),
    )


@screen(manages_contracts, purpose="decide on an offer")
def proposition(request: AccordRequest, offer_id: UUID) -> HttpResponse:
    """Propose a decision, which a second person takes."""
    offer = offer_or_404(request, offer_id)
    demand(can_review(request.actor, offer))
    return answer(
        request,
        DecisionForm(request.POST or None),
        lambda typed: services.propose_decision(by=request.actor, offer_id=offer.pk, **typed),
        template="providers/form.html",
        back=_page(offer),
        done=_("La décision est proposée ; une autre personne la prend."),
        title=_("Proposer une décision"),
        back_label=offer.number,
        button=_("Proposer"),
    )


@screen(manages_contracts, purpose="decide on an offer", methods=("POST",))
def decision(request: AccordRequest, offer_id: UUID) -> HttpResponse:
    """Take the proposed decision, or give it back."""
    offer = offer_or_404(request, offer_id)
    wanted = request.POST.get("accord", "")
    if wanted not in {"oui", "non"}:
        raise Http404
    return act_once(
        request,
        lambda: services.decide_offer(by=request.actor, offer_id=offer.pk, agrees=wanted == "oui"),
        back=_page(offer),
        done=_("La décision est prise.") if wanted == "oui" else _("L’offre est à examiner à nouveau."),
    )


@screen(manages_contracts, purpose="review an offer", methods=("GET",))
def offer_piece(request: AccordRequest, offer_id: UUID, piece_id: UUID) -> HttpResponseBase:
    """A document of an offer."""
    offer = offer_or_404(request, offer_id)
    found = next((piece for piece in offer.pieces.all() if piece.pk == piece_id), None)
    if found is None:
        raise Http404
    _read(request, offer)
    return serve_download(found.document)


def _read(request: AccordRequest, offer: Offer) -> None:
    record_read(by=request.actor, subject_kind="offer", subject_id=offer.pk, subject_label=offer.number)


def _page(offer: Offer) -> str:
    return reverse("providers:review", args=[offer.pk])
