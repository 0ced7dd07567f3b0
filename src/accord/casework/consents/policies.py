"""Who may prepare, record and end an authorisation."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis, CaseState
from accord.casework.cases.models import Case, Participant
from accord.casework.cases.policies import current_disclosures
from accord.casework.consents.enums import ConsentState
from accord.casework.consents.models import Consent
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.policies import works_on_cases


def visible_to(actor: Actor) -> Q:
    """Whoever knows of a case may know what the person authorised in it; she herself, too."""
    if actor.is_insured:
        return Q(case_id=actor.window_key)
    return Q(Exists(current_disclosures(actor).filter(case=OuterRef("case_id"))))


def can_prepare(actor: Actor, case: Case) -> Decision:
    """A participant of a case that is not over asks the person for her authorisation."""
    if not (decision := works_on_cases(actor)):
        return decision
    if case.state in {CaseState.CLOSED, CaseState.WITHDRAWN}:
        return no(_("Ce dossier est terminé : aucune autorisation nouvelle n’y est demandée."))
    present = Participant.objects.filter(case=case, left_at__isnull=True)
    if not present.filter(institution=actor.institution_id).exists():
        return no(_("Votre institution ne participe pas à ce dossier."))
    return YES


def _is_concerned_or_works(actor: Actor) -> Decision:
    """The person herself, at her own window; otherwise those whose role is to work on cases."""
    return YES if actor.is_insured else works_on_cases(actor)


def can_sign(actor: Actor, consent: Consent) -> Decision:
    """She signs herself, or the institution that prepared the form records it, while the case is not over."""
    if not (decision := _is_concerned_or_works(actor)):
        return decision
    if not actor.is_insured and consent.recorded_by_id != actor.institution_id:
        return no(_("Seule l’institution qui a préparé l’autorisation enregistre la signature."))
    if consent.state != ConsentState.DRAFT:
        return no(_("Cette autorisation n’attend plus de signature."))
    if consent.case.state in {CaseState.CLOSED, CaseState.WITHDRAWN}:
        return no(_("Ce dossier est terminé : aucune autorisation nouvelle n’y est demandée."))
    return YES


def can_abandon(actor: Actor, consent: Consent) -> Decision:
    """She declines, or the institution that prepared the form puts it aside, whatever became of the case."""
    if not (decision := _is_concerned_or_works(actor)):
        return decision
    if not actor.is_insured and consent.recorded_by_id != actor.institution_id:
        return no(_("Seule l’institution qui a préparé l’autorisation peut l’abandonner."))
    if consent.state != ConsentState.DRAFT:
        return no(_("Cette autorisation n’attend plus de signature."))
    return YES


def can_end(actor: Actor, consent: Consent) -> Decision:
    """She herself, or any institution that knows of the case: a revocation or a restriction must not wait."""
    if not (decision := _is_concerned_or_works(actor)):
        return decision
    if consent.state != ConsentState.ACTIVE:
        return no(_("Cette autorisation n’est plus en vigueur."))
    if not current_disclosures(actor).filter(case=consent.case_id).exclude(basis=Basis.EMERGENCY).exists():
        return no(_("Vous lisez ce dossier en urgence : rien ne peut y être écrit."))
    return YES
