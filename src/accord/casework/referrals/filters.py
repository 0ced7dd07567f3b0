"""Which list of announcements: visible words, kept in the address."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from accord.casework.referrals.selectors import SHELVES, ReferralShelf
from accord.kernel.actors import Actor
from accord.network.programmes.selectors import current_programmes


def shelves_for(actor: Actor) -> list[tuple[str, str]]:
    """The lists that an institution has, each with its word: a desk triages, an announcer waits."""
    words = {
        "a-trier": _("à trier"),
        "complements": _("complément demandé"),
        "triees": _("triées"),
        "brouillons": _("en préparation"),
        "en-attente": _("en attente de réponse"),
        "a-completer": _("à compléter"),
        "reponses": _("avec réponse"),
    }
    is_desk = any(programme.desk.kind == actor.institution_kind for programme in current_programmes())
    return [(key, words[key]) for key, shelf in SHELVES.items() if is_desk or not shelf.for_desk]


def shelf_from(query: QueryDict, shelves: list[tuple[str, str]]) -> ReferralShelf:
    """The list that the address asks for, else the first of the institution."""
    wanted = query.get("liste", "")
    return SHELVES[wanted if wanted in dict(shelves) else shelves[0][0]]
