"""Filters of the list of conventions: visible words, kept in the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from accord.network.agreements.enums import OVER, PREPARED, AgreementKind, AgreementState
from accord.network.agreements.selectors import Shelf

STATES: dict[str, tuple[str, ...]] = {
    "": (*PREPARED, AgreementState.SIGNED, AgreementState.IN_FORCE),
    "en-preparation": PREPARED,
    "en-vigueur": (AgreementState.SIGNED, AgreementState.IN_FORCE),
    "terminees": (*OVER, AgreementState.ABANDONED),
}
MONTHS = {"1": 1, "3": 3, "12": 12}


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its name, its key in the address, and its values with their words."""

    label: str
    key: str
    choices: list[tuple[str, str]]


def shelf_from(query: QueryDict) -> Shelf:
    """Which conventions the address asks for; what it does not understand is left out."""
    kind = query.get("genre", "")
    return Shelf(
        states=STATES.get(query.get("etat", ""), STATES[""]),
        kind=kind if kind in AgreementKind.values else "",
        ends_within=MONTHS.get(query.get("fin", "")),
    )


def filters_for() -> list[Filter]:
    """The filters that the list offers."""
    states = [
        ("", _("à suivre")),
        ("en-preparation", _("en préparation")),
        ("en-vigueur", _("en vigueur")),
        ("terminees", _("terminées")),
    ]
    ends = [
        ("", _("toutes")),
        ("1", _("d’ici un mois")),
        ("3", _("d’ici trois mois")),
        ("12", _("d’ici un an")),
    ]
    kinds = [("", _("tous")), *((value, str(word)) for value, word in AgreementKind.choices)]
    return [
        Filter(_("État"), "etat", states),
        Filter(_("Genre"), "genre", kinds),
        Filter(_("Prend fin"), "fin", ends),
    ]
