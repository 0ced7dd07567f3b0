"""Write an offer of service, join its documents, send it, answer questions."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.core.files.base import File
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.foundation.documents.services import store_document
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused, Stale
from accord.purchasing.providers.enums import OfferState, Piece
from accord.purchasing.providers.models import Offer, OfferPiece
from accord.purchasing.providers.selectors import what_is_missing
from accord.purchasing.providers.services.telling import note, tell_in_charge
from accord.purchasing.providers.states import OFFER

WRITTEN = (
    "name", "provider_kind", "contact", "phone", "address", "languages", "places", "offers", "quality",
    "prices", "gln", "nif", "iban",
)  # fmt: skip
MOST_PIECES = 20


def lock_offer(by: Actor, offer_id: UUID) -> Offer:
    """The offer, locked; Offer.DoesNotExist for another office's."""
    return Offer.objects.select_for_update(of=("self",)).get(pk=offer_id, office_id=by.institution_key)


def _draft(by: Actor, offer_id: UUID) -> Offer:
    offer = lock_offer(by, offer_id)
    if offer.state != OfferState.DRAFT:
        raise Refused(_("Cette offre est déjà envoyée ; elle ne change plus."))
    return offer


@transaction.atomic
def save_offer(*, by: Actor, offer_id: UUID, version: int, values: Mapping[str, str]) -> Offer:
    """Keep the draft as it is; `Stale` when it was saved in another window in between."""
    offer = _draft(by, offer_id)
    if offer.version != version:
        raise Stale(offer)
    for name in WRITTEN:
        if name in values:
            setattr(offer, name, values[name])
    offer.version += 1
    offer.updated_at = now()
    offer.save()
    return offer


@transaction.atomic
def join_piece(*, by: Actor, offer_id: UUID, piece: str, file: File[bytes]) -> OfferPiece:
    """Join a document, after it was checked: kind, size, virus."""
    offer = _draft(by, offer_id)
    if piece not in Piece.values:
        raise Refused(_("Ce genre de document n’existe pas."), field="piece")
    if offer.pieces.count() >= MOST_PIECES:
        raise Refused(_("Au plus %(most)d documents par offre.") % {"most": MOST_PIECES}, field="file")
    return OfferPiece.objects.create(offer=offer, piece=piece, document=store_document(by=by, file=file))


@transaction.atomic
def remove_piece(*, by: Actor, offer_id: UUID, piece_id: UUID) -> None:
    """Take a document out of a draft; twice does nothing."""
    _draft(by, offer_id).pieces.filter(pk=piece_id).delete()


@transaction.atomic
def submit_offer(*, by: Actor, offer_id: UUID) -> Offer:
    """Send the offer, once it is complete; its number is the receipt. Twice gives the same receipt."""
    offer = lock_offer(by, offer_id)
    if offer.state != OfferState.DRAFT:
        return offer
    if missing := what_is_missing(offer):
        raise Refused(_("Il manque encore : %(what)s.") % {"what": ", ".join(missing)})
    OFFER.check(offer.state, OfferState.SUBMITTED)
    with connection.cursor() as cursor:
        cursor.execute("select nextval('offers_number')")
        (serial,) = cursor.fetchone()
    offer.number = f"OS-{today().year}-{serial:04d}"
    offer.state, offer.submitted_at, offer.updated_at = OfferState.SUBMITTED, now(), now()
    offer.version += 1
    offer.save()
    note(by, "submitted", "offer", offer.pk, offer.number)
    _tell_office(offer, "offer.submitted")
    return offer


@transaction.atomic
def answer_question(*, by: Actor, offer_id: UUID, text: str) -> Offer:
    """Answer what contract management asked; the offer goes back to it."""
    offer = lock_offer(by, offer_id)
    question = offer.exchanges.filter(answered_at__isnull=True).last()
    if offer.state != OfferState.QUESTIONED or question is None:
        raise Refused(_("Aucune question n’attend de réponse."))
    if not text.strip():
        raise Refused(_("Écrivez votre réponse."), field="answer")
    question.answer, question.answered_at = text.strip(), now()
    question.save(update_fields=["answer", "answered_at"])
    OFFER.check(offer.state, OfferState.SUBMITTED)
    offer.state, offer.updated_at = OfferState.SUBMITTED, now()
    offer.save(update_fields=["state", "updated_at"])
    note(by, "answered", "offer", offer.pk, offer.number)
    _tell_office(offer, "offer.answered")
    return offer


def _tell_office(offer: Offer, kind: str) -> None:
    tell_in_charge(kind, offer.office_id, reverse("providers:review", args=[offer.pk]), number=offer.number)
