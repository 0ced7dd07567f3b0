"""Providers for the tests of the whole house."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db.models import Q

from accord.kernel.clock import now, today
from accord.network.agreements.models import Agreement
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution
from accord.purchasing.providers.enums import OfferState, ProviderKind
from accord.purchasing.providers.models import (
    Certificate,
    Finding,
    MagicLink,
    Offer,
    OfferExchange,
    Provider,
    TariffPosition,
    TariffProposal,
    Visit,
)
from accord.purchasing.providers.policies import (
    deals_with_providers,
    manages_contracts,
    of_visible_provider,
    offers_visible_to,
    prices_visible_to,
    visible_to,
)
from scenarios import colleague, institution

WALLS = {
    Provider: visible_to,
    Offer: offers_visible_to,
    OfferExchange: lambda actor: Q(offer__in=Offer.objects.filter(offers_visible_to(actor))),
    MagicLink: lambda actor: Q(offer__in=Offer.objects.filter(offers_visible_to(actor))),
    Certificate: of_visible_provider,
    Visit: of_visible_provider,
    Finding: lambda actor: Q(visit__in=Visit.objects.filter(of_visible_provider(actor))),
    TariffPosition: prices_visible_to,
    TariffProposal: prices_visible_to,
}


def furnish_world(world: Any, case: Any) -> dict[str, object]:
    """A provider followed by some institution, an offer to another, and prices."""
    provider = provider_of(world.anyone(), institution(Kind.PROVIDER))
    _quality(provider)
    offer = Offer.objects.create(
        office=world.anyone(),
        email=f"{uuid4().hex}@example.org",
        state=OfferState.SUBMITTED,
        number=uuid4().hex,
    )
    OfferExchange.objects.create(offer=offer, question="x")
    MagicLink.objects.create(offer=offer, expires_at=now() + timedelta(hours=1))
    for agreement in Agreement.objects.filter(number__startswith=f"CV-{case.number}"):
        _prices(agreement, agreement.owner)
    return {}


def provider_of(office: Institution, house: Institution, **fields: Any) -> Provider:
    """An admitted provider."""
    fields.setdefault("provider_kind", ProviderKind.COACH)
    return Provider.objects.create(institution=house, office=office, **fields)


def _quality(provider: Provider) -> Finding:
    Certificate.objects.create(provider=provider, label_id="eduqua", valid_from=today(), valid_until=today())
    visit = Visit.objects.create(provider=provider, office=provider.office, on=today(), summary="x")
    return Finding.objects.create(visit=visit, weight="demand", text="x", due_on=today())


def _prices(agreement: Agreement, by: Institution) -> TariffProposal:
    fields: dict[str, Any] = {
        "agreement": agreement, "code": "905.110.5", "unit": "hour", "label": "x",
        "price": Decimal(100), "valid_from": today(),
    }  # fmt: skip
    TariffPosition.objects.create(**fields)
    return TariffProposal.objects.create(**fields, institution=by)


def _manager(scene: Any) -> Any:
    office = Institution.objects.get(slug="desk")
    return colleague(office, Role.MANAGER).browser()


OPEN_TO_MEMBERS: set[Any] = set()
CLIENTS = {deals_with_providers: _manager, manages_contracts: _manager}


def furnish_scene(scene: Any) -> dict[str, object]:
    """A provider of the office, an offer to it, and a price proposed by the other party."""
    office = Institution.objects.get(slug="desk")
    provider = provider_of(office, institution(Kind.PROVIDER))
    finding = _quality(provider)
    offer = Offer.objects.create(
        office=office, email="offre@example.org", state=OfferState.SUBMITTED, number="OS-1", name="Offre"
    )
    agreement = Agreement.objects.get(number="CV-scene")
    return {
        "provider_id": provider.pk,
        "offer_id": offer.pk,
        "finding_id": finding.pk,
        "certificate_id": provider.certificates.get().pk,
        "piece_id": uuid4(),
        "proposal_id": _prices(agreement, scene.stranger.institution).pk,
        "topic": "quality",
        "token": "none",
        "office": office.slug,
    }


STATE_REFUSES = {
    **{f"providers:{name}": 404 for name in ("certificate_file", "offer_piece")},
    **{f"providers:{name}": 403 for name in ("price", "counter")},
}
"""Nothing has a file in the scene, and a caseworker does not negotiate prices."""
NOT_A_PAGE = {
    "providers:offer_piece", "providers:certificate_file",
    "providers:my_offer", "providers:opening",
}  # fmt: skip
"""Files; and what only the link of an offer opens (`test_becoming`)."""
CONTRACTS, PROVIDER, NOBODY = "achats01@accord.example", "achats03@accord.example", ""
BY = {
    **{
        f"providers:{name}": CONTRACTS
        for name in (
            "list", "offers", "review", "question", "proposition", "guidance", "publish", "tariffs",
            "price", "counter", "settle", "show", "edit", "admission", "invite", "certificate", "visit",
        )
    },
    "providers:home": PROVIDER,
    **{f"providers:{name}": NOBODY for name in ("becoming", "expectations", "start")},
}  # fmt: skip
PICTURES = {
    "contract-management": ("/prestataires/", CONTRACTS),
    "provider": ("/prestataires/{provider_id}/", CONTRACTS),
    "offer-of-service": ("/prestataires/offres/{offer_id}/", CONTRACTS),
    "becoming-a-provider": "/prestataires/devenir/oai-ge/",
}
OF_OFFICE = (
    "select p.id from providers_provider p join institutions_institution i on i.id = p.institution_id"
    " where i.slug = 'atelier-du-port'"
)
TO_CORRECT = (
    "select f.id from providers_finding f join providers_visit v on v.id = f.visit_id"
    " where v.office_id = %s and f.weight = 'demand' and f.done_on is null order by f.due_on limit 1"
)
ASKED = (
    "select p.id, p.agreement_id from providers_tariffproposal p"
    " join agreements_agreement a on a.id = p.agreement_id"
    " where a.owner_id = %s and p.institution_id <> a.owner_id and p.state = 'open' limit 1"
)


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """Something of contract management in Geneva to open."""
    office = site.value("select id from institutions_institution where slug = 'oai-ge'")
    offer = "select id from providers_offer where office_id = %s and state = 'submitted'"
    proposal, negotiated = site.rows(ASKED, office)[0]
    return {
        "provider_id": site.value(OF_OFFICE),
        "offer_id": site.value(offer, office),
        "finding_id": site.value(TO_CORRECT, office),
        "proposal_id": proposal,
        **{f"providers:{name}:agreement_id": negotiated for name in ("tariffs", "price")},
        "topic": "quality",
        "token": "none",
        "office": "oai-ge",
    }
