"""What an authorisation may be. Pure rules; the words are the service's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    return date(year, month, 28)


def check_period(since: date, until: date, today: date, max_months: int) -> str:
    """"order", "past" or "long" when the period cannot be, "" when it can.

    Consent is limited in time (national CII model; length: the programme's parameter).
    """
    if until < since:
        return "order"
    if until < today:
        return "past"
    return "long" if until > add_months(since, max_months) else ""


def check_grants(grants: Mapping[UUID, int], known: int) -> str:
    """"empty" when nothing is granted, "unknown" when a category is not the programme's, "" otherwise."""
    if not any(grants.values()):
        return "empty"
    return "unknown" if any(mask & ~known for mask in grants.values()) else ""


def is_narrower(before: Mapping[UUID, int], after: Mapping[UUID, int]) -> bool:
    """Whether `after` grants nothing new and something less."""
    nothing_new = all(mask & ~before.get(recipient, 0) == 0 for recipient, mask in after.items())
    return nothing_new and any(after.get(recipient, 0) != mask for recipient, mask in before.items())


def due_warning(until: date, today: date, warned: int | None, warning_days: tuple[int, ...]) -> int | None:
    """Which warning (30 days, 7 days) is due and was not given yet; None when none is."""
    left = (until - today).days
    due = [days for days in sorted(warning_days) if 0 <= left <= days]
    if not due:
        return None
    nearest = due[0]
    return nearest if warned is None or nearest < warned else None
