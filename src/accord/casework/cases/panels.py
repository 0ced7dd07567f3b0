"""Why something is shown, or hidden and what would open it: the sentence beside every block."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis
from accord.casework.cases.models import Disclosure
from accord.casework.cases.selectors import Sight, consent_of_sight
from accord.kernel.clock import FOREVER, SWISS_TIME, now
from accord.network.programmes.rules import Programme

REPLACED, REVOKED, NARROWED, LEFT = "replaced", "revoked", "narrowed", "left"
LEFT_CIRCLE = "left circle"
WITH_THE_ANNOUNCEMENT = ("declined", "withdrawn")
"""Why a disclosure ended, as the services write it; one that ended by its date says nothing."""


def day_of(instant: datetime) -> str:
    """The day of an instant where the caseworker sits: 22.11.2026."""
    return f"{instant.astimezone(SWISS_TIME):%d.%m.%Y}"


def last_day_of(instant: datetime) -> str:
    """The last whole day of a period that ends at this instant (which is not part of it)."""
    return day_of(instant - timedelta(microseconds=1))


def why_shown(
    sight: Sight,
    category: int | None,
    owner_id: UUID | None = None,
    circles: tuple[Programme, ...] = (),
) -> str:
    """Why the institution reads this; an empty text when nothing shows it.

    `category` is the record's bit, None for what every party of the case may know. In a case that stands in
    two `circles` the sentence names the one that opens it.
    """
    if owner_id is not None and owner_id == sight.institution_id:
        return _("Vous voyez ceci parce que votre institution l’a écrit.")
    if category is None:
        return (
            _("Vous voyez ceci parce que votre institution participe à ce dossier.") if sight.running else ""
        )
    reason = sight.reason_for(category)
    return " ".join(filter(None, [_shown_because(reason), _in_circle(reason, circles)])) if reason else ""


def _in_circle(reason: Disclosure, circles: tuple[Programme, ...]) -> str:
    if len(circles) < 2:
        return ""
    opened_by = next((one for one in circles[1:] if one.slug == reason.circle), circles[0])
    return _("Cercle : %(circle)s.") % {"circle": opened_by.label.in_(get_language() or "fr")}


def _shown_because(reason: Disclosure) -> str:
    if reason.basis == Basis.LAW:
        return _("Vous voyez ceci par la loi : %(article)s.") % {"article": reason.legal_article}
    since, until = day_of(reason.valid_from), last_day_of(reason.valid_until)
    if reason.basis == Basis.EMERGENCY:
        return _("Vous voyez ceci en urgence, jusqu’au %(until)s.") % {"until": until}
    if reason.valid_until >= FOREVER:
        return _("Vous voyez ceci parce que la personne l’a autorisé le %(since)s.") % {"since": since}
    return _("Vous voyez ceci parce que la personne l’a autorisé le %(since)s, jusqu’au %(until)s.") % {
        "since": since,
        "until": until,
    }


def why_hidden(sight: Sight, category: int, programme: Programme) -> str:
    """Why the institution does not read this kind of data, and what would open it; empty when it does."""
    if sight.covers(category):
        return ""
    label = ", ".join(kind.label.in_(get_language() or "fr") for kind in programme.categories_in(category))
    running = consent_of_sight(sight)
    ended = sight.last_ended_for(category)
    if ended is not None and ended.ended_because != REPLACED:
        return _hidden_since(ended, label)
    if running is not None:
        return _(
            "Masqué : l’autorisation du %(since)s ne couvre pas « %(category)s » ; demandez-la à la personne."
        ) % {"since": day_of(running.valid_from), "category": label}
    return _(
        "Masqué : la personne n’a pas autorisé votre institution à voir « %(category)s » ; demandez-la-lui."
    ) % {"category": label}


def _hidden_since(ended: Disclosure, label: str) -> str:
    if ended.valid_from > now() and not ended.ended_because:
        return _("Masqué : l’autorisation ne commence que le %(on)s.") % {"on": day_of(ended.valid_from)}
    on = day_of(min(ended.valid_until, now()))
    if ended.basis == Basis.LAW:
        return _(
            "Masqué : l’article invoqué (%(article)s) ne s’applique plus depuis le %(on)s ;"
            " demandez l’autorisation à la personne."
        ) % {"article": ended.legal_article, "on": on}
    if ended.ended_because == REVOKED:
        return _("Masqué : l’autorisation a été révoquée le %(on)s.") % {"on": on}
    if ended.ended_because == NARROWED:
        return _("Masqué : la personne a retiré « %(category)s » de son autorisation le %(on)s.") % {
            "category": label,
            "on": on,
        }
    if ended.ended_because == LEFT_CIRCLE:
        return _("Masqué : le dossier est sorti du second cercle le %(on)s.") % {"on": on}
    if ended.ended_because in WITH_THE_ANNOUNCEMENT:
        return _("Masqué : l’autorisation a pris fin avec l’annonce, le %(on)s.") % {"on": on}
    if ended.ended_because == LEFT:
        return _("Masqué : votre institution a quitté le dossier le %(on)s.") % {"on": on}
    return _(
        "Masqué : l’autorisation est échue depuis le %(on)s ; demandez à la personne de la renouveler."
    ) % {"on": on}
