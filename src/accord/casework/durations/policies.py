"""Who sees how long things take: the leading roles of the institutions of the circle."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accord.casework.cases.policies import in_visible_case
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.enums import Role
from accord.network.institutions.policies import member
from accord.network.programmes.models import ProgrammeMember

READING_ROLES = (Role.MANAGER, Role.DESK, Role.REFERENT, Role.DATA_PROTECTION)


def reads_durations(actor: Actor) -> Decision:
    """Open to managers, the desk, referents and data protection: the figures hold no personal data."""
    if not (decision := member(actor)):
        return decision
    if actor.has_role(*READING_ROLES):
        return YES
    return no(
        _("Les durées se lisent par les responsables, le bureau, les référents et la protection des données.")
    )


def seats(actor: Actor) -> Q:
    """The places that the actor's institution has in the circles of programmes today."""
    return Q(institution_id=actor.institution_key, until__isnull=True)


def figures_visible_to(actor: Actor) -> Q:
    """Calculations of the programmes in whose circle the institution is."""
    seated = ProgrammeMember.objects.filter(seats(actor), programme_slug=OuterRef("programme"))
    return Q(Exists(seated))


def cells_visible_to(actor: Actor) -> Q:
    """The whole circle's figures and one's own; the desk's institution sees those of each institution."""
    desk = ProgrammeMember.objects.filter(seats(actor), programme_slug=OuterRef("programme"), role="desk")
    return figures_visible_to(actor) & (
        Q(institution__isnull=True) | Q(institution_id=actor.institution_key) | Q(Exists(desk))
    )


def names_institutions(actor: Actor, programme_slug: str) -> bool:
    """Whether each institution's figures are shown by name: to the desk and its managers."""
    return (
        actor.has_role(Role.DESK, Role.MANAGER)
        and ProgrammeMember.objects.filter(seats(actor), programme_slug=programme_slug, role="desk").exists()
    )


def escalations_visible_to(actor: Actor) -> Q:
    """An escalation is known to who knows of the case, as its clocks are; the insured person reads none."""
    return Q(pk__in=[]) if actor.is_insured else in_visible_case(actor)
