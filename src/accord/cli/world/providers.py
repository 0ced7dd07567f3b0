"""Providers of the demo: who they are, their certificates and visits, what an office expects, offers of service."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.db import connection

from accord.cli.world.conventions import write_conventions, write_frameworks, write_neighbours, write_prices
from accord.cli.world.names_of_providers import BODIES, COLLEAGUES, EXPECTED, at_in, day_in
from accord.cli.world.network import Network
from accord.cli.world.papers import write_paper
from accord.foundation.accounts.models import User
from accord.kernel.clock import now, today
from accord.network.agreements.enums import AgreementState
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution, Membership
from accord.purchasing.providers.enums import OfferState, Piece, ProviderKind, ProviderState, Verdict, Weight
from accord.purchasing.providers.models import (
    Certificate,
    Finding,
    Guidance,
    Offer,
    OfferExchange,
    OfferPiece,
    Provider,
    Visit,
)
from accord.purchasing.providers.rules.identifiers import normalise_iban

PIECES = (Piece.CONCEPT, Piece.STAFF, Piece.LEGAL, Piece.INSURANCE)


def furnish(random: Random, network: Network) -> None:
    """Write the providers of the demo and all that stands around them."""
    houses = _houses()
    people = _people(network.houses | houses)
    providers = _providers(random, network.houses, houses)
    agreements = write_conventions(random, network.houses, houses, people)
    write_prices(network.houses, houses, agreements, people)
    _quality(random, providers, people)
    _guidance(network.houses, people)
    _offers(network.houses, people)
    write_neighbours(network.houses, houses, agreements, people)
    write_frameworks(network, people)
    with connection.cursor() as cursor:
        cursor.execute("select setval('agreements_number', 100), setval('offers_number', 100)")


def _houses() -> dict[str, Institution]:
    made = Institution.objects.bulk_create(
        Institution(
            slug=body.slug,
            name=body.name,
            short_name=body.name,
            kind=Kind.PROVIDER,
            language="de" if body.languages.startswith("allemand") else "fr",
            phone=f"02{2 if body.office == 'oai-ge' else 7} 000 {serial:02d} 80",
        )
        for serial, body in enumerate(BODIES, 1)
    )
    return {house.slug: house for house in made}


def _people(houses: dict[str, Institution]) -> dict[str, User]:
    """Who manages contracts, and who works for providers."""
    found: dict[str, User] = {}
    for serial, (slug, role, first, last, language, persona) in enumerate(COLLEAGUES, 1):
        user = User.objects.create_user(
            f"achats{serial:02d}@accord.example",
            first_name=first,
            last_name=last,
            language=language,
            persona=persona,
        )
        Membership.objects.create(user=user, institution=houses[slug], role=role)
        found.setdefault(slug, user)
        found[f"{slug} {first}"] = user
    found["oai-vs"] = User.objects.filter(
        pk__in=Membership.objects.filter(institution=houses["oai-vs"], role=Role.MANAGER).values("user")
    )[0]
    return found


def _providers(
    random: Random, offices: dict[str, Institution], houses: dict[str, Institution]
) -> list[Provider]:
    rows = [
        Provider(
            institution=houses[body.slug],
            office=offices[body.office],
            provider_kind=body.kind,
            gln=_checked(f"76010000{serial:04d}"),
            nif=f"{41000 + serial}" if body.state != AgreementState.DRAFT else "",
            iban=_iban(serial),
            offers=body.offers,
            languages=body.languages,
            places=body.places,
            created_at=now() - timedelta(days=random.randint(400, 1500)),
        )
        for serial, body in enumerate(BODIES, 1)
    ]
    rows[6].state, rows[6].state_reason = ProviderState.SUSPENDED, "Convention échue et label non renouvelé."
    return Provider.objects.bulk_create(rows)


def _checked(twelve: str) -> str:
    """With the thirteenth digit of an EAN."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"


def _iban(serial: int) -> str:
    account = f"00700{serial:012d}"
    check = 98 - int(f"{account}121700") % 97
    return normalise_iban(f"CH{check:02d}{account}")


def _quality(random: Random, providers: list[Provider], people: dict[str, User]) -> None:
    certificates, visits, findings = [], [], []
    for serial, provider in enumerate(providers):
        author = people["oai-ge" if provider.office.slug == "oai-ge" else "oai-vs"]
        ends = (320, 80, 26, 500, 410, 700, -40, 200, 61, 290, 365, 150)[serial]
        certificates.append(
            Certificate(
                provider=provider, label_id=("eduqua", "in-qualis", "aomas")[serial % 3],
                number=f"Q-{2300 + serial}", valid_from=day_in(ends - 1095), valid_until=day_in(ends),
                recorded_by=author,
            )
        )  # fmt: skip
        if serial % 2 == 0:
            went = random.randint(20, 200)
            visit = Visit(
                provider=provider, office=provider.office, on=day_in(-went), author=author,
                summary="Visite des locaux, entretien avec la direction et deux personnes en mesure.",
            )  # fmt: skip
            visits.append(visit)
            findings += _findings(visit, serial, went, author)
    Certificate.objects.bulk_create(certificates)
    Visit.objects.bulk_create(visits)
    Finding.objects.bulk_create(findings)


def _findings(visit: Visit, serial: int, went: int, author: User) -> list[Finding]:
    due = day_in(60 - went)
    demand = Finding(
        visit=visit, weight=Weight.DEMAND, due_on=due,
        text="Les rapports intermédiaires arrivent avec plus de deux semaines de retard.",
    )  # fmt: skip
    if serial % 4 == 0:
        demand.done_on, demand.done_by = min(due, today()), author
        demand.done_note = "Un rappel interne est en place ; les trois derniers rapports étaient à temps."
    return [
        Finding(visit=visit, weight=Weight.GOOD, text="Bon encadrement, locaux adaptés."),
        Finding(visit=visit, weight=Weight.REMARK, text="Le programme de la semaine pourrait être affiché."),
        demand,
    ]


def _guidance(offices: dict[str, Institution], people: dict[str, User]) -> None:
    Guidance.objects.bulk_create(
        Guidance(
            office=offices[slug],
            topic=topic,
            number=1,
            text=text,
            author=people[slug],
            published_at=at_in(-200),
        )
        for slug in ("oai-ge", "oai-vs")
        for topic, text in EXPECTED.items()
    )


def _offers(offices: dict[str, Institution], people: dict[str, User]) -> None:
    """Offers of service in every state."""
    told = (
        ("Atelier numérique des Grottes", ProviderKind.TRAINING_CENTRE, OfferState.SUBMITTED, 3),
        ("Jardins solidaires de Lancy", ProviderKind.ASSOCIATION, OfferState.QUESTIONED, 12),
        ("M. Keller, coaching en entreprise", ProviderKind.COACH, OfferState.PROPOSED, 20),
        ("Institut Horizon", ProviderKind.INSTITUTION, OfferState.REFUSED, 90),
        ("Rive gauche Coaching", ProviderKind.COACH, OfferState.ACCEPTED, 420),
        ("École hôtelière du Mont", ProviderKind.SCHOOL, OfferState.DRAFT, 1),
    )
    paper = write_paper(offices["oai-ge"], "Document joint à une offre")
    for serial, (name, kind, state, days) in enumerate(told, 1):
        offer = Offer(
            office=offices["oai-ge"], email=f"offre{serial}@prestataire.example", name=name, provider_kind=kind,
            contact="La direction", address="Rue du Stand 12, 1204 Genève", languages="français", places="Genève",
            offers="Groupes de six personnes au plus, trois mois, avec un stage en entreprise.", state=state,
            quality="Deux formatrices diplômées ; démarche eduQua engagée.", prices="180 francs par jour.",
            confirmed_at=at_in(-days - 2), created_at=at_in(-days - 2), updated_at=at_in(-days),
        )  # fmt: skip
        if state != OfferState.DRAFT:
            offer.number, offer.submitted_at = f"OS-{today().year}-{serial:04d}", at_in(-days)
        if state in (OfferState.PROPOSED, OfferState.ACCEPTED, OfferState.REFUSED):
            refused = state == OfferState.REFUSED
            offer.verdict = Verdict.REFUSE if refused else Verdict.ACCEPT
            offer.reasons = (
                "L’offre correspond à celle de trois prestataires déjà conventionnés." if refused else ""
            )
            offer.proposed_by, offer.proposed_at = people["oai-ge"], at_in(-days + 4)
            if state != OfferState.PROPOSED:
                offer.decided_by, offer.decided_at = people["oai-ge Olivier"], at_in(-days + 6)
        if state == OfferState.ACCEPTED:
            offer.provider = Provider.objects.get(institution__slug="rive-gauche-coaching")
        offer.save()
        if state != OfferState.DRAFT:
            OfferPiece.objects.bulk_create(
                OfferPiece(offer=offer, piece=piece, document=paper) for piece in PIECES
            )
        if state == OfferState.QUESTIONED:
            OfferExchange.objects.create(
                offer=offer, asked_by=people["oai-ge"], asked_at=at_in(-5),
                question="Combien de personnes encadrent chaque groupe, et avec quelle formation ?",
            )  # fmt: skip
