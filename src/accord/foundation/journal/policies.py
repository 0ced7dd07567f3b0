"""Who reads the journal."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from accord.foundation.journal.enums import READING_ROLE
from accord.foundation.journal.models import Entry
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no


def protects_data(actor: Actor) -> Decision:
    """Open to data-protection officers (LPD art. 10)."""
    if actor.is_member and actor.has_role(READING_ROLE):
        return YES
    return no(_("Le journal est réservé aux délégués à la protection des données."))


def can_read(actor: Actor, entry: Entry) -> Decision:
    """An officer reads what her own institution did."""
    officer = protects_data(actor)
    if not officer:
        return officer
    if entry.institution_id == actor.institution_id:
        return YES
    return no(_("Cette inscription est celle d’une autre institution."))


def visible_to(actor: Actor) -> Q:
    """The entries that the actor may read, as `can_read` says; the insured person those of her own case."""
    if actor.is_insured:
        return Q(cases__contains=[actor.window_key])
    if not protects_data(actor):
        return Q(pk__in=[])
    return Q(institution_id=actor.institution_id)
