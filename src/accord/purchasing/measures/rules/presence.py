"""What may be noted for a day, and how many hours a month or a week holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Frame:
    """The days and ceilings of a mandate; without a number there is no ceiling."""

    since: date
    until: date
    hours_per_month: Decimal | None = None
    hours_per_week: Decimal | None = None
    rests: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a day cannot be noted: the day, which rule, and the numbers that its sentence needs."""

    day: date
    code: str
    most: Decimal | None = None
    total: Decimal | None = None


def faults_of_days(frame: Frame, days: Iterable[date], today: date) -> list[Fault]:
    """Days outside of the mandate, yet to come, or on which the measure rests."""
    found = []
    for day in days:
        if not frame.since <= day <= frame.until:
            found.append(Fault(day, "outside"))
        elif day > today:
            found.append(Fault(day, "future"))
        elif any(since <= day and (until is None or day <= until) for since, until in frame.rests):
            found.append(Fault(day, "rest"))
    return found


def faults_of_hours(frame: Frame, hours: Mapping[date, Decimal]) -> list[Fault]:
    """Months and weeks whose hours pass the ceiling, each named by the day that passed it."""
    found: list[Fault] = []
    if frame.hours_per_month is not None:
        found += _over(hours, frame.hours_per_month, "month", lambda day: (day.year, day.month))
    if frame.hours_per_week is not None:
        found += _over(hours, frame.hours_per_week, "week", lambda day: tuple(day.isocalendar()[:2]))
    return found


def _over(
    hours: Mapping[date, Decimal], most: Decimal, code: str, period: Callable[[date], Hashable]
) -> list[Fault]:
    totals: dict[Hashable, Decimal] = defaultdict(Decimal)
    found: dict[Hashable, Fault] = {}
    for day in sorted(hours):
        key = period(day)
        totals[key] += hours[day]
        if totals[key] > most:
            found[key] = Fault(found[key].day if key in found else day, code, most, totals[key])
    return list(found.values())
