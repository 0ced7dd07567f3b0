"""What is true of a plan, whatever the screen: pure Python, no database."""

from accord.casework.plans.rules.comparing import Change, Entry, changed_since, differences, fingerprint_of
from accord.casework.plans.rules.competing import (
    Approach,
    Finding,
    Goal,
    Measure,
    Strategies,
    competing,
    gaps,
)

__all__ = [
    "Approach",
    "Change",
    "Entry",
    "Finding",
    "Goal",
    "Measure",
    "Strategies",
    "changed_since",
    "competing",
    "differences",
    "fingerprint_of",
    "gaps",
]
