"""Time as it is poured: minutes since a first day, reckoned once and not for each row."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from accord.kernel.clock import now

DAY = 24 * 60


class Calendar:
    """Minutes since a first day, as PostgreSQL reads them; reckoned once, not for each row."""

    def __init__(self, first: date, days: int) -> None:
        self._first = datetime(first.year, first.month, first.day, tzinfo=now().tzinfo)
        self._days = [(first + timedelta(days=number)).isoformat() for number in range(days)]
        self._clock = [f" {minute // 60:02d}:{minute % 60:02d}+00" for minute in range(DAY)]
        self._milliseconds = int(self._first.timestamp() * 1000)

    def minute(self, instant: datetime) -> int:
        """The minute of an instant."""
        return int((instant - self._first).total_seconds() // 60)

    def at(self, minute: int) -> str:
        """An instant."""
        return self._days[minute // DAY] + self._clock[minute % DAY]

    def on(self, minute: int) -> str:
        """Its day."""
        return self._days[minute // DAY]

    def key(self, minute: int) -> str:
        """How keys of version 7 that are made in this minute begin."""
        digits = f"{self._milliseconds + minute * 60_000:012x}"
        return f"{digits[:8]}-{digits[8:]}"
