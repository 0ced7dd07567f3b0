"""What is known of a person and her measures, brought before the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from accord.casework.capacity.selectors import periods_of, summary_of
from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.selectors import person_of
from accord.casework.plans.enums import FindingKind
from accord.casework.plans.selectors import findings_of, sheet_of
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.kernel.periods import PartialDate
from accord.people.persons.models import Person
from accord.purchasing.measures.enums import FINANCED, STANDING, MeasureState, Presence
from accord.purchasing.measures.models import Attendance, IndividualMeasure
from accord.purchasing.measures.rules import (
    Check,
    Granted,
    Proposal,
    check_all,
    counted_days,
    participation_planned,
    read_catalogue,
)

OVER = (MeasureState.ENDED, MeasureState.STOPPED)
USUAL_ABSENCE = 30


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the counsellor typed, as far as the rules look at it."""

    kind: str
    plan_measure: UUID
    since: date
    until: date
    amount: Decimal
    hours_per_day: Decimal | None = None
    days_per_week: int | None = None
    wage: Decimal | None = None
    is_pupil: bool = False
    exceptional: str = ""
    entry: str = ""


def checks_for(
    actor: Actor, case: Case, proposed: Proposed | IndividualMeasure, *, but: UUID | None = None
) -> list[Check]:
    """Every rule's answer to a measure of the person of this case; `but` is the measure itself."""
    catalogue = read_catalogue()
    others = _others(actor, case, but)
    summary = summary_of(actor, case)
    return check_all(
        catalogue,
        Proposal(
            kind=proposed.kind,
            since=proposed.since,
            until=proposed.until,
            amount=proposed.amount,
            today=today(),
            age=age_of(person_of(actor, case), proposed.since),
            is_pupil=proposed.is_pupil,
            hours_per_day=proposed.hours_per_day,
            days_per_week=proposed.days_per_week,
            wage=proposed.wage,
            is_exceptional=bool(proposed.exceptional),
            incapacity=tuple(periods_of(actor, case)),
            says_entry=bool(proposed.entry),
            fitness=summary.fitness if summary else "",
            competing=_competing(actor, case, proposed.plan_measure),
            phase_ended_on=_phase_ended_on(others),
            others=tuple(map(_granted, others)),
        ),
    )


def age_of(person: Person | None, on: date) -> int | None:
    """Her age on a day; None while it is not known. Of a date known in part, the oldest that she may be."""
    if person is None or not person.birth_date:
        return None
    born = PartialDate.read(person.birth_date).earliest()
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _others(actor: Actor, case: Case, but: UUID | None) -> list[IndividualMeasure]:
    """Other measures of the person that stand or were financed, in whichever case."""
    counting = {*FINANCED, *STANDING}
    rows = IndividualMeasure.objects.filter(
        records_visible_to(actor), person=case.person_id, state__in=counting
    )
    return [row for row in rows.order_by("since") if row.pk != but]


def _granted(measure: IndividualMeasure) -> Granted:
    return Granted(
        measure.kind,
        measure.phase,
        measure.since,
        measure.until,
        measure.amount,
        _participation(measure) if measure.kind.startswith("socio_professional") else 0,
    )


def _participation(measure: IndividualMeasure) -> int:
    """Days that were attended, once the measure is over; until then those that are planned."""
    rows = Attendance.objects.filter(mandate__measure=measure).values_list("day", "presence")
    noted = [(day, Presence(presence)) for day, presence in rows]
    if measure.state not in OVER or not noted:
        return participation_planned(measure.since, measure.until, measure.days_per_week or 5)
    catalogue = read_catalogue()
    limit = catalogue.limit(catalogue.kinds[measure.kind], "uncounted_absence_over_days", measure.since)
    return counted_days(
        [day for day, presence in noted if presence == Presence.PRESENT],
        [day for day, presence in noted if presence == Presence.SICK],
        over=(limit.value if limit and limit.value else USUAL_ABSENCE),
    )


def _phase_ended_on(others: list[IndividualMeasure]) -> date | None:
    """The last day of rehabilitation, when nothing of it is left to do (LAI art. 14quater)."""
    phase = [other for other in others if other.phase == "rehabilitation" and other.kind != "advice"]
    if not phase or any(other.state not in OVER for other in phase):
        return None
    return max(other.until for other in phase)


def _competing(actor: Actor, case: Case, plan_measure: UUID) -> int:
    """How many findings of the plan say that another strategy takes the same days or the same care."""
    sheet = sheet_of(actor, case)
    return sum(
        judged.is_open
        and judged.finding.kind in (FindingKind.OVERLAP, FindingKind.CARE)
        and plan_measure in judged.finding.rows
        and any(measure.owner_id != actor.institution_id for measure in judged.measures)
        for judged in findings_of(actor, case, sheet)
    )
