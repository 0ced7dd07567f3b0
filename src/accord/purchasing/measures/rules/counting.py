"""Days of participation: a year of reinsertion is 230 of them, and long absences for health do not count."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

DAY = timedelta(days=1)


def counted_days(present: Collection[date], sick: Collection[date], *, over: int) -> int:
    """Days that count: present, or absent for health in a stretch of at most `over` calendar days (RAI 4sexies).

    A stretch runs from one day of presence to the next: weekends between two sick days belong to it.
    """
    return len(set(present)) + len(set(sick) - uncounted_days(present, sick, over=over))


def uncounted_days(present: Collection[date], sick: Collection[date], *, over: int) -> set[date]:
    """Sick days of stretches longer than `over` consecutive calendar days."""
    found: set[date] = set()
    stretch: list[date] = []
    there = sorted(set(present))
    for day in sorted(set(sick)):
        if stretch and any(stretch[-1] < one < day for one in there):
            found |= _long(stretch, over)
            stretch = []
        stretch.append(day)
    return found | _long(stretch, over)


def _long(stretch: list[date], over: int) -> set[date]:
    if stretch and (stretch[-1] - stretch[0]).days + 1 > over:
        return set(stretch)
    return set()


def counted_periods(periods: Iterable[tuple[date, date]]) -> int:
    """Calendar days that lie in at least one of the periods, both ends included."""
    total, reached = 0, date.min
    for since, until in sorted(periods):
        begins = max(since, reached)
        if until >= begins:
            total += (until - begins).days + 1
            reached = until + DAY
    return total


def participation_planned(since: date, until: date, days_a_week: int) -> int:
    """How many days of participation a period holds: so many of each week, from Monday on."""
    whole, rest = divmod((until - since).days + 1, 7)
    weekdays = [(since + timedelta(days=number)).weekday() for number in range(rest)]
    return whole * days_a_week + sum(weekday < days_a_week for weekday in weekdays)
