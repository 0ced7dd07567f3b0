"""Who is the doctor of a region on a day: she, her replacement, or nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Away:
    """A doctor is away on these days; both ends belong to it."""

    doctor: UUID
    since: date
    until: date

    def covers(self, day: date) -> bool:
        """Whether she is away on this day."""
        return self.since <= day <= self.until


def is_away(doctor: UUID, day: date, absences: Iterable[Away]) -> bool:
    """Whether this doctor is away on this day."""
    return any(one.doctor == doctor and one.covers(day) for one in absences)


def suggested(doctor: UUID, replacement: UUID | None, day: date, absences: Iterable[Away]) -> UUID | None:
    """The doctor of the region, or her replacement while she is away; nobody when both are."""
    known = list(absences)
    for candidate in (doctor, replacement):
        if candidate is not None and not is_away(candidate, day, known):
            return candidate
    return None
