"""A case with three institutions that plan together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.plans.models import Goal, Measure, Plan
from accord.casework.plans.selectors import sheet_of
from accord.casework.plans.services import (
    GoalWords,
    MeasureWords,
    add_goal,
    add_measure,
    propose_plan,
    sign_plan,
)
from accord.kernel.actors import Actor
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind
from scenarios import Colleague, colleague, open_case, opened_to, programmes


@dataclass
class Table:
    """Anne leads, Bruno plans with her, Chloé takes part but may not read the plan."""

    anne: Colleague
    bruno: Colleague
    chloe: Colleague
    case: Case

    @property
    def her(self) -> Actor:
        """The insured person at her window."""
        return Actor(window_case_id=self.case.pk)

    @property
    def plan(self) -> Plan:
        """The newest version."""
        return Plan.objects.filter(case=self.case).order_by("-number")[0]


def around_a_table() -> Table:
    programmes()
    anne = colleague(kind=Kind.AI_OFFICE, last_name="Aubry")
    bruno = colleague(kind=Kind.EMPLOYMENT_OFFICE, last_name="Bonvin")
    chloe = colleague(kind=Kind.SOCIAL_AID, last_name="Clerc")
    case = open_case(anne)
    opened_to(case, anne.institution, Category.IDENTITY, Category.WORK, Category.PLAN)
    opened_to(case, bruno.institution, Category.IDENTITY, Category.WORK, Category.PLAN)
    opened_to(case, chloe.institution, Category.IDENTITY)
    return Table(anne, bruno, chloe, case)


def act(who: Colleague, verb: Any, **words: Any) -> Any:
    with acting_as(who.actor):
        return verb(by=who.actor, **words)


def goal(table: Table, who: Colleague | None = None, text: str = "Travailler à 50 %", **words: Any) -> Goal:
    return act(who or table.anne, add_goal, case_id=table.case.pk, words=GoalWords(text, **words))


def measure(table: Table, who: Colleague, serving: Goal, title: str = "Conseil", **words: Any) -> Measure:
    return act(
        who, add_measure, case_id=table.case.pk, words=MeasureWords(title=title, goal=serving.origin, **words)
    )


def read_by(who: Colleague, table: Table) -> dict[str, Any]:
    """What the page of the signature carries."""
    with acting_as(who.actor):
        sheet = sheet_of(who.actor, table.case)
        plan = sheet.in_work or sheet.in_force
        assert plan is not None
        read = {str(entry.origin): entry.fingerprint for entry in sheet.entries_in(plan.number)}
    return {"fingerprint": plan.fingerprint, "read": read}


def sign(table: Table, who: Colleague) -> Any:
    return act(who, sign_plan, case_id=table.case.pk, **read_by(who, table))


def proposed(table: Table) -> Table:
    """One goal, a measure of each of the two, laid before them."""
    aim = goal(table)
    measure(table, table.anne, aim, "Réinsertion")
    measure(table, table.bruno, aim, "Cours")
    act(table.anne, propose_plan, case_id=table.case.pk)
    return table


def agreed(table: Table) -> Table:
    """Signed by both."""
    proposed(table)
    sign(table, table.anne)
    sign(table, table.bruno)
    return table


def words_of(row: Measure, **changes: object) -> MeasureWords:
    known = MeasureWords(
        row.title,
        row.goal,
        row.kind,
        row.colleague_id,
        row.since,
        row.until,
        row.intensity,
        row.cost_bearer_id,
        row.employer_id,
    )
    return replace(known, **changes)
