"""Which list of announcements: visible words, kept in the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from accord.casework.referrals.selectors import SHELVES, ReferralShelf
from accord.kernel.actors import Actor
from accord.network.programmes.selectors import current_programmes


@dataclass(frozen=True, slots=True)
class Filter:
    """The lists of one side, received or sent, each with its word."""

    label: str
    choices: list[tuple[str, str]]


def lists_for(actor: Actor) -> list[Filter]:
    """The lists that an institution has: a desk triages, an announcer waits. The very first needs no word."""
    received = [
        ("a-trier", _("à trier")),
        ("complements", _("complément demandé")),
        ("triees", _("triées")),
    ]
    sent = [
        ("brouillons", _("en préparation")),
        ("en-attente", _("en attente de réponse")),
        ("a-completer", _("à compléter")),
        ("reponses", _("avec réponse")),
    ]
    is_desk = any(programme.desk.kind == actor.institution_kind for programme in current_programmes())
    filters = [Filter(_("Reçues"), received)] if is_desk else []
    filters.append(Filter(_("Envoyées"), sent))
    filters[0].choices[0] = ("", filters[0].choices[0][1])
    return filters


def shelf_from(query: QueryDict, lists: list[Filter]) -> ReferralShelf:
    """The list that the address asks for, else the first of the institution."""
    offered = {key for one in lists for key, _word in one.choices}
    wanted = query.get("liste", "")
    first = "a-trier" if len(lists) > 1 else "brouillons"
    return SHELVES[wanted if wanted and wanted in offered else first]
