"""What is overdue is not forgotten: who holds it is reminded. The worker's, daily."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max

from accord.casework.cases.models import Case
from accord.casework.medical.enums import Holder
from accord.casework.medical.selectors.following import Held, address_of, due_of, held_everywhere
from accord.casework.medical.services.passing import secretaries_of, tell_colleagues
from accord.foundation.accounts.models import User
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import WORKER
from accord.kernel.clock import SWISS_TIME
from accord.network.programmes.selectors import programme_for

KIND = "medical.overdue"


def remind_holders(*, on: date) -> int:
    """Remind who holds a request, an examination, a report or a measure whose day is over.

    Once for each clock, and again after the programme’s days of escalation; run twice on a day, it tells
    nothing more. Returns how many were due for a reminder.
    """
    held = held_everywhere(on)
    cases = Case.objects.in_bulk({one.case_id for one in held})
    last = _last_reminders(set(cases))
    told = 0
    for one in held:
        case = cases[one.case_id]
        days = programme_for(case.programme, case.programme_version).parameters
        due_on = due_of(one, days)
        again_after = timedelta(days=days["escalation_days"])
        reminded = last.get(address_of(one))
        if due_on >= on or (reminded is not None and due_on < reminded and on < reminded + again_after):
            continue
        _remind(one, case)
        told += 1
    return told


def _last_reminders(case_ids: set[UUID]) -> dict[str, date]:
    """By the address of what is held, the day on which somebody was last reminded of it."""
    rows = Notification.objects.filter(kind=KIND, case_id__in=case_ids).values_list("path")
    return {
        path: at.astimezone(SWISS_TIME).date() for path, at in rows.annotate(last=Max("created_at")) if at
    }


def _remind(held: Held, case: Case) -> None:
    is_doctor = held.holder == Holder.DOCTOR
    tell_colleagues(
        by=WORKER,
        case=case,
        users=User.objects.filter(pk__in=[held.doctor_id]) if is_doctor else secretaries_of(held.service_id),
        institution_id=held.service_id,
        kind=KIND,
        path=address_of(held),
    )
