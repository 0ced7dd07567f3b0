"""A plan with all its versions, loaded once; then every question of it is answered without the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Now

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.selectors.compiled import records_in_case
from accord.casework.plans import rules
from accord.casework.plans.enums import IN_WORK, MeasureState, PlanState
from accord.casework.plans.models import Goal, Measure, Plan, PlanSignature
from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor
from accord.network.institutions.models import Institution


@dataclass(frozen=True, slots=True)
class Awaited:
    """An institution that owns something in the plan: when it signed, or since when it is awaited.

    `is_gone`: the plan is closed to it now, because it left or its authorisation ended. Nobody waits for it.
    """

    institution: Institution
    signed_at: datetime | None
    signer: str
    awaited_since: datetime | None
    signed_before: bool
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The versions of a case's plan, newest first, and everything that stands or stood in them.

    `readers` are the institutions to which the plan is open now, while a version is in work.
    """

    case: Case
    plans: tuple[Plan, ...]
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]
    signatures: tuple[PlanSignature, ...]
    readers: frozenset[UUID] = frozenset()

    @property
    def current(self) -> Plan | None:
        """The newest version."""
        return self.plans[0] if self.plans else None

    @property
    def in_work(self) -> Plan | None:
        """The version that may still change."""
        return next((plan for plan in self.plans if plan.state in IN_WORK), None)

    @property
    def in_force(self) -> Plan | None:
        """The version that all have signed."""
        return next((plan for plan in self.plans if plan.state == PlanState.AGREED), None)

    def goals_in(self, number: int) -> list[Goal]:
        """The goals of a version."""
        return [goal for goal in self.goals if goal.stands_in(number)]

    def measures_in(self, number: int) -> list[Measure]:
        """The measures of a version."""
        return [measure for measure in self.measures if measure.stands_in(number)]

    def entries_in(self, number: int) -> list[rules.Entry]:
        """What a signature under this version covers."""
        return [
            *(entry_of_goal(goal) for goal in self.goals_in(number)),
            *(entry_of_measure(measure) for measure in self.measures_in(number)),
        ]

    def owners_in(self, number: int) -> dict[UUID, Institution]:
        """The institutions that own something in a version: those that sign it."""
        rows = [*self.goals_in(number), *self.measures_in(number)]
        return {row.owner_id: row.owner for row in rows}

    def signers_in(self, plan: Plan) -> list[UUID]:
        """Those whose signature a version in work needs: who owns something in it, and may still read it."""
        return [owner for owner in self.owners_in(plan.number) if owner in self.readers]

    def is_complete(self, plan: Plan) -> bool:
        """Whether a version is proposed, and all whose signature it needs have signed what stands in it."""
        signers = self.signers_in(plan)
        return (
            plan.state == PlanState.PROPOSED
            and bool(signers)
            and all(self.signature_of(plan, signer) for signer in signers)
        )

    def signature_of(self, plan: Plan, institution_id: UUID) -> PlanSignature | None:
        """The signature of an institution under what stands in the version now."""
        return next(
            (
                signed
                for signed in self.signatures
                if signed.plan_id == plan.pk
                and signed.owner_id == institution_id
                and not signed.is_of_person
                and signed.fingerprint == plan.fingerprint
            ),
            None,
        )

    def person_signature(self, plan: Plan) -> PlanSignature | None:
        """The signature of the person herself under what stands in the version now."""
        return next(
            (
                signed
                for signed in self.signatures
                if signed.plan_id == plan.pk
                and signed.is_of_person
                and signed.fingerprint == plan.fingerprint
            ),
            None,
        )

    def awaited_in(self, plan: Plan) -> list[Awaited]:
        """Every institution that signs a version, by name, with its signature or how long it is awaited."""
        found = []
        for key, institution in self.owners_in(plan.number).items():
            signed = self.signature_of(plan, key)
            is_gone = signed is None and self._is_gone(plan, key)
            is_awaited = signed is None and not is_gone and plan.state == PlanState.PROPOSED
            found.append(
                Awaited(
                    institution,
                    signed.created_at if signed else None,
                    signed.author.name if signed and signed.author else "",
                    plan.proposed_at if is_awaited else None,
                    signed is None
                    and any(s.plan_id == plan.pk and s.owner_id == key for s in self.signatures),
                    is_gone,
                )
            )
        return sorted(found, key=lambda one: one.institution.name)

    def _is_gone(self, plan: Plan, institution_id: UUID) -> bool:
        """A version was only ever agreed without the signature of who was gone."""
        return institution_id not in self.readers if plan.state in IN_WORK else True


def sheet_of(actor: Actor, case: Case) -> Sheet:
    """The plan of a case, as far as the actor may read it; four queries, and one while a version is in work."""
    plans = tuple(_plans(actor, case))
    return Sheet(
        case,
        plans,
        tuple(_goals(actor, case)),
        tuple(_measures(actor, case)),
        tuple(_signatures(actor, case)),
        _readers(case) if any(plan.state in IN_WORK for plan in plans) else frozenset(),
    )


def _readers(case: Case) -> frozenset[UUID]:
    """The institutions to which the plan is disclosed now."""
    open_now = Disclosure.objects.filter(case=case, valid_from__lte=Now(), valid_until__gt=Now())
    seeing = open_now.annotate(seen=F("categories").bitand(Category.PLAN)).filter(seen__gt=0)
    return frozenset(seeing.values_list("recipient_id", flat=True))


def _but_names(colleague: str) -> list[str]:
    """All of a colleague but her name: the rest is nobody's business, and hidden from the person's window."""
    names = {"id", "first_name", "last_name"}
    return [f"{colleague}__{field.name}" for field in User._meta.concrete_fields if field.name not in names]


_plans = records_in_case(
    lambda actor: Plan.objects.filter(records_visible_to(actor)).select_related("owner").order_by("-number")
)
_goals = records_in_case(
    lambda actor: (
        Goal.objects.filter(records_visible_to(actor)).select_related("owner").order_by("created_at", "id")
    )
)
_measures = records_in_case(
    lambda actor: (
        Measure.objects.filter(records_visible_to(actor))
        .select_related("owner", "colleague", "cost_bearer", "employer")
        .defer(*_but_names("colleague"))
        .order_by("created_at", "id")
    )
)
_signatures = records_in_case(
    lambda actor: (
        PlanSignature.objects.filter(records_visible_to(actor))
        .select_related("owner", "author")
        .defer(*_but_names("author"))
        .order_by("created_at", "id")
    )
)
_drawn = records_in_case(
    lambda actor: (
        Measure.objects.filter(records_visible_to(actor), until_number__isnull=True, since__isnull=False)
        .select_related("owner")
        .order_by("since", "id")
    )
)


def measures_of(actor: Actor, case: Case) -> list[Measure]:
    """The measures that stand in the newest version and have a first day, for the picture; one query."""
    return _drawn(actor, case)


def goal_for(actor: Actor, goal_id: UUID) -> Goal:
    """One goal with its case; Goal.DoesNotExist when the actor may not know of it."""
    return Goal.objects.filter(records_visible_to(actor)).select_related("case", "owner").get(pk=goal_id)


def measure_for(actor: Actor, measure_id: UUID) -> Measure:
    """One measure with its case; Measure.DoesNotExist when the actor may not know of it."""
    rows = Measure.objects.filter(records_visible_to(actor))
    return rows.select_related("case", "owner", "employer").get(pk=measure_id)


def entry_of_goal(goal: Goal) -> rules.Entry:
    """What is agreed of a goal."""
    fields = (
        ("owner", str(goal.owner_id)),
        ("key", goal.key),
        ("text", goal.text),
        ("target_on", _day(goal.target_on)),
    )
    return rules.Entry(goal.origin, "goal", fields)


def entry_of_measure(measure: Measure) -> rules.Entry:
    """What is agreed of a measure; not how far it has come."""
    fields = (
        ("owner", str(measure.owner_id)),
        ("title", measure.title),
        ("kind", measure.kind),
        ("goal", str(measure.goal)),
        ("colleague", _key(measure.colleague_id)),
        ("since", _day(measure.since)),
        ("until", _day(measure.until)),
        ("intensity", _key(measure.intensity)),
        ("cost_bearer", _key(measure.cost_bearer_id)),
        ("employer", _key(measure.employer_id)),
    )
    return rules.Entry(measure.origin, "measure", fields)


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _key(value: object) -> str:
    return str(value) if value is not None else ""


@dataclass(frozen=True, slots=True)
class GoalNode:
    """A goal with the measures that serve it, those that run first; `goal` is None for what serves none."""

    goal: Goal | None
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class PlanTree:
    """One version of a plan for reading: goals with their measures, and who signed."""

    plan: Plan
    goals: tuple[GoalNode, ...]
    awaited: tuple[Awaited, ...]
    person_signed_at: datetime | None
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """A plan as it lies before the person: what she reads, and what her signature would cover."""

    sheet: Sheet
    tree: PlanTree
    fingerprint: str
    read: Mapping[str, str]


def offered_to(actor: Actor, case: Case) -> Offered | None:
    """The plan that the person reads, and may sign: all of it from one reading."""
    sheet = sheet_of(actor, case)
    plan = _readable(actor, sheet)
    if plan is None:
        return None
    read = {str(entry.origin): entry.fingerprint for entry in sheet.entries_in(plan.number)}
    return Offered(sheet, tree_of(sheet, plan), plan.fingerprint, read)


def plan_of(actor: Actor, case: Case) -> PlanTree | None:
    """The plan as one reads it: the newest version; for the person the one to sign, else the one in force."""
    sheet = sheet_of(actor, case)
    plan = _readable(actor, sheet)
    return tree_of(sheet, plan) if plan else None


def _readable(actor: Actor, sheet: Sheet) -> Plan | None:
    plan = sheet.current
    if actor.is_insured and plan is not None and plan.state == PlanState.DRAFT:
        return sheet.in_force
    return plan


PLACES = {MeasureState.RUNNING: 0, MeasureState.PLANNED: 1, MeasureState.DONE: 2, MeasureState.STOPPED: 3}


def tree_of(sheet: Sheet, plan: Plan) -> PlanTree:
    """A version of a loaded plan as a tree."""
    goals, measures = sheet.goals_in(plan.number), sheet.measures_in(plan.number)
    measures.sort(key=lambda m: (PLACES[MeasureState(m.state)], m.since or date.max, m.title))
    nodes = [GoalNode(goal, tuple(m for m in measures if m.goal == goal.origin)) for goal in goals]
    known = {goal.origin for goal in goals}
    if loose := tuple(measure for measure in measures if measure.goal not in known):
        nodes.append(GoalNode(None, loose))
    signed = sheet.person_signature(plan)
    return PlanTree(
        plan,
        tuple(nodes),
        tuple(sheet.awaited_in(plan)),
        signed.created_at if signed else None,
        plan.state == PlanState.AGREED,
    )
