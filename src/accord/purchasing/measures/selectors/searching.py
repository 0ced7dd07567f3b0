"""Search for the counsellor: what, where, in which language, from when, and what past mandates tell.

Nothing here can be reserved: a place, an occupancy or a project has no word in the model (seed 002).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from accord.kernel.actors import Actor
from accord.kernel.small_numbers import protected
from accord.network.agreements.enums import AgreementKind
from accord.network.agreements.models import Agreement
from accord.purchasing.measures.enums import MeasureState, Outcome
from accord.purchasing.measures.models import Mandate
from accord.purchasing.measures.rules import read_catalogue
from accord.purchasing.providers.enums import ProviderState
from accord.purchasing.providers.models import Provider, TariffPosition


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for; an empty field asks nothing."""

    start: date
    what: str = ""
    where: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Experience:
    """Results of ended mandates; None where the number is too small to be shown."""

    ended: int | None
    met: int | None
    interrupted: int | None
    is_none: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A provider with a convention in force, what it offers on that day, and the experience with it."""

    provider: Provider
    agreement: Agreement
    positions: tuple[TariffPosition, ...]
    experience: Experience


def search(actor: Actor, wish: Wish) -> list[Found]:
    """Admitted providers with whom the office has a convention on the first day; as many queries for any number."""
    agreements = _agreements(actor, wish.start)
    providers = Provider.objects.filter(
        institution__in=agreements, state=ProviderState.ACTIVE
    ).select_related("institution")
    if wish.where:
        providers = providers.filter(places__icontains=wish.where)
    if wish.language:
        providers = providers.filter(languages__icontains=wish.language)
    rows = list(providers.order_by("institution__name"))
    prices = positions_by_agreement([found.pk for found in agreements.values()], wish.start)
    results = experiences([row.pk for row in rows])
    found = [
        Found(row, agreement, tuple(prices.get(agreement.pk, ())), results.get(row.pk, NOTHING))
        for row in rows
        if (agreement := agreements[row.institution_id])
    ]
    return [one for one in found if _offers(one, wish.what)]


def _agreements(actor: Actor, on: date) -> dict[UUID, Agreement]:
    """By institution, the convention of services that binds it and the actor's office on a day."""
    rows = Agreement.objects.filter(
        Agreement.binds_on(on), kind=AgreementKind.PROVIDER, parties__institution=actor.institution_key
    )
    found: dict[UUID, Agreement] = {}
    for agreement in rows.prefetch_related("parties").order_by("starts_on", "number"):
        for party in agreement.parties.all():
            if party.institution_id != actor.institution_id:
                found[party.institution_id] = agreement
    return found


def _offers(found: Found, what: str) -> bool:
    words = [found.provider.offers, found.provider.institution.name, *(row.label for row in found.positions)]
    return what.casefold() in " ".join(words).casefold()


def positions_by_agreement(agreements: list[UUID], on: date) -> dict[UUID, list[TariffPosition]]:
    """The prices that hold on a day, by convention."""
    found: dict[UUID, list[TariffPosition]] = {}
    rows = TariffPosition.objects.filter(TariffPosition.on(on), agreement__in=agreements)
    for row in rows.order_by("code"):
        found.setdefault(row.agreement_id, []).append(row)
    return found


NOTHING = Experience(None, None, None, is_none=True)


def experiences(providers: list[UUID]) -> dict[UUID, Experience]:
    """Ended mandates of each provider with the actor's office: how many, goals met, stopped early.

    Parts and their total are protected together, so that no small number can be computed.
    """
    over = Q(measure__state__in=[MeasureState.ENDED, MeasureState.STOPPED])
    rows = (
        Mandate.objects.filter(over, provider__in=providers)
        .values("provider")
        .annotate(
            ended=Count("id"),
            met=Count("id", filter=Q(measure__goals=Outcome.MET)),
            stopped=Count("id", filter=Q(measure__state=MeasureState.STOPPED)),
        )
    )
    return {row["provider"]: _shown(row["ended"], row["met"], row["stopped"]) for row in rows}


def _shown(ended: int, met: int, stopped: int) -> Experience:
    counts = {
        "ended": ended,
        "met": met,
        "not met": ended - met,
        "stopped": stopped,
        "not stopped": ended - stopped,
    }
    sums = [("ended", ["met", "not met"]), ("ended", ["stopped", "not stopped"])]
    hidden = protected(counts, sums, least=read_catalogue().least)
    return Experience(*(None if cell in hidden else counts[cell] for cell in ("ended", "met", "stopped")))
