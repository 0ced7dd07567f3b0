"""Days and hours of presence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from accord.kernel.actors import Actor
from accord.purchasing.measures.enums import Presence
from accord.purchasing.measures.models import Attendance
from accord.purchasing.measures.policies import shared_with_provider


@dataclass(frozen=True, slots=True)
class Attended:
    """Presence under a mandate from one day to another."""

    hours: dict[date, Decimal]
    absent: dict[date, Presence]

    @property
    def days(self) -> int:
        """How many days somebody was there."""
        return len(self.hours)

    @property
    def total(self) -> Decimal:
        """All hours together."""
        return sum(self.hours.values(), Decimal(0))


def attended(actor: Actor, mandate_id: UUID, since: date, until: date) -> Attended:
    """Hours by day of presence, and why by day of absence; days without a word are in neither."""
    rows = Attendance.objects.filter(mandate=mandate_id, day__range=(since, until))
    if not actor.is_worker:
        rows = rows.filter(shared_with_provider(actor))
    hours: dict[date, Decimal] = {}
    absent: dict[date, Presence] = {}
    for day, presence, count in rows.order_by("day").values_list("day", "presence", "hours"):
        if presence == Presence.PRESENT:
            hours[day] = count
        else:
            absent[day] = Presence(presence)
    return Attended(hours, absent)
