"""Who may open a case in an emergency, look at such an access, end and review it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from accord.casework.emergencies.models import EmergencyAccess
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.policies import protects_data, works_on_cases

__all__ = [
    "attempts_visible_to",
    "can_end",
    "can_review",
    "can_write_letter",
    "looks_at_accesses",
    "protects_data",
    "visible_to",
    "works_on_cases",
]


def visible_to(actor: Actor) -> Q:
    """For the institution that looked, for the one that led the case, and for the person herself."""
    if actor.is_insured:
        return Q(case_id=actor.window_key)
    return Q(institution_id=actor.institution_key) | Q(lead_id=actor.institution_key)


def attempts_visible_to(actor: Actor) -> Q:
    """One's own attempts."""
    return Q(user_id=actor.user_key)


def looks_at_accesses(actor: Actor) -> Decision:
    """Those who work on cases, and data-protection officers."""
    if works_on_cases(actor) or protects_data(actor):
        return YES
    return no(_("Votre rôle ne donne pas accès aux accès en urgence."))


def can_end(actor: Actor, access: EmergencyAccess) -> Decision:
    """Anybody of the institution that looks, as long as it runs."""
    if access.institution_id != actor.institution_id:
        return no(_("Seule l’institution qui lit en urgence peut y mettre fin."))
    if not access.runs:
        return no(_("Cet accès en urgence est déjà terminé."))
    return YES


def can_review(actor: Actor, access: EmergencyAccess) -> Decision:
    """The data-protection officer of the institution that looked, and never the person who did."""
    if not protects_data(actor) or access.institution_id != actor.institution_id:
        return no(
            _(
                "La revue appartient au délégué à la protection des données de l’institution qui a lu le dossier."
            )
        )
    if access.user_id == actor.user_id:
        return no(_("Vous avez vous-même ouvert ce dossier en urgence : une autre personne doit le revoir."))
    if access.reviewed_at is not None:
        return no(_("Cet accès a déjà été revu."))
    return YES


def can_write_letter(actor: Actor, access: EmergencyAccess) -> Decision:
    """The institution that leads the case informs the person."""
    if access.lead_id != actor.institution_id or not works_on_cases(actor):
        return no(_("L’institution qui conduit le dossier informe la personne."))
    return YES
