"""What part of the figures: period, institution, region; visible words, kept in the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.durations.selectors import Extent, Scope
from accord.network.programmes.rules import Programme


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its word, its name in the address, what one may choose."""

    label: str
    name: str
    choices: list[tuple[str, str]]


def scope_from(query: QueryDict, extent: Extent) -> Scope:
    """What the address asks for, as far as there are figures; anything else means all."""
    institution = next((h for h in extent.houses if h.slug == query.get("institution", "")), None)
    period, region = query.get("periode", ""), query.get("region", "")
    return Scope(
        period if period in extent.years else "",
        institution,
        region if institution is None and region in extent.regions else "",
    )


def filters_for(programme: Programme, extent: Extent, scope: Scope) -> list[Filter]:
    """The filters that say something here."""
    language = get_language() or "fr"
    everything = ("", _("tout"))
    years = [(year, year) for year in extent.years]
    houses = [(house.slug, house.short_name) for house in extent.houses]
    known = extent.regions if scope.institution is None else ()
    regions = [(r.key, r.label.in_(language)) for r in programme.regions if r.key in known]
    offered = [
        Filter(_("Période"), "periode", [everything, *years]),
        Filter(_("Institution"), "institution", [("", _("tout le cercle")), *houses]),
        Filter(_("Région"), "region", [everything, *regions]),
    ]
    return [one for one in offered if len(one.choices) > 1]
