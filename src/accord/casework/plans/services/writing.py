"""Write goals and measures: each institution its own, into the version in work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category
from accord.casework.cases.models import Case, Participant
from accord.casework.cases.selectors import colleagues_of
from accord.casework.cases.services import touch
from accord.casework.cases.services.locking import lock_case, lock_record
from accord.casework.employers.models import Employer
from accord.casework.plans.enums import MeasureState
from accord.casework.plans.models import Goal, Measure, Plan
from accord.casework.plans.policies import can_change_entry, can_plan
from accord.casework.plans.selectors import goal_for, measure_for, sheet_of
from accord.casework.plans.services.versions import (
    demand_fresh,
    note_in_journal,
    removed,
    rewritten,
    settle,
    version_to_write,
)
from accord.casework.plans.states import MEASURE
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.network.programmes.selectors import programme_for


@dataclass(frozen=True, slots=True)
class GoalWords:
    """What is said of a goal."""

    text: str
    key: str = ""
    target_on: date | None = None


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """What is said of a measure; who pays may be settled later."""

    title: str
    goal: UUID
    kind: str = ""
    colleague_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    intensity: int | None = None
    cost_bearer_id: UUID | None = None
    employer_id: UUID | None = None


@transaction.atomic
def add_goal(*, by: Actor, case_id: UUID, words: GoalWords) -> Goal:
    """Write a goal into the plan; the first one begins it."""
    case = _taken(by, case_id)
    _check_goal(case, words, known="")
    plan = version_to_write(by, case)
    goal = Goal(**_owned(by, case, plan))
    _say_goal(goal, words)
    goal.save()
    note_in_journal(by, "wrote", "goal", goal)
    settle(by, case, plan)
    return goal


@transaction.atomic
def change_goal(*, by: Actor, goal_id: UUID, version: int, words: GoalWords) -> Goal:
    """Reword a goal of one's institution. Raises Stale when it was saved in between."""
    case = _taken(by, goal_for(by, goal_id).case_id)
    goal = lock_record(by, Goal, goal_id, can_change_entry)
    demand_fresh(goal, version)
    _check_goal(case, words, known=goal.key)
    plan = version_to_write(by, case)
    goal = rewritten(goal, plan, by)
    _say_goal(goal, words)
    goal.save()
    note_in_journal(by, "changed", "goal", goal)
    settle(by, case, plan)
    return goal


@transaction.atomic
def remove_goal(*, by: Actor, goal_id: UUID) -> None:
    """Take a goal out; its measures must be out, or serve another goal, before."""
    case = _taken(by, goal_for(by, goal_id).case_id)
    goal = lock_record(by, Goal, goal_id, can_change_entry)
    plan = version_to_write(by, case)
    if any(measure.goal == goal.origin for measure in sheet_of(by, case).measures_in(plan.number)):
        raise Refused(
            _("Des mesures servent cet objectif : retirez-les d’abord, ou rattachez-les à un autre.")
        )
    note_in_journal(by, "removed", "goal", goal)
    removed(goal, plan)
    settle(by, case, plan)


@transaction.atomic
def add_measure(*, by: Actor, case_id: UUID, words: MeasureWords) -> Measure:
    """Write a measure of one's institution into the plan, for one of its goals."""
    case = _taken(by, case_id)
    plan = version_to_write(by, case)
    _check_measure(by, case, plan, words, known="")
    measure = Measure(**_owned(by, case, plan))
    _say_measure(measure, words)
    measure.save()
    note_in_journal(by, "wrote", "measure", measure)
    settle(by, case, plan)
    return measure


@transaction.atomic
def change_measure(*, by: Actor, measure_id: UUID, version: int, words: MeasureWords) -> Measure:
    """Change a measure of one's institution. Raises Stale when it was saved in between."""
    case = _taken(by, measure_for(by, measure_id).case_id)
    measure = lock_record(by, Measure, measure_id, can_change_entry)
    demand_fresh(measure, version)
    plan = version_to_write(by, case)
    _check_measure(by, case, plan, words, known=measure.kind)
    measure = rewritten(measure, plan, by)
    _say_measure(measure, words)
    measure.save()
    note_in_journal(by, "changed", "measure", measure)
    settle(by, case, plan)
    return measure


@transaction.atomic
def remove_measure(*, by: Actor, measure_id: UUID) -> None:
    """Take a measure of one's institution out of the plan."""
    case = _taken(by, measure_for(by, measure_id).case_id)
    measure = lock_record(by, Measure, measure_id, can_change_entry)
    plan = version_to_write(by, case)
    note_in_journal(by, "removed", "measure", measure)
    removed(measure, plan)
    settle(by, case, plan)


@transaction.atomic
def follow_measure(*, by: Actor, measure_id: UUID, state: MeasureState, reason: str = "") -> Measure:
    """Say how far a measure has come; that is no change of what was agreed. Twice is once."""
    case = _taken(by, measure_for(by, measure_id).case_id)
    measure = lock_record(by, Measure, measure_id, can_change_entry)
    if measure.state == state:
        return measure
    MEASURE.check(measure.state, state)
    if state == MeasureState.STOPPED and not reason.strip():
        raise Refused(_("Dites pourquoi la mesure s’interrompt."), field="reason")
    measure.state = state
    measure.reason = reason.strip() if state == MeasureState.STOPPED else ""
    Measure.objects.filter(case=case, origin=measure.origin, owner_id=by.institution_key).update(
        state=measure.state, reason=measure.reason, updated_at=now()
    )
    note_in_journal(by, str(state), "measure", measure)
    if plan := sheet_of(by, case).in_work:
        settle(by, case, plan)
    else:
        touch(case)
    return measure


def _taken(by: Actor, case_id: UUID) -> Case:
    """The case, locked: a plan has one writer at a time."""
    case = lock_case(by, case_id)
    can_plan(by, case).require()
    return case


def _owned(by: Actor, case: Case, plan: Plan) -> dict[str, object]:
    return {
        "case": case,
        "owner_id": by.institution_key,
        "author_id": by.user_id,
        "category": Category.PLAN,
        "audience": Audience.PERSON,
        "since_number": plan.number,
    }


def _say_goal(goal: Goal, words: GoalWords) -> None:
    goal.text, goal.key, goal.target_on = words.text.strip(), words.key, words.target_on


def _say_measure(measure: Measure, words: MeasureWords) -> None:
    measure.title, measure.goal, measure.kind = words.title.strip(), words.goal, words.kind
    measure.colleague_id, measure.employer_id = words.colleague_id, words.employer_id
    measure.since, measure.until, measure.intensity = words.since, words.until, words.intensity
    measure.cost_bearer_id = words.cost_bearer_id


def _check_goal(case: Case, words: GoalWords, *, known: str) -> None:
    """A key of the programme, or the one that it had: a later version may lack it."""
    programme = programme_for(case.programme, case.programme_version)
    if not words.text.strip():
        raise Refused(_("Écrivez l’objectif avec les mots de la personne."), field="text")
    if words.key not in ("", known) and programme.goal(words.key) is None:
        raise Refused(_("Choisissez un objectif de la liste."), field="key")


def _check_measure(by: Actor, case: Case, plan: Plan, words: MeasureWords, *, known: str) -> None:
    programme = programme_for(case.programme, case.programme_version)
    offered = {kind.key for kind in programme.measures_offered_by(by.institution_kind)}
    if not words.title.strip():
        raise Refused(_("Dites en quelques mots ce qui sera fait."), field="title")
    if words.kind not in ("", known) and words.kind not in offered:
        raise Refused(_("Votre institution n’offre pas cette sorte de mesure."), field="kind")
    if words.goal not in {goal.origin for goal in sheet_of(by, case).goals_in(plan.number)}:
        raise Refused(_("Choisissez un objectif du plan."), field="goal")
    if words.until is not None and words.since is None:
        raise Refused(_("Indiquez aussi le premier jour."), field="since")
    if words.until is not None and words.since is not None and words.until < words.since:
        raise Refused(_("Le dernier jour vient avant le premier."), field="until")
    if words.intensity is not None and not 1 <= words.intensity <= 100:
        raise Refused(_("Le taux va de 1 à 100 %."), field="intensity")
    if words.colleague_id and words.colleague_id not in dict(colleagues_of(by)):
        raise Refused(_("Choisissez un collègue de votre institution."), field="colleague")
    if words.cost_bearer_id and not _takes_part(case, words.cost_bearer_id):
        raise Refused(_("Choisissez une institution qui participe au dossier."), field="cost_bearer")
    if words.employer_id and not Employer.objects.filter(pk=words.employer_id).exists():
        raise Refused(_("Choisissez un employeur enregistré."), field="employer")


def _takes_part(case: Case, institution_id: UUID) -> bool:
    present = Participant.objects.filter(case=case, left_at__isnull=True)
    return present.filter(institution_id=institution_id).exists()
