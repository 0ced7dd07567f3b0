"""Filters of the case list: visible words, kept in the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.enums import ENDED, RUNNING, CaseState
from accord.casework.cases.selectors import Shelf
from accord.kernel.clock import today
from accord.network.programmes.rules import Programme

STATES: dict[str, tuple[str, ...]] = {
    "": RUNNING,
    "open": (CaseState.OPEN,),
    "announced": (CaseState.ANNOUNCED,),
    "draft": (CaseState.DRAFT,),
    "closed": (CaseState.CLOSED,),
    "ended": ENDED,
    "all": (),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its name, its key in the address, and its values with their words."""

    label: str
    key: str
    choices: list[tuple[str, str]]


def shelf_from(query: QueryDict, programmes: list[Programme]) -> Shelf:
    """Which cases the address asks for; what it does not understand is left out."""
    chosen = _chosen(query, programmes)
    stage = query.get("etape", "")
    return Shelf(
        states=STATES.get(query.get("etat", ""), RUNNING),
        stage=stage if chosen and stage in {known.key for known in chosen.stages} else "",
        programme=chosen.slug if chosen else "",
        overdue_on=today() if query.get("delai") == "retard" else None,
        only_mine=query.get("qui") == "moi",
        lead_by_us=query.get("qui") == "nous",
        followed=query.get("qui") == "suivis",
        after=query.get("after", ""),
        before=query.get("before", ""),
    )


def filters_for(query: QueryDict, programmes: list[Programme]) -> list[Filter]:
    """The filters that the list offers; stages once a programme is chosen, because each has its own."""
    language = get_language() or "fr"
    states = {
        "": _("en cours et à venir"),
        "open": _("en cours"),
        "announced": _("annoncés"),
        "draft": _("en préparation"),
        "closed": _("clos"),
        "ended": _("sans suite"),
        "all": _("tous"),
    }
    found = [
        Filter(_("État"), "etat", list(states.items())),
        Filter(
            _("De qui"),
            "qui",
            [
                ("", _("tous")),
                ("moi", _("les miens")),
                ("nous", _("conduits par nous")),
                ("suivis", _("suivis")),
            ],
        ),
        Filter(_("Délai"), "delai", [("", _("tous")), ("retard", _("en retard"))]),
        Filter(
            _("Dispositif"),
            "dispositif",
            [("", _("tous")), *((p.slug, p.label.in_(language)) for p in programmes)],
        ),
    ]
    if chosen := _chosen(query, programmes):
        stages = [(stage.key, stage.label.in_(language)) for stage in chosen.stages]
        found.append(Filter(_("Étape"), "etape", [("", _("toutes")), *stages]))
    return found


def _chosen(query: QueryDict, programmes: list[Programme]) -> Programme | None:
    return next((p for p in programmes if p.slug == query.get("dispositif", "")), None)
