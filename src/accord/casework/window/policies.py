"""Who is at the window, who opens it with a letter, and who answers what the person asks.

The same rules stand in the database as row-level security.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accord.casework.cases.enums import CaseState
from accord.casework.cases.models import Case
from accord.casework.cases.policies import current_disclosures, takes_part
from accord.casework.window.enums import RequestKind
from accord.casework.window.models import PersonRequest
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.policies import protects_data, works_on_cases


def at_her_window(actor: Actor) -> Decision:
    """Open to the insured person alone: a colleague has her own pages."""
    if actor.is_insured:
        return YES
    return no(
        _("Ces pages sont celles de la personne concernée. Vous êtes ici avec votre accès professionnel.")
    )


def letters_visible_to(actor: Actor) -> Q:
    """Whoever knows of a case knows which letters open its window; the person those of her own."""
    if actor.is_insured:
        return Q(case_id=actor.window_key)
    return Q(Exists(current_disclosures(actor).filter(case=OuterRef("case_id"))))


def requests_visible_to(actor: Actor) -> Q:
    """The institution that leads the case answers; the person reads her own."""
    if actor.is_insured:
        return Q(case_id=actor.window_key)
    return Q(case__in=Case.objects.filter(lead_id=actor.institution_key))


def can_issue_letter(actor: Actor, case: Case) -> Decision:
    """A participant of an announced or open case opens the window; it stays open after a closing, to read."""
    if not (decision := works_on_cases(actor)):
        return decision
    if case.state == CaseState.DRAFT:
        return no(_("Ce dossier est encore en préparation : la fenêtre s’ouvre une fois le cas annoncé."))
    if not takes_part(actor, case):
        return no(_("Votre institution ne participe pas à ce dossier."))
    return YES


def can_answer(actor: Actor, asked: PersonRequest) -> Decision:
    """The lead's caseworkers answer; an objection is for the data-protection officer (LPD art. 30 al. 2)."""
    if asked.is_answered:
        return no(_("Cette demande a déjà sa réponse."))
    if asked.kind == RequestKind.OBJECTION:
        return protects_data(actor)
    return works_on_cases(actor)
