"""Which providers there are, what they hold, what is awaited of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.network.agreements.rules import add_months
from accord.purchasing.providers.models import Certificate, Finding, Provider, Visit
from accord.purchasing.providers.policies import visible_to


@dataclass(frozen=True, slots=True)
class ProviderShelf:
    """Which providers a list shows; an empty value leaves a filter out."""

    state: str = ""
    kind: str = ""
    text: str = ""


def providers_page(actor: Actor, shelf: ProviderShelf) -> QuerySet[Provider]:
    """Providers by name: admitted or suspended, of a kind, by a word of what they offer."""
    query = Provider.objects.filter(visible_to(actor)).select_related("institution", "office")
    if shelf.state:
        query = query.filter(state=shelf.state)
    if shelf.kind:
        query = query.filter(provider_kind=shelf.kind)
    if text := shelf.text.strip():
        name = Q(institution__name__icontains=text)
        query = query.filter(name | Q(offers__icontains=text) | Q(places__icontains=text))
    held = Certificate.objects.filter(valid_until__gte=today()).select_related("label")
    return query.prefetch_related(Prefetch("certificates", held, to_attr="held")).order_by(
        "institution__name"
    )


def provider_for(actor: Actor, provider_id: UUID) -> Provider:
    """One provider with its certificates; Provider.DoesNotExist for what the actor may not know of."""
    certificates = Certificate.objects.select_related("label", "document")
    return (
        Provider.objects.filter(visible_to(actor))
        .select_related("institution", "office")
        .prefetch_related(Prefetch("certificates", certificates))
        .get(pk=provider_id)
    )


def provider_of(institution_id: UUID) -> Provider | None:
    """The provider that an institution is; None for another institution."""
    return Provider.objects.filter(institution=institution_id).select_related("institution", "office").first()


def visits_of(provider: Provider) -> list[Visit]:
    """The visits to a provider with what they found, the latest first."""
    return list(
        Visit.objects.filter(provider=provider)
        .select_related("author", "office")
        .prefetch_related(Prefetch("findings", Finding.objects.order_by("due_on", "pk")))
        .order_by("-on")
    )


def certificates_ending(actor: Actor) -> list[Certificate]:
    """Certificates of one's providers that end within three months or have ended, and that none follows."""
    later = Certificate.objects.filter(provider__office=actor.institution_key)
    ending = later.filter(valid_until__lte=add_months(today(), 3)).select_related(
        "provider__institution", "label"
    )
    newest: dict[tuple[UUID, str], Certificate] = {}
    for found in later.order_by("valid_until"):
        newest[found.provider_id, found.label_id] = found
    return [
        found
        for found in ending.order_by("valid_until")
        if newest[found.provider_id, found.label_id].pk == found.pk
    ]


def findings_open(actor: Actor) -> list[Finding]:
    """Points to correct that are not settled yet, the most urgent first."""
    mine = Q(visit__office=actor.institution_key) | Q(visit__provider__institution=actor.institution_key)
    return list(
        Finding.objects.filter(mine, weight="demand", done_on__isnull=True)
        .select_related("visit__provider__institution")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )
