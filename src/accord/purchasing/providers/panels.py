"""Where the page of purchases leads, and the picture of quality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.kernel.actors import Actor
from accord.kernel.http.screens import screen_of
from accord.network.agreements.selectors import to_renew
from accord.network.institutions.enums import Kind
from accord.purchasing.providers.enums import AWAITING
from accord.purchasing.providers.policies import manages_contracts
from accord.purchasing.providers.selectors import (
    Indicator,
    certificates_ending,
    findings_open,
    offers_made,
    provider_of,
)

WIDTH, ROW, LABEL = 640, 34, 300


@dataclass(frozen=True, slots=True)
class Way:
    """A part of purchasing to which the page leads, for some kinds of institutions."""

    name: str
    word: str | Promise
    sentence: str | Promise
    kinds: tuple[str, ...] = (Kind.AI_OFFICE, Kind.PROVIDER)

    @property
    def url(self) -> str:
        """Where it leads."""
        return reverse(self.name)

    def is_open_to(self, actor: Actor) -> bool:
        """Whether the door of the screen lets the actor in; nobody is led to a closed one."""
        door = screen_of(resolve(self.url).func)
        return actor.institution_kind in self.kinds and door is not None and bool(door.policy(actor))


_ways: list[Way] = []


def keep_way(way: Way) -> None:
    """An app of purchasing adds its part to the page; twice does nothing."""
    if way not in _ways:
        _ways.append(way)


def ways_for(actor: Actor) -> list[Way]:
    """The parts that the actor may enter."""
    return [way for way in _ways if way.is_open_to(actor)]


def own_ways() -> None:
    """The parts that this app itself brings."""
    office = (Kind.AI_OFFICE,)
    keep_way(
        Way("providers:list", _("Prestataires"), _("Qui est admis, pour quoi, avec quelle qualité."), office)
    )
    keep_way(Way("agreements:list", _("Conventions"), _("Négocier, signer, renouveler, dénoncer.")))
    keep_way(Way("providers:offers", _("Offres de service"), _("Examiner et décider à deux.")))
    keep_way(
        Way("providers:guidance", _("Nos attentes"), _("Ce que lit quiconque veut devenir prestataire."))
    )


def to_do(actor: Actor) -> list[dict[str, Any]]:
    """What waits for the actor's institution: a number, its words, and where it leads."""
    findings = findings_open(actor)
    found = [_figure(len(findings), _("points à corriger"), _("après une visite"), _first_of(findings))]
    if not manages_contracts(actor):
        return found
    renewing, ending = to_renew(actor), certificates_ending(actor)
    offers = offers_made(actor, AWAITING).count()
    return [
        _figure(
            offers, _("offres à traiter"), _("reçues, en question ou à décider"), reverse("providers:offers")
        ),
        _figure(
            len(renewing),
            _("conventions à renouveler"),
            _("d’ici trois mois"),
            reverse("agreements:renewals"),
        ),
        _figure(
            len(ending),
            _("certificats qui échoient"),
            _("échus ou d’ici trois mois"),
            _page(ending[0].provider_id) if ending else "",
        ),
        *found,
    ]


def _figure(value: int, word: object, detail: object, url: str) -> dict[str, Any]:
    return {"value": value, "word": word, "detail": detail, "url": url if value else ""}


def _first_of(findings: list[Any]) -> str:
    return _page(findings[0].visit.provider_id) if findings else ""


def _page(provider_id: UUID) -> str:
    return reverse("providers:show", args=[provider_id])


def own_page(actor: Actor) -> str:
    """The page of the provider for which the actor works; empty for an office."""
    provider = provider_of(actor.institution_key) if actor.institution_kind == Kind.PROVIDER else None
    return _page(provider.pk) if provider else ""


def quality_picture(indicators: list[Indicator]) -> dict[str, Any]:
    """One bar an indicator, as lengths; what has nothing to count yet has no bar."""
    bars = [
        {
            "label": one.label,
            "percent": one.share.percent,
            "part": one.share.part,
            "whole": one.share.whole,
            "y": index * ROW,
            "text_y": index * ROW + 21,
            "length": round((WIDTH - LABEL - 60) * (one.share.percent or 0) / 100),
            "end": LABEL + round((WIDTH - LABEL - 60) * (one.share.percent or 0) / 100) + 8,
        }
        for index, one in enumerate(indicators)
    ]
    return {"bars": bars, "width": WIDTH, "height": len(bars) * ROW, "label": LABEL}
