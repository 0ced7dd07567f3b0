"""What measures want of an office, for home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.selectors.conditions import shown_name
from accord.kernel.actors import Actor
from accord.purchasing.measures.enums import MeasureState, ReportState
from accord.purchasing.measures.models import IndividualMeasure, Report
from accord.purchasing.measures.policies import counsels

MOST = 20


@dataclass(frozen=True, slots=True)
class MeasureToDo:
    """A measure to validate before its first day, or (`report_id`) a report to read."""

    case_id: UUID
    number: str
    who: str | None
    since: datetime
    due_on: date | None
    measure_id: UUID
    report_id: UUID | None = None


def measures_on_worklist(actor: Actor, *, only_mine: bool) -> list[MeasureToDo]:
    """Measures that wait for a second pair of eyes, and reports that came in; two queries, none for others."""
    if not counsels(actor):
        return []
    proposed = IndividualMeasure.objects.filter(
        records_visible_to(actor), owner_id=actor.institution_key, state=MeasureState.PROPOSED
    ).exclude(author_id=actor.user_key)
    sent = Report.objects.filter(mandate__owner_id=actor.institution_key, state=ReportState.SENT)
    if only_mine:
        sent = sent.filter(Q(mandate__counsellor_id=actor.user_key) | Q(mandate__counsellor=None))
    return [
        *(
            MeasureToDo(*row)
            for row in proposed.order_by("since", "id").values_list(
                "case_id", "case__number", shown_name(actor, "case__person_id"), "created_at", "since", "id"
            )[:MOST]
        ),
        *(
            MeasureToDo(case, number, who, at, None, measure, report)
            for case, number, who, at, measure, report in sent.order_by("sent_at", "id").values_list(
                "mandate__case_id",
                "mandate__case__number",
                shown_name(actor, "mandate__case__person_id"),
                "sent_at",
                "mandate__measure_id",
                "id",
            )[:MOST]
        ),
    ]
