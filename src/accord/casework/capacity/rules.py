"""Rules about incapacity and capacity: pure, each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

LONG_RUN_DAYS = 30
"""From so many consecutive days on, early detection is usual. Former RAI art. 1ter al. 1, still on the pages of
the offices: a soft criterion, which warns and never forbids."""
ONE_DAY = timedelta(days=1)
ONE_YEAR = timedelta(days=365)


class Absence(Protocol):
    """A period at a rate; without a last day it goes on."""

    @property
    def rate(self) -> int:
        """Incapacity in percent."""
        ...

    @property
    def since(self) -> date:
        """The first day."""
        ...

    @property
    def until(self) -> date | None:
        """The last day, None for an open end."""
        ...


def overlap(one: Absence, other: Absence) -> bool:
    """Whether two periods share a day."""
    return one.since <= (other.until or date.max) and other.since <= (one.until or date.max)


def runs_on(period: Absence, day: date) -> bool:
    """Whether a period covers this day."""
    return period.since <= day and (period.until is None or day <= period.until)


def runs_of(periods: Iterable[Absence], on: date) -> list[tuple[date, date]]:
    """Stretches of consecutive days without full capacity, whoever said so, as known on this day.

    A period of 0 % is full capacity; an open end is counted up to the day.
    """
    spans = sorted((p.since, min(p.until or on, on)) for p in periods if p.rate > 0 and p.since <= on)
    runs: list[tuple[date, date]] = []
    for since, until in spans:
        if runs and since <= runs[-1][1] + ONE_DAY:
            runs[-1] = (runs[-1][0], max(until, runs[-1][1]))
        else:
            runs.append((since, until))
    return runs


def _days(run: tuple[date, date]) -> int:
    return (run[1] - run[0]).days + 1


def longest_run(periods: Iterable[Absence], on: date) -> int:
    """Days of the longest incapacity without a break, as known on this day; 0 when there is none."""
    return max((_days(run) for run in runs_of(periods, on)), default=0)


def short_absences_within(periods: Iterable[Absence], year: date) -> int:
    """How many absences shorter than thirty days began within the year that ends on this day."""
    return sum(1 for run in runs_of(periods, year) if run[0] > year - ONE_YEAR and _days(run) < LONG_RUN_DAYS)


@dataclass(frozen=True, slots=True)
class WorkCapacity:
    """How much of an activity is possible: in time, and in what is done in that time.

    Opinions of the medical service state both (OAI Neuchâtel, report 2014: « temps et rendement »).
    """

    time: int
    performance: int
    since: date

    @property
    def is_sound(self) -> bool:
        """Both numbers are percentages."""
        return 0 <= self.time <= 100 and 0 <= self.performance <= 100

    @property
    def overall(self) -> int:
        """Time and performance together, in percent."""
        return round(self.time * self.performance / 100)


@dataclass(frozen=True, slots=True)
class Limitation:
    """What the person cannot do or must avoid at work, and whether for good."""

    function: str
    effect: str
    is_lasting: bool


@dataclass(frozen=True, slots=True)
class Conclusions:
    """What a functional summary says: no diagnosis, no treatment."""

    usual: WorkCapacity | None = None
    adapted: WorkCapacity | None = None
    limitations: tuple[Limitation, ...] = ()
    expectations: str = ""
    fitness: str = "unknown"
    conditions: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be told."""
        return not (
            self.usual or self.adapted or self.limitations or self.expectations or self.fitness != "unknown"
        )
