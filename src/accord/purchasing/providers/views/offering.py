"""Becoming a provider, without an account: what is expected, a link by mail, the offer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.models import Institution
from accord.purchasing.providers import selectors, services
from accord.purchasing.providers.enums import OfferState
from accord.purchasing.providers.forms import AnswerForm, EmailForm, OfferForm, PieceForm
from accord.purchasing.providers.models import Offer
from accord.purchasing.providers.policies import anyone
from accord.purchasing.providers.services.links import counter_of
from accord.purchasing.providers.views.answering import refuse

OPENED = "providers.offer"
"""Key of the session that keeps which offer a link has opened, and until when."""
STAYS_OPEN = timedelta(hours=4)


@screen(anyone, purpose="become a provider", methods=("GET",), public=True)
def becoming(request: AccordRequest) -> HttpResponse:
    """The offices to which one may offer a service."""
    return render(request, "providers/becoming.html", {"offices": selectors.offices()})


@screen(anyone, purpose="become a provider", methods=("GET",), public=True)
def expectations(request: AccordRequest, office: str) -> HttpResponse:
    """What an office expects in quality and price, its prerequisites, the documents to join."""
    house = _office(office)
    context = {"office": house, "topics": selectors.guidance_of(house)}
    return render(request, "providers/expectations.html", context)


@screen(anyone, purpose="offer a service", public=True)
def start(request: AccordRequest, office: str) -> HttpResponse:
    """Ask for a link; the answer is the same whether or not one is mailed."""
    house = _office(office)
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        counter = counter_of(house.pk)
        with acting_as(counter):
            services.ask_for_link(
                by=counter, email=form.cleaned_data["email"], language=request.LANGUAGE_CODE[:2]
            )
        messages.success(
            request,
            _("Si cette adresse est juste, un message avec un lien y arrive dans quelques minutes."),
        )
        return HttpResponseRedirect(reverse("providers:expectations", args=[office]))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "providers/start.html", {"form": form, "office": house}, status=status)


@screen(anyone, purpose="offer a service", public=True)
def opening(request: AccordRequest, office: str, token: str) -> HttpResponse:
    """The mailed link: a button uses it, so that a mail filter that only looks does not."""
    house = _office(office)
    if request.method == "POST":
        counter = counter_of(house.pk)
        try:
            with acting_as(counter):
                offer = services.open_link(by=counter, token=token)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return HttpResponseRedirect(reverse("providers:start", args=[office]))
        request.session.cycle_key()
        until = (now() + STAYS_OPEN).isoformat()
        request.session[OPENED] = [str(house.pk), str(offer.pk), until]
        return HttpResponseRedirect(reverse("providers:my_offer"))
    return render(request, "providers/opening.html", {"office": house})


Answer = Callable[[AccordRequest, Actor, Offer], HttpResponse]


def _at_the_counter(request: AccordRequest, answer: Answer) -> HttpResponse:
    """Let the visitor act on the offer that her link has opened; without one she is led to ask for one."""
    try:
        office, key, until = request.session.get(OPENED, ["", "", ""])
        counter, offer_id = counter_of(UUID(office)), UUID(key)
        is_open = datetime.fromisoformat(until) > now()
    except ValueError:
        is_open = False
    if is_open:
        with acting_as(counter):
            offers = Offer.objects.select_related("office").prefetch_related("pieces__document", "exchanges")
            if offer := offers.filter(pk=offer_id, office=counter.institution_key).first():
                return answer(request, counter, offer)
    messages.warning(request, _("Demandez un lien pour ouvrir votre offre."))
    return HttpResponseRedirect(reverse("providers:becoming"))


@screen(anyone, purpose="offer a service", public=True)
def my_offer(request: AccordRequest) -> HttpResponse:
    """The draft to be filled in; later what became of the offer."""
    return _at_the_counter(request, _my_offer)


def _my_offer(request: AccordRequest, counter: Actor, offer: Offer) -> HttpResponse:
    if offer.state != OfferState.DRAFT:
        return _page(request, offer)
    version = offer.version
    form = OfferForm(request.POST or None, instance=offer)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            services.save_offer(by=counter, offer_id=offer.pk, version=values.pop("version"), values=values)
        except Refused as refused:
            refuse(form, refused)
        except Stale:
            form = _with_version(request, offer, version)
            return _page(request, offer, form=form, status=409)
        else:
            messages.success(request, _("Le brouillon est enregistré."))
            return HttpResponseRedirect(reverse("providers:my_offer"))
    return _page(request, offer, form=form, status=422 if form.is_bound else 200)


def _with_version(request: AccordRequest, offer: Offer, version: int) -> OfferForm:
    """What was typed, to be read again and saved over what another window has saved."""
    sent = request.POST.copy()
    sent["version"] = str(version)
    form = OfferForm(sent, instance=offer)
    form.add_error(
        None, _("L’offre a été enregistrée dans une autre fenêtre ; relisez, puis enregistrez à nouveau.")
    )
    return form


def _page(
    request: AccordRequest,
    offer: Offer,
    *,
    form: forms.BaseForm | None = None,
    pieces: forms.BaseForm | None = None,
    answer: forms.BaseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    stands = Offer.objects.prefetch_related("pieces__document").get(pk=offer.pk)
    context = {
        "offer": offer,
        "form": form or OfferForm(instance=stands),
        "piece_form": pieces or PieceForm(),
        "answer_form": answer or AnswerForm(),
        "missing": selectors.what_is_missing(stands),
        "pieces": list(stands.pieces.all()),
        "exchanges": list(offer.exchanges.all()),
    }
    template = "my_offer" if offer.state == OfferState.DRAFT else "my_receipt"
    return render(request, f"providers/{template}.html", context, status=status)


@screen(anyone, purpose="offer a service", methods=("POST",), public=True)
def my_sending(request: AccordRequest) -> HttpResponse:
    """Send the offer; the receipt with its number comes back."""

    def send(request: AccordRequest, counter: Actor, offer: Offer) -> HttpResponse:
        try:
            services.submit_offer(by=counter, offer_id=offer.pk)
        except Refused as refused:
            messages.error(request, refused.sentence)
        return HttpResponseRedirect(reverse("providers:my_offer"))

    return _at_the_counter(request, send)


@screen(anyone, purpose="offer a service", methods=("POST",), public=True)
def my_pieces(request: AccordRequest) -> HttpResponse:
    """Join a document to the draft."""

    def join(request: AccordRequest, counter: Actor, offer: Offer) -> HttpResponse:
        form = PieceForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                services.join_piece(by=counter, offer_id=offer.pk, **form.cleaned_data)
            except Refused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("Le document est joint."))
                return HttpResponseRedirect(reverse("providers:my_offer"))
        return _page(request, offer, pieces=form, status=422)

    return _at_the_counter(request, join)


@screen(anyone, purpose="offer a service", methods=("POST",), public=True)
def my_piece_removal(request: AccordRequest, piece_id: UUID) -> HttpResponse:
    """Take a document out of the draft."""

    def remove(request: AccordRequest, counter: Actor, offer: Offer) -> HttpResponse:
        try:
            services.remove_piece(by=counter, offer_id=offer.pk, piece_id=piece_id)
        except Refused as refused:
            messages.error(request, refused.sentence)
        return HttpResponseRedirect(reverse("providers:my_offer"))

    return _at_the_counter(request, remove)


@screen(anyone, purpose="offer a service", methods=("POST",), public=True)
def my_answer(request: AccordRequest) -> HttpResponse:
    """Answer the question of contract management."""

    def reply(request: AccordRequest, counter: Actor, offer: Offer) -> HttpResponse:
        form = AnswerForm(request.POST)
        if form.is_valid():
            try:
                services.answer_question(by=counter, offer_id=offer.pk, text=form.cleaned_data["answer"])
            except Refused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("Votre réponse est arrivée."))
                return HttpResponseRedirect(reverse("providers:my_offer"))
        return _page(request, offer, answer=form, status=422)

    return _at_the_counter(request, reply)


def _office(slug: str) -> Institution:
    found = selectors.office_by_slug(slug)
    if found is None:
        raise Http404
    return found
