"""When reports of a mandate are due: parameters of the convention, no text gives official numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Due:
    """A report and its day."""

    kind: str
    on: date


def reports_due(since: date, until: date, *, interim_percent: int, final_days_before: int) -> list[Due]:
    """An interim report at a share of the duration, a final one some days before the end.

    The final one is never due before the first day; a mandate too short for two reports has the final one only.
    """
    length = (until - since).days
    interim = since + timedelta(days=length * interim_percent // 100)
    final = max(since, until - timedelta(days=final_days_before))
    return [
        *([Due("interim", interim)] if since < interim < final else []),
        Due("final", final),
    ]
