"""Who may propose, validate and order; and what a provider sees: her mandates, never the case."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.policies import can_change_record, records_visible_to
from accord.casework.plans.policies import can_plan
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.policies import administers, works_on_cases
from accord.purchasing.measures.enums import STANDING, MandateState, MeasureState
from accord.purchasing.measures.models import IndividualMeasure, Mandate

COUNSELLORS = (Role.CASEWORKER, Role.REFERENT, Role.MANAGER)
"""Roles that propose and validate measures; never both the same one."""
PROVIDING = (Role.CASEWORKER, Role.SECRETARY, Role.MANAGER)
"""Roles that work in the provider's space."""
UNDER_WAY = (MandateState.RUNNING, MandateState.INTERRUPTED)


def mandates_visible_to(actor: Actor) -> Q:
    """A mandate is read like a record of the case; and by its provider, who sees nothing of the case."""
    if actor.is_insured:
        return Q(records_visible_to(actor))
    return Q(records_visible_to(actor)) | mandates_given_to(actor)


def mandates_given_to(actor: Actor) -> Q:
    """The mandates of the actor's own institution as a provider."""
    return Q(provider__institution_id=actor.institution_key)


def shared_with_provider(actor: Actor) -> Q:
    """Presence and reports: for the office that gave the mandate and its provider, for nobody else."""
    return Q(mandate__owner_id=actor.institution_key) | Q(
        mandate__provider__institution_id=actor.institution_key
    )


def of_visible_mandate(actor: Actor) -> Q:
    """Positions and objectives, for whoever reads the mandate."""
    return Q(mandate__in=Mandate.objects.filter(mandates_visible_to(actor)))


def interruptions_visible_to(actor: Actor) -> Q:
    """Days of rest, for whoever reads the measure or a mandate given for it."""
    measures = IndividualMeasure.objects.filter(records_visible_to(actor))
    mandates = Mandate.objects.filter(mandates_visible_to(actor))
    return Q(measure__in=measures) | Q(measure__in=mandates.values("measure"))


def deliveries_visible_to(actor: Actor) -> Q:
    """A receipt is read by who handed in, and by the office that received."""
    return Q(institution_id=actor.institution_key) | Q(office_id=actor.institution_key)


def counsels(actor: Actor) -> Decision:
    """Open to the counsellors of an AI office."""
    if not (decision := works_on_cases(actor)):
        return decision
    if actor.institution_kind == Kind.AI_OFFICE and actor.has_role(*COUNSELLORS):
        return YES
    return no(_("Les mesures individuelles sont l’affaire des conseillers d’un office AI."))


def provides(actor: Actor) -> Decision:
    """Open to those who work for a provider."""
    if actor.is_member and actor.institution_kind == Kind.PROVIDER and actor.has_role(*PROVIDING):
        return YES
    return no(_("Cet espace est réservé aux prestataires mandatés."))


def numbers_decisions(actor: Actor) -> Decision:
    """Open to the administration of an AI office."""
    if not (decision := administers(actor)):
        return decision
    if actor.institution_kind == Kind.AI_OFFICE:
        return YES
    return no(_("Seul un office AI a un code de décision."))


def can_propose(actor: Actor, case: Case) -> Decision:
    """A counsellor who reads the plan proposes a measure within it."""
    if not (decision := counsels(actor)):
        return decision
    return can_plan(actor, case)


def can_change_measure(actor: Actor, measure: IndividualMeasure) -> Decision:
    """The office that proposed a measure carries it through."""
    if not (decision := counsels(actor)):
        return decision
    return can_change_record(actor, measure)


def can_validate(actor: Actor, measure: IndividualMeasure) -> Decision:
    """Another counsellor than who proposed validates, before the first day (RAI art. 78)."""
    if not (decision := can_change_measure(actor, measure)):
        return decision
    if measure.state != MeasureState.PROPOSED:
        return no(_("Cette mesure n’attend plus de validation."))
    if actor.user_id == measure.author_id:
        return no(_("Une autre personne que celle qui a proposé la mesure la valide."))
    if measure.since <= today():
        return no(_("Cette mesure a déjà commencé : l’AI ne finance que ce qui est validé avant le début."))
    return YES


def can_order(actor: Actor, measure: IndividualMeasure) -> Decision:
    """A mandate is given for a validated measure."""
    if not (decision := can_change_measure(actor, measure)):
        return decision
    if measure.state not in STANDING or measure.state == MeasureState.PROPOSED:
        return no(_("Un mandat se confie pour une mesure validée et pas encore terminée."))
    return YES


def can_write_presence(actor: Actor, mandate: Mandate) -> Decision:
    """The provider notes presence from the first day of a mandate that was not cancelled."""
    if not (decision := provides(actor)):
        return decision
    if mandate.provider.institution_id != actor.institution_id:
        return no(_("Ce mandat est confié à un autre prestataire."))
    if mandate.state == MandateState.CANCELLED:
        return no(_("Ce mandat est annulé : plus rien ne s’y note."))
    return YES


def exchanges(actor: Actor) -> Decision:
    """Open to both ends of the three ways in: the counsellors of an office, and providers."""
    if counsels(actor) or provides(actor):
        return YES
    return no(_("Ces envois concernent les prestataires et les conseillers des offices AI."))
