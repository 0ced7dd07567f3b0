"""Clocks that have run out are told once, to those who can do something about it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accord.casework.cases.enums import CaseState, StepState
from accord.casework.cases.models import Case, StageEntry, Step
from accord.casework.cases.services.notifying import notify_institution
from accord.foundation.notifications.models import Notification
from accord.kernel.clock import SWISS_TIME

KIND = "case.overdue"
LOOK_BACK = timedelta(days=14)
"""How long the worker may have been away without a clock being forgotten."""
RUNNING = (CaseState.OPEN, CaseState.ANNOUNCED)

Told = tuple[UUID, UUID]


@transaction.atomic
def tell_overdue(*, on: date) -> int:
    """Tell who leads of stages, and who must act of steps, whose day is over; each clock once.

    Returns how many institutions were told. Run twice on one day, it tells nothing more.
    """
    latest = _latest_overdue(on)
    told = _last_told({case_id for case_id, _institution in latest})
    due = [key for key, due_on in latest.items() if key not in told or told[key] <= due_on]
    cases = Case.objects.in_bulk({case_id for case_id, _institution in due})
    for case_id, institution_id in sorted(due):
        notify_institution(kind=KIND, case=cases[case_id], institution_id=institution_id)
    return len(due)


def _latest_overdue(on: date) -> dict[Told, date]:
    stages = StageEntry.objects.filter(left_at__isnull=True, case__state__in=RUNNING)
    steps = Step.objects.filter(state=StepState.OPEN, case__state__in=RUNNING)
    window = {"due_on__lt": on, "due_on__gte": on - LOOK_BACK}
    rows = [
        *stages.filter(**window).values_list("case_id", "case__lead_id", "due_on"),
        *steps.filter(**window).values_list("case_id", "assignee_id", "due_on"),
    ]
    latest: dict[Told, date] = {}
    for case_id, institution_id, due_on in rows:
        if due_on is None:
            continue
        key = (case_id, institution_id)
        latest[key] = max(due_on, latest.get(key, due_on))
    return latest


def _last_told(case_ids: set[UUID]) -> dict[Told, date]:
    messages = Notification.objects.filter(kind=KIND, case_id__in=case_ids)
    rows = messages.values_list("case_id", "institution_id").annotate(last=Max("created_at"))
    return {
        (case_id, institution_id): last.astimezone(SWISS_TIME).date()
        for case_id, institution_id, last in rows
        if case_id and institution_id
    }
