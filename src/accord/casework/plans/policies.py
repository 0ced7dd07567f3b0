"""Who may write, propose and sign a plan."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.cases.policies import can_change_record, can_lead, can_work_on
from accord.casework.cases.selectors import is_disclosed_to
from accord.casework.plans.enums import PlanState
from accord.casework.plans.models import Entry, Plan
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no


def can_plan(actor: Actor, case: Case) -> Decision:
    """Who takes part and reads the whole plan writes into it: nobody plans or signs half-blind."""
    if not (decision := can_work_on(actor, case)):
        return decision
    if not is_disclosed_to(case, actor.institution_key, Category.PLAN):
        return no(_("Le plan n’est pas ouvert à votre institution : demandez l’autorisation à la personne."))
    return YES


def can_propose(actor: Actor, case: Case) -> Decision:
    """The lead proposes the plan for signature, takes it back, and answers for what competes in it."""
    if not (decision := can_lead(actor, case)):
        return decision
    return can_plan(actor, case)


def can_change_entry(actor: Actor, entry: Entry) -> Decision:
    """Each institution changes its own goals and measures: nobody commits another."""
    if not (decision := can_change_record(actor, entry)):
        return decision
    return can_plan(actor, entry.case)


def plan_agreed(case: Case) -> Decision:
    """The gate `plan.agreed`: a version of the plan was signed by all and is in force."""
    if not Plan.objects.filter(case=case, state=PlanState.AGREED).exists():
        return no(_("Le plan n’est pas encore convenu par toutes les institutions qui y ont une part."))
    return YES
