"""Competing strategies of a plan, with what the lead wrote about them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.selectors.compiled import records_in_case
from accord.casework.employers.enums import ContactState
from accord.casework.employers.models import EmployerContact
from accord.casework.employers.selectors import contacts_of
from accord.casework.plans.models import Goal, Justification, Measure
from accord.casework.plans.rules import Approach, Finding, Strategies, competing
from accord.casework.plans.rules import Goal as PlannedGoal
from accord.casework.plans.rules import Measure as PlannedMeasure
from accord.casework.plans.selectors.sheets import Sheet, entry_of_goal, entry_of_measure
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import programme_for


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the rows it is about, and its justification while that still holds."""

    finding: Finding
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]
    contacts: tuple[EmployerContact, ...]
    fingerprint: str
    justification: Justification | None

    @property
    def is_open(self) -> bool:
        """Neither resolved nor justified."""
        return self.justification is None


def findings_of(actor: Actor, case: Case, sheet: Sheet) -> list[Judged]:
    """The findings in the newest version, the open ones first; two queries."""
    if sheet.current is None:
        return []
    programme = programme_for(case.programme, case.programme_version)
    return judged(sheet, programme, contacts_of(actor, case), _justifications(actor, case), today())


_justifications = records_in_case(
    lambda actor: (
        Justification.objects.filter(records_visible_to(actor))
        .select_related("author", "owner")
        .order_by("created_at")
    )
)


def judged(
    sheet: Sheet,
    programme: Programme,
    contacts: Iterable[EmployerContact],
    justifications: Iterable[Justification],
    on: date,
) -> list[Judged]:
    """The findings of a loaded plan; a justification lapses once what it is about has changed."""
    if sheet.current is None:
        return []
    number = sheet.current.number
    planned = [contact for contact in contacts if contact.state == ContactState.OPEN]
    goals, measures = sheet.goals_in(number), sheet.measures_in(number)
    strategies = Strategies(
        tuple(_goal(goal, programme) for goal in goals),
        tuple(_measure(measure, programme) for measure in measures),
        tuple(Approach(c.pk, c.owner_id, c.employer_id, c.is_coordinated) for c in planned),
    )
    written = {(row.finding, row.fingerprint): row for row in justifications}
    found = []
    for finding in competing(strategies, on, programme.parameters["gap_without_care_days"]):
        about = (
            tuple(goal for goal in goals if goal.origin in finding.rows),
            tuple(measure for measure in measures if measure.origin in finding.rows),
            tuple(contact for contact in planned if contact.pk in finding.rows),
        )
        fingerprint = _fingerprint(*about)
        found.append(Judged(finding, *about, fingerprint, written.get((finding.key, fingerprint))))
    return sorted(found, key=lambda one: not one.is_open)


def _fingerprint(
    goals: Iterable[Goal], measures: Iterable[Measure], contacts: Iterable[EmployerContact]
) -> str:
    parts = [
        *(entry_of_goal(goal).fingerprint for goal in goals),
        *(entry_of_measure(measure).fingerprint for measure in measures),
        *(f"{contact.pk} {contact.planned_for} {contact.about}" for contact in contacts),
    ]
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()


def _goal(goal: Goal, programme: Programme) -> PlannedGoal:
    known = programme.goal(goal.key)
    return PlannedGoal(
        goal.origin, goal.key, goal.target_on, frozenset(known.contradicts) if known else frozenset()
    )


def _measure(measure: Measure, programme: Programme) -> PlannedMeasure:
    known = programme.measure_kind(measure.kind)
    return PlannedMeasure(
        measure.origin,
        measure.owner_id,
        measure.goal,
        measure.since,
        measure.until,
        measure.state,
        is_exclusive=bool(known and known.exclusive),
        steers=bool(known and known.steers),
        employer=measure.employer_id,
    )
