"""Who may do what, by role; every screen names one of these."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.enums import CASE_ROLES, Role


def anyone(actor: Actor) -> Decision:
    """Open to everybody, signed in or not."""
    return YES


def signed_in(actor: Actor) -> Decision:
    """Open to every colleague who is signed in."""
    return YES if actor.user_id else no(_("Connectez-vous pour continuer."))


def member(actor: Actor) -> Decision:
    """Open to every member of an institution, on whose behalf she acts."""
    if actor.is_member:
        return YES
    return no(_("Vous n’agissez pour aucune institution. Demandez un accès à votre administrateur."))


def works_on_cases(actor: Actor) -> Decision:
    """Open to those whose role is to work on cases."""
    if actor.is_member and actor.has_role(*CASE_ROLES):
        return YES
    return no(_("Votre rôle ne donne pas accès aux dossiers des personnes."))


def protects_data(actor: Actor) -> Decision:
    """Open to data-protection officers (LPD art. 10)."""
    if actor.is_member and actor.has_role(Role.DATA_PROTECTION):
        return YES
    return no(_("Le journal est réservé aux délégués à la protection des données."))


def administers(actor: Actor) -> Decision:
    """Open to the administrators of the institution."""
    if actor.is_member and actor.has_role(Role.ADMINISTRATOR):
        return YES
    return no(_("Seule l’administration de l’institution peut modifier ces réglages."))
