"""Conventions of the demo, in every state, with their texts, signatures and prices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from accord.cli.world.names_of_providers import ARTICLES, BETTER, BODIES, at_in, day_in
from accord.cli.world.network import Network
from accord.foundation.accounts.models import User
from accord.kernel.clock import today
from accord.kernel.identifiers import new_id
from accord.network.agreements.enums import BINDING, OVER, AgreementKind, AgreementState, Channel, PartyRole
from accord.network.agreements.models import Agreement, Part, Party, Version
from accord.network.institutions.models import Institution
from accord.purchasing.providers.enums import ProposalState
from accord.purchasing.providers.models import TariffPosition, TariffProposal

TERMS = {
    AgreementState.DRAFT: (30, 760), AgreementState.NEGOTIATION: (40, 770), AgreementState.APPROVED: (25, 755),
    AgreementState.SIGNING: (12, 740), AgreementState.EXPIRED: (-800, -20), AgreementState.TERMINATED: (-500, 230),
}  # fmt: skip
ENDS = {"atelier-du-port": 75, "passerelles-formation": 24, "rive-gauche-coaching": 5}
"""Conventions in force that end soon, in days."""


def write_conventions(
    random: Random,
    offices: dict[str, Institution],
    houses: dict[str, Institution],
    people: dict[str, User],
) -> dict[str, Agreement]:
    """One convention for each provider, with its parties and its text."""
    found = {}
    parties: list[Party] = []
    for serial, body in enumerate(BODIES, 1):
        begins, ends = TERMS.get(
            AgreementState(body.state), (-random.randint(200, 600), random.randint(200, 500))
        )
        agreement = Agreement.objects.create(
            number=f"CV-{today().year}-{serial:04d}",
            kind=AgreementKind.PROVIDER,
            title=f"Mesures de réadaptation, {body.name}",
            owner=offices[body.office],
            state=body.state,
            starts_on=day_in(begins),
            ends_on=day_in(ENDS.get(body.slug, ends)),
            drafted_by=people[body.office],
            created_at=at_in(begins - 60),
        )
        if body.state == AgreementState.TERMINATED:
            agreement.notice_on, agreement.last_day = day_in(-130), day_in(-12)
            agreement.ended_because = "Cessation de l’activité indépendante."
            agreement.save()
        found[body.slug] = agreement
        _write_text(agreement, people[body.office], houses[body.slug], body.state)
        parties += _parties(agreement, offices[body.office], houses[body.slug], people[body.office], begins)
    Party.objects.bulk_create(parties)
    return found


def _write_text(agreement: Agreement, author: User, provider: Institution, state: str) -> None:
    """One version, and in some a second one; written while the convention is a draft, as the database asks."""
    Agreement.objects.filter(pk=agreement.pk).update(state=AgreementState.DRAFT)
    _version(agreement, 1, author, agreement.owner, ARTICLES, "Modèle de l’office")
    if state not in (AgreementState.DRAFT, AgreementState.APPROVED):
        better = [(kind, title, BETTER if title == "Rapports" else text) for kind, title, text in ARTICLES]
        _version(agreement, 2, None, provider, better, "Nous souhaitons vingt jours pour le rapport final.")
    Agreement.objects.filter(pk=agreement.pk).update(state=state)


def _version(
    agreement: Agreement,
    number: int,
    author: User | None,
    institution: Institution,
    articles: Sequence[tuple[str, str, str]],
    comment: str,
) -> None:
    version = Version.objects.create(
        agreement=agreement,
        number=number,
        author=author,
        institution=institution,
        comment=comment,
        created_at=agreement.created_at + timedelta(days=9 * number),
    )
    Part.objects.bulk_create(
        Part(text_of=version, position=position, kind=kind, title=title, text=text)
        for position, (kind, title, text) in enumerate(articles, 1)
    )


def _parties(
    agreement: Agreement, office: Institution, provider: Institution, signs: User, begins: int
) -> Iterable[Party]:
    signed = agreement.state in (*BINDING, *OVER)
    mark: dict[str, Any] = {
        "signed_at": at_in(begins - 10),
        "signed_on": day_in(begins - 10),
        "signed_by": signs,
        "channel": Channel.ELECTRONIC,
    }
    ours = mark | {"signatory": f"{signs.name}, management des contrats"}
    theirs = mark | {"signatory": "Direction"}
    has_ours = signed or agreement.state == AgreementState.SIGNING
    yield Party(agreement=agreement, institution=office, role=PartyRole.BUYER, **(ours if has_ours else {}))
    yield Party(
        agreement=agreement, institution=provider, role=PartyRole.PROVIDER, **(theirs if signed else {})
    )


def _label(offers: str) -> str:
    """What a position is called: the first words of what is offered."""
    return re.split(r"\s?:", offers)[0].rstrip(".")[:80]


def write_prices(
    offices: dict[str, Institution],
    houses: dict[str, Institution],
    agreements: dict[str, Agreement],
    people: dict[str, User],
) -> None:
    """What is agreed, from the first day; a dearer one follows; and what is still haggled over."""
    positions, proposals = [], []
    for body in BODIES:
        agreement = agreements[body.slug]
        base: dict[str, Any] = {
            "agreement": agreement, "code": body.code, "unit": body.unit, "label": _label(body.offers),
        }  # fmt: skip
        if agreement.state in (AgreementState.DRAFT, AgreementState.NEGOTIATION):
            asked = TariffProposal(
                **base, price=Decimal(body.price + 15), valid_from=agreement.starts_on, id=new_id(),
                institution=houses[body.slug], comment="Comprend la préparation et le rapport.",
                state=ProposalState.COUNTERED, created_at=at_in(-9), settled_at=at_in(-4),
            )  # fmt: skip
            answer = TariffProposal(
                **base, price=Decimal(body.price), valid_from=agreement.starts_on, id=new_id(),
                institution=offices[body.office], author=people[body.office], answers=asked,
                comment="Prix de mesures semblables.", created_at=at_in(-4),
            )  # fmt: skip
            proposals += [asked, answer]
            continue
        raised = body.slug in ("atelier-du-port", "ateliers-du-rhone")
        turn = day_in(-90)
        positions.append(
            TariffPosition(
                **base, price=Decimal(body.price), valid_from=agreement.starts_on,
                valid_until=turn - timedelta(days=1) if raised else None,
            )
        )  # fmt: skip
        if raised:
            positions.append(TariffPosition(**base, price=Decimal(body.price + 80), valid_from=turn))
    TariffProposal.objects.bulk_create(proposals)
    TariffPosition.objects.bulk_create(positions)


FOLLOWING = (
    ("atelier-du-port", AgreementState.NEGOTIATION, True),
    ("ecole-des-metiers-du-lac", AgreementState.SIGNED, True),
    ("passerelles-formation", AgreementState.APPROVED, True),
    ("atelier-du-port", AgreementState.EXPIRED, False),
    ("rive-gauche-coaching", AgreementState.TERMINATED, False),
    ("pas-a-pas-ge", AgreementState.ABANDONED, False),
)
"""What comes after the convention of a provider of Geneva (True), or was before it."""
THREE_YEARS = 1095


def write_neighbours(
    offices: dict[str, Institution],
    houses: dict[str, Institution],
    agreements: dict[str, Agreement],
    people: dict[str, User],
) -> None:
    """The conventions that follow, and those that went before; over the next one's price one still haggles."""
    parties: list[Party] = []
    for serial, (slug, state, is_next) in enumerate(FOLLOWING, 61):
        known = agreements[slug]
        before = known.starts_on - timedelta(days=THREE_YEARS)
        first = known.ends_on + timedelta(days=1) if is_next and known.ends_on else before
        begins = (first - today()).days
        agreement = Agreement.objects.create(
            number=f"CV-{today().year}-{serial:04d}", kind=known.kind, title=known.title, owner=known.owner,
            state=state, starts_on=day_in(begins), ends_on=day_in(begins + THREE_YEARS - 1),
            renews=known if is_next else None, drafted_by=known.drafted_by, created_at=at_in(min(begins - 60, -6)),
        )  # fmt: skip
        if state == AgreementState.TERMINATED:
            agreement.notice_on, agreement.last_day = day_in(begins + 200), day_in(begins + 400)
            agreement.ended_because = "Nouvelle convention, avec d’autres prix."
            agreement.save()
        _write_text(agreement, people["oai-ge"], houses[slug], state)
        parties += _parties(agreement, offices["oai-ge"], houses[slug], people["oai-ge"], min(begins, 0))
        if state == AgreementState.NEGOTIATION:
            _ask_more(agreement, houses[slug])
    Party.objects.bulk_create(parties)


def _ask_more(agreement: Agreement, provider: Institution) -> None:
    TariffProposal.objects.create(
        agreement=agreement, code="905.500.2", unit="month", label="Entraînement progressif au travail",
        price=Decimal(4390), valid_from=agreement.starts_on, institution=provider,
        comment="Les loyers et les salaires ont augmenté.", created_at=at_in(-3),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Framework:
    """A convention that others adopt word for word, as it is written down here."""

    owner: str
    partner: str
    serial: int
    title: str
    state: str
    since: int
    until: int
    adoptions: tuple[tuple[str, str], ...]


FRAMEWORKS = (
    Framework(
        "oai-vs", "bureau-cii-vs", 51, "Collaboration interinstitutionnelle, convention-cadre", AgreementState.IN_FORCE,
        -300, 430, (("orp-sion", AgreementState.IN_FORCE), ("cms-sion", AgreementState.SIGNING)),
    ),
    Framework(
        "oai-ge", "oce-ge", 71, "Collaboration au bout du lac, convention-cadre", AgreementState.IN_FORCE,
        -260, 470, (("hospice-ge", AgreementState.IN_FORCE),),
    ),
    Framework(
        "oai-ge", "oce-ge", 75, "Collaboration au bout du lac, première convention-cadre", AgreementState.EXPIRED,
        -990, -261, (("hospice-ge", AgreementState.ENDED),),
    ),
)  # fmt: skip


def write_frameworks(network: Network, people: dict[str, User]) -> None:
    """Partnerships for a whole canton, adopted word for word by local bodies."""
    parties: list[Party] = []
    for said in FRAMEWORKS:
        owner, signs = network.houses[said.owner], people[said.owner]
        framework = Agreement.objects.create(
            number=f"CV-{today().year}-{said.serial:04d}", kind=AgreementKind.PARTNERSHIP, title=said.title,
            owner=owner, starts_on=day_in(said.since), ends_on=day_in(said.until), drafted_by=signs,
            created_at=at_in(said.since - 60),
        )  # fmt: skip
        _version(framework, 1, signs, owner, ARTICLES[:1] + ARTICLES[5:], "Texte commun")
        Agreement.objects.filter(pk=framework.pk).update(state=said.state)
        parties += _parties_of(framework, owner, network.houses[said.partner], signs, True)
        for serial, (slug, state) in enumerate(said.adoptions, said.serial + 1):
            adoption = Agreement.objects.create(
                number=f"CV-{today().year}-{serial:04d}", kind=framework.kind, title=framework.title,
                parent=framework, adopted=framework.versions.get(), owner=owner, state=state,
                starts_on=day_in(said.since + 100), ends_on=framework.ends_on, drafted_by=signs,
                created_at=at_in(said.since + 60),
            )  # fmt: skip
            signed = state != AgreementState.SIGNING
            parties += _parties_of(adoption, owner, network.houses[slug], signs, signed)
    Party.objects.bulk_create(parties)


def _parties_of(
    agreement: Agreement, owner: Institution, other: Institution, signs: User, signed: bool
) -> Iterable[Party]:
    mark: dict[str, Any] = {
        "signed_at": at_in(-210), "signed_on": day_in(-210), "signed_by": signs, "channel": Channel.ELECTRONIC,
        "signatory": "Direction",
    }  # fmt: skip
    for institution in (owner, other):
        yield Party(
            agreement=agreement, institution=institution, role=PartyRole.PARTNER, **(mark if signed else {})
        )
