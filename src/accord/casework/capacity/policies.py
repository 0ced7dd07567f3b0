"""Who reads the capacity for work, who notes it, and who publishes what follows from a doctor's conclusions."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.capacity.models import IncapacityPeriod
from accord.casework.cases.models import Case
from accord.casework.cases.policies import can_change_record, can_work_on
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.enums import Kind, Role

PASSING_ON = (Role.CASEWORKER, Role.REFERENT, Role.DOCTOR)
"""Roles of an AI office that pass on what the doctor concluded."""


def can_change_incapacity(actor: Actor, period: IncapacityPeriod) -> Decision:
    """The institution that noted a period changes it, as long as it was not withdrawn."""
    if not (decision := can_change_record(actor, period)):
        return decision
    if period.withdrawn_at is not None:
        return no(_("Cette période est retirée : elle ne se modifie plus."))
    return YES


def can_publish_summary(actor: Actor, case: Case, *, is_participant: bool | None = None) -> Decision:
    """A doctor of the medical service publishes; a caseworker of the AI office passes on his conclusions.

    The medical service is independent in its assessment (LAI art. 54a): nobody else says it in its place.
    """
    if not (decision := can_work_on(actor, case, is_participant=is_participant)):
        return decision
    if actor.institution_kind == Kind.MEDICAL_SERVICE and actor.has_role(Role.DOCTOR):
        return YES
    if actor.institution_kind == Kind.AI_OFFICE and actor.has_role(*PASSING_ON):
        return YES
    return no(
        _("Le résumé fonctionnel est publié par un médecin du service médical, ou transmis par l’office AI.")
    )
