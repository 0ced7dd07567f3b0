"""Filters of the lists of providers and offers: visible words, kept in the address."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _

from accord.network.agreements.filters import Filter
from accord.purchasing.providers.enums import AWAITING, OfferState, ProviderKind, ProviderState
from accord.purchasing.providers.selectors import ProviderShelf

OFFER_STATES: dict[str, tuple[str, ...]] = {
    "": AWAITING,
    "decidees": (OfferState.ACCEPTED, OfferState.REFUSED),
    "toutes": (),
}


def shelf_from(query: QueryDict) -> ProviderShelf:
    """Which providers the address asks for; what it does not understand is left out."""
    state, kind = query.get("etat", ""), query.get("genre", "")
    return ProviderShelf(
        state=state if state in ProviderState.values else "",
        kind=kind if kind in ProviderKind.values else "",
        text=query.get("q", "")[:100],
    )


def provider_filters() -> list[Filter]:
    """The filters that the list of providers offers."""
    return [
        Filter(_("État"), "etat", [("", _("tous")), *_words(ProviderState.choices)]),
        Filter(_("Genre"), "genre", [("", _("tous")), *_words(ProviderKind.choices)]),
    ]


def offer_states(query: QueryDict) -> tuple[str, ...]:
    """Which offers the address asks for."""
    return OFFER_STATES.get(query.get("etat", ""), OFFER_STATES[""])


def offer_filters() -> list[Filter]:
    """The filters that the list of offers offers."""
    return [
        Filter(
            _("État"), "etat", [("", _("à traiter")), ("decidees", _("décidées")), ("toutes", _("toutes"))]
        )
    ]


def _words(choices: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(value, str(word)) for value, word in choices]
