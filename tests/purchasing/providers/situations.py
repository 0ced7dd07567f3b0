"""Contract management, somebody who offers, a provider, in few words."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from accord.kernel.actors import Actor
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution
from accord.purchasing.providers.models import MagicLink, Offer, Provider
from accord.purchasing.providers.services import (
    ask_for_link,
    decide_offer,
    join_piece,
    open_link,
    propose_decision,
    save_offer,
    send_link,
    submit_offer,
)
from accord.purchasing.providers.services.links import counter_of, token_of
from furnishing.agreements import PNG
from furnishing.providers import provider_of
from scenarios import Colleague, colleague, institution

COMPLETE = {
    "name": "Atelier neuf", "provider_kind": "coach", "contact": "La direction", "address": "Genève",
    "languages": "français", "places": "Genève", "offers": "Du coaching", "quality": "Diplômes", "prices": "145.–",
}  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """An AI office with two people of contract management."""

    first: Colleague
    second: Colleague

    @property
    def office(self) -> Institution:
        return self.first.institution

    @property
    def counter(self) -> Actor:
        return counter_of(self.office.pk)


def desk(slug: str = "") -> Desk:
    office = institution(Kind.AI_OFFICE, slug=slug)
    return Desk(colleague(office, Role.MANAGER), colleague(office, Role.MANAGER))


def provider(at: Desk, **fields) -> tuple[Provider, Colleague]:
    house = institution(Kind.PROVIDER)
    return provider_of(at.office, house, **fields), colleague(house, Role.MANAGER)


def asked(at: Desk, email: str = "atelier@example.org") -> MagicLink | None:
    """Ask for a link, and let the worker mail it."""
    with acting_as(at.counter):
        ask_for_link(by=at.counter, email=email, language="fr")
    link = MagicLink.objects.filter(offer__email=email).order_by("-created_at").first()
    if link:
        send_link(link.pk)
    return link


def begun(at: Desk, email: str = "atelier@example.org") -> Offer:
    link = asked(at, email)
    assert link is not None
    with acting_as(at.counter):
        return open_link(by=at.counter, token=token_of(link))


def png(name: str = "a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, "image/png")


def completed(at: Desk, **values) -> Offer:
    offer = begun(at)
    with acting_as(at.counter):
        offer = save_offer(by=at.counter, offer_id=offer.pk, version=1, values=COMPLETE | values)
        for piece in ("concept", "staff", "insurance"):
            join_piece(by=at.counter, offer_id=offer.pk, piece=piece, file=png())
    return offer


def submitted(at: Desk, **values) -> Offer:
    offer = completed(at, **values)
    with acting_as(at.counter):
        return submit_offer(by=at.counter, offer_id=offer.pk)


def proposed(at: Desk, verdict: str = "accept", reasons: str = "", **values) -> Offer:
    offer = submitted(at, **values)
    by = at.first.actor
    with acting_as(by):
        return propose_decision(by=by, offer_id=offer.pk, verdict=verdict, reasons=reasons)


def decided(at: Desk, offer: Offer, agrees: bool = True) -> Offer:
    by = at.second.actor
    with acting_as(by):
        return decide_offer(by=by, offer_id=offer.pk, agrees=agrees)


def last_mail() -> str:
    return str(mail.outbox[-1].body)
