"""How long a stage took, who must act in it, and in which quarter it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accord.kernel.clock import SWISS_TIME

BUCKETS = (7, 14, 30, 60, 90, 180)
"""Upper ends, in days, of the classes of the distribution; the last class is open."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A case stood in a stage, from one instant to another; without end while it still does."""

    entered_at: datetime
    left_at: datetime | None


def days_between(since: datetime, until: datetime) -> int:
    """Calendar days where the caseworker sits: 0 on the same day, and a short or long day is one day."""
    return (until.astimezone(SWISS_TIME).date() - since.astimezone(SWISS_TIME).date()).days


def took(stays: Iterable[Stay], *, at: datetime) -> tuple[int, bool]:
    """How many days a case stood in a stage in all, and whether it is over.

    Several stays (a stage entered again, a case reopened) add up; what lay between them does not count. While
    one of them runs, the stage is not over: its days so far are told apart, never mixed with what ended.
    """
    all_stays = list(stays)
    days = sum(days_between(stay.entered_at, stay.left_at or at) for stay in all_stays)
    return days, all(stay.left_at is not None for stay in all_stays)


def days_lost(due_on: date | None, until: date) -> int:
    """Days over the deadline; none without a deadline, and none when it was met."""
    return max(0, (until - due_on).days) if due_on else 0


def who_must_act(
    holder: str, *, announcer: UUID, desk: UUID | None, lead: UUID, is_asked_back: bool = False
) -> UUID:
    """The institution that has the next act: the announcer while the desk asks back, else the stage's holder.

    Where no desk was named yet, who leads acts for it.
    """
    if is_asked_back or holder == "announcer":
        return announcer
    return (desk or lead) if holder == "desk" else lead


def year_of(day: date) -> str:
    """2026."""
    return f"{day.year:04d}"


def quarter_of(day: date) -> str:
    """2026-T4."""
    return f"{day.year:04d}-T{(day.month + 2) // 3}"


def bucket_of(days: int) -> int:
    """The class of the distribution in which a duration falls."""
    return next((place for place, most in enumerate(BUCKETS) if days <= most), len(BUCKETS))
