"""Who may do what, by role; every screen names one of these."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from accord.foundation.accounts.policies import anyone, signed_in
from accord.foundation.journal.policies import protects_data
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.enums import CASE_ROLES, Kind, Role
from accord.network.institutions.models import Institution, Membership

__all__ = [
    "administers",
    "anyone",
    "can_appoint_at",
    "can_change",
    "can_end",
    "changeable_by",
    "member",
    "protects_data",
    "signed_in",
    "works_on_cases",
]


def member(actor: Actor) -> Decision:
    """Open to every member of an institution, on whose behalf she acts."""
    if actor.is_member:
        return YES
    return no(_("Vous n’agissez pour aucune institution. Demandez un accès à votre administrateur."))


def works_on_cases(actor: Actor) -> Decision:
    """Open to those whose role is to work on cases; never to providers, who see only their own mandates."""
    if actor.is_member and actor.institution_kind != Kind.PROVIDER and actor.has_role(*CASE_ROLES):
        return YES
    return no(_("Votre rôle ne donne pas accès aux dossiers des personnes."))


def administers(actor: Actor) -> Decision:
    """Open to the administrators of the institution."""
    if actor.is_member and actor.has_role(Role.ADMINISTRATOR):
        return YES
    return no(_("Seule l’administration de l’institution peut modifier ces réglages."))


def can_change(actor: Actor, institution: Institution) -> Decision:
    """An administrator changes the page and the switches of her own institution, of no other."""
    decision = administers(actor)
    if not decision or institution.pk == actor.institution_id:
        return decision
    return no(_("Vous administrez une autre institution."))


def changeable_by(actor: Actor) -> Q:
    """The institutions that the actor may change; the same as `can_change`."""
    return Q(pk=actor.institution_id) if administers(actor) else Q(pk__in=[])


can_appoint_at = can_change
"""Who changes an institution also appoints its members."""


def can_end(actor: Actor, membership: Membership, *, is_last_administrator: bool) -> Decision:
    """An administrator ends the accesses of her institution, but one administrator remains."""
    decision = can_change(actor, membership.institution)
    if decision and is_last_administrator:
        return no(
            _("Une institution garde au moins une personne qui l’administre ; nommez-en une autre d’abord.")
        )
    return decision
