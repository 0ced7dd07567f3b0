"""Examine an offer: ask back, propose a decision, and let a second person take it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from accord.purchasing.providers.enums import OfferState, Verdict
from accord.purchasing.providers.models import Offer, OfferExchange, Provider
from accord.purchasing.providers.policies import can_decide, can_review
from accord.purchasing.providers.services.links import mail_link
from accord.purchasing.providers.services.offering import lock_offer
from accord.purchasing.providers.services.telling import note, tell_in_charge
from accord.purchasing.providers.states import OFFER


def _move(offer: Offer, state: OfferState, **changes: object) -> None:
    OFFER.check(offer.state, state)
    for name, value in {"state": state, "updated_at": now(), **changes}.items():
        setattr(offer, name, value)
    offer.version += 1
    offer.save()


@transaction.atomic
def ask_question(*, by: Actor, offer_id: UUID, question: str) -> OfferExchange:
    """Ask back; whoever offers answers under a new link."""
    offer = lock_offer(by, offer_id)
    can_review(by, offer).require()
    if offer.state == OfferState.QUESTIONED:
        raise Refused(_("Une question attend déjà sa réponse."))
    if not question.strip():
        raise Refused(_("Écrivez la question."), field="question")
    exchange = OfferExchange.objects.create(
        offer=offer, question=question.strip(), asked_by_id=by.user_id, asked_at=now()
    )
    _move(offer, OfferState.QUESTIONED)
    note(by, "questioned", "offer", offer.pk, offer.number)
    mail_link(offer)
    return exchange


@transaction.atomic
def propose_decision(*, by: Actor, offer_id: UUID, verdict: str, reasons: str) -> Offer:
    """Propose to accept or to refuse; a refusal says why, in words that whoever offers will read."""
    offer = lock_offer(by, offer_id)
    can_review(by, offer).require()
    if verdict not in Verdict.values:
        raise Refused(_("Choisissez une décision."), field="verdict")
    if verdict == Verdict.REFUSE and not reasons.strip():
        raise Refused(_("Dites pourquoi : ces raisons sont communiquées."), field="reasons")
    _move(
        offer,
        OfferState.PROPOSED,
        verdict=verdict,
        reasons=reasons.strip(),
        proposed_by_id=by.user_id,
        proposed_at=now(),
    )
    note(by, "proposed", "offer", offer.pk, offer.number, verdict=verdict)
    tell_in_charge("offer.proposed", offer.office_id, _page(offer), number=offer.number)
    return offer


@transaction.atomic
def decide_offer(*, by: Actor, offer_id: UUID, agrees: bool) -> Offer:
    """A second person takes the proposed decision, or gives it back to be examined anew.

    To accept admits the provider; whoever offers is told by a link, with the reasons of a refusal.
    """
    offer = lock_offer(by, offer_id)
    can_decide(by, offer).require()
    if not agrees:
        _move(offer, OfferState.SUBMITTED, verdict="", proposed_by_id=None, proposed_at=None)
        note(by, "decided", "offer", offer.pk, offer.number, agrees=False)
        return offer
    decision = {"decided_by_id": by.user_id, "decided_at": now()}
    if offer.verdict == Verdict.ACCEPT:
        _move(offer, OfferState.ACCEPTED, provider=_admit(by, offer), **decision)
    else:
        _move(offer, OfferState.REFUSED, **decision)
    note(by, "decided", "offer", offer.pk, offer.number, verdict=offer.verdict)
    mail_link(offer)
    return offer


def _admit(by: Actor, offer: Offer) -> Provider:
    """The provider becomes an institution of the network; its first member is invited next."""
    for field, words in (
        ("gln", _("Un prestataire a déjà ce GLN : rendez l’offre et tirez ce point au clair.")),
        ("nif", _("Un prestataire a déjà ce NIF : rendez l’offre et tirez ce point au clair.")),
    ):
        if (value := getattr(offer, field)) and Provider.objects.filter(**{field: value}).exists():
            raise Refused(words)
    institution = Institution.objects.create(
        slug=_free_slug(offer.name),
        name=offer.name,
        short_name=offer.name[:40],
        kind=Kind.PROVIDER,
        language=offer.language,
        phone=offer.phone,
    )
    provider = Provider.objects.create(
        institution=institution,
        office_id=offer.office_id,
        provider_kind=offer.provider_kind,
        gln=offer.gln,
        nif=offer.nif,
        iban=offer.iban,
        offers=offer.offers,
        languages=offer.languages,
        places=offer.places,
    )
    note(by, "created", "provider", provider.pk, institution.name)
    return provider


def _free_slug(name: str) -> str:
    base = slugify(name)[:50] or "prestataire"
    taken = set(Institution.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )


def _page(offer: Offer) -> str:
    return reverse("providers:review", args=[offer.pk])
