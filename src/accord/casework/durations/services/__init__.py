"""Verbs of clocks and durations."""

from accord.casework.durations.services.calculating import (
    ask_for_calculation,
    calculate_all,
    calculate_now,
    calculate_part,
)
from accord.casework.durations.services.escalating import end_met_escalations, escalate

__all__ = [
    "ask_for_calculation",
    "calculate_all",
    "calculate_now",
    "calculate_part",
    "end_met_escalations",
    "escalate",
]
