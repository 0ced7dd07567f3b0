"""Until when a request must go on; the days are the programme’s own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

CLOCKS: Mapping[str, str] = {
    "requested": "medical_desk_days",
    "allocated": "medical_desk_days",
    "interviewed": "medical_report_days",
    "drafted": "medical_report_days",
    "signed": "medical_desk_days",
    "handed_in": "medical_desk_days",
}
"""State → parameter of the programme. A request whose interview is fixed waits for its day."""


def due_in(
    state: str, since: date, days: Mapping[str, int], *, kind: str = "full", meets_on: date | None = None
) -> date | None:
    """The last day for the next act; None when there is no next act."""
    if state == "scheduled":
        return meets_on
    if state == "allocated" and kind == "advice":
        return since + timedelta(days=days["medical_report_days"])
    return since + timedelta(days=days[CLOCKS[state]]) if state in CLOCKS else None


def due_afterwards(holder: str, since: date, days: Mapping[str, int]) -> date:
    """The last day for what follows a first report: the secretariat’s days, or the doctor’s."""
    return since + timedelta(days=days["medical_report_days" if holder == "doctor" else "medical_desk_days"])
