"""What an office expects, and what is offered to it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from accord.kernel.actors import Actor
from accord.kernel.pages import Page, page_of
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from accord.purchasing.providers.enums import OfferState, Piece, Topic
from accord.purchasing.providers.models import Guidance, Offer
from accord.purchasing.providers.policies import offers_visible_to
from accord.purchasing.providers.rules.offers import REQUIRED, missing_fields, missing_pieces


def offices() -> list[Institution]:
    """The AI offices to which one may offer a service, by name."""
    return list(Institution.objects.filter(kind=Kind.AI_OFFICE, is_active=True).order_by("name"))


def office_by_slug(slug: str) -> Institution | None:
    """The AI office of this address; None when there is none."""
    return Institution.objects.filter(kind=Kind.AI_OFFICE, is_active=True, slug=slug).first()


def guidance_of(office: Institution) -> list[Guidance]:
    """What an office expects today, topic by topic."""
    newest = Guidance.objects.filter(office=office).order_by("topic", "-number").distinct("topic")
    order = list(Topic.values)
    return sorted(newest, key=lambda found: order.index(found.topic))


def guidance_versions(office_id: UUID, topic: str) -> list[Guidance]:
    """What an office has published on a topic, the newest first."""
    query = Guidance.objects.filter(office=office_id, topic=topic)
    return list(query.select_related("author").order_by("-number"))


def offers_made(actor: Actor, states: tuple[str, ...]) -> QuerySet[Offer]:
    """Offers made to the actor's office; drafts are not its business yet."""
    query = Offer.objects.filter(offers_visible_to(actor), submitted_at__isnull=False)
    query = query.exclude(state=OfferState.DRAFT)
    return query.filter(state__in=states) if states else query


def offers_page(actor: Actor, states: tuple[str, ...], *, after: str = "", before: str = "") -> Page[Offer]:
    """One page of the offers made to the actor's office, the longest waiting first."""
    query = offers_made(actor, states).select_related("proposed_by")
    return page_of(query, instant="submitted_at", oldest_first=True, after=after, before=before)


def offer_for(actor: Actor, offer_id: UUID) -> Offer:
    """One offer with its documents and questions; Offer.DoesNotExist for what the actor may not know of."""
    return (
        Offer.objects.filter(offers_visible_to(actor))
        .exclude(state=OfferState.DRAFT)
        .select_related("office", "proposed_by", "decided_by", "provider__institution")
        .prefetch_related("pieces__document", "exchanges__asked_by")
        .get(pk=offer_id)
    )


def what_is_missing(offer: Offer) -> list[str]:
    """What an offer still lacks, in the words of its form."""
    values = {name: getattr(offer, name) for name in REQUIRED}
    fields = [str(Offer._meta.get_field(name).verbose_name) for name in missing_fields(values)]  # type: ignore[union-attr]
    joined = {piece.piece for piece in offer.pieces.all()}
    return fields + [str(Piece(piece).label) for piece in missing_pieces(offer.provider_kind, joined)]
