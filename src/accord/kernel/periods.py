"""Periods in whole days, and dates of birth of which life gives only a part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the day, to the month, or only to the year (eCH-0044 dateOfBirth)."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def read(cls, typed: str) -> PartialDate:
        """Read "22.11.1980", "22/11/1980", "1980-11-22", "11.1980" or "1980"; ValueError otherwise."""
        text = typed.strip()
        for pattern in (
            r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})",
            r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
            r"(?P<month>\d{1,2})[./](?P<year>\d{4})",
            r"(?P<year>\d{4})-(?P<month>\d{1,2})",
            r"(?P<year>\d{4})",
        ):
            if match := re.fullmatch(pattern, text, re.ASCII):
                parts = {name: int(value) for name, value in match.groupdict().items()}
                found = cls(parts["year"], parts.get("month"), parts.get("day"))
                found.earliest()
                return found
        raise ValueError("not a date")

    def earliest(self) -> date:
        """The first day that it may mean; ValueError if there is no such day."""
        return date(self.year, self.month or 1, self.day or 1)

    def iso(self) -> str:
        """1980, 1980-11 or 1980-11-22: as stored, and sorted rightly as text."""
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
            if self.day:
                text += f"-{self.day:02d}"
        return text

    def display(self) -> str:
        """22.11.1980, 11.1980 or 1980."""
        return ".".join(reversed(self.iso().split("-")))
