"""Who may read programmes, and who may change their circle."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.enums import Role
from accord.network.institutions.policies import member
from accord.network.programmes.models import ProgrammeMember


def can_read_programmes(actor: Actor) -> Decision:
    """Programmes hold no personal data: every member may read them."""
    return member(actor)


def can_change_circle(actor: Actor, programme_slug: str) -> Decision:
    """Open to the operator, and to the administrators of an institution that is the programme's desk."""
    if actor.is_worker:
        return YES
    if (
        actor.institution_id is not None
        and actor.is_member
        and actor.has_role(Role.ADMINISTRATOR)
        and ProgrammeMember.objects.filter(
            programme_slug=programme_slug,
            institution_id=actor.institution_id,
            role="desk",
            until__isnull=True,
        ).exists()
    ):
        return YES
    return no(_("Seule l’administration de l’institution qui trie les annonces peut modifier le cercle."))
