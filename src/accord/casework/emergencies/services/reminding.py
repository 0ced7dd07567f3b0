"""Remind the officers of what waits for a review, and tell the managers when it is late."""

from __future__ import annotations

from datetime import date

from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.emergencies.rules import REMINDER, is_late, reminder_is_due
from accord.casework.emergencies.selectors import managers_at, officers_at
from accord.casework.emergencies.services.alerting import tell_colleagues
from accord.kernel.clock import now


def remind_reviewers(*, on: date) -> int:
    """Tell each officer once when a review is near, and each manager once when it is late; returns how many."""
    waiting = list(
        EmergencyAccess.objects.select_for_update(of=("self",)).filter(
            reviewed_at__isnull=True, review_due_on__lte=on + REMINDER
        )
    )
    houses = [access.institution_id for access in waiting]
    officers, managers = officers_at(houses), managers_at(houses)
    told = 0
    for access in waiting:
        house = access.institution_id
        if access.reminded_at is None and reminder_is_due(access.review_due_on, on):
            tell_colleagues("emergency.review_due", access, house, officers.get(house, []))
            access.reminded_at = now()
            told += 1
        if access.escalated_at is None and is_late(access.review_due_on, on):
            both = {*officers.get(house, []), *managers.get(house, [])}
            tell_colleagues("emergency.review_late", access, house, both)
            access.escalated_at = now()
            told += 1
        access.save(update_fields=["reminded_at", "escalated_at"])
    return told
