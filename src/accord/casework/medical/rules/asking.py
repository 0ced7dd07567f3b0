"""The doctor is called when medical competence is needed, and not for what others can do (CII Valais)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST_LETTERS = 20
"""Shorter is no reason."""

WITHOUT_A_DOCTOR: Mapping[str, str] = {
    "certificate": "treating_doctor",
    "information": "institution",
}
"""Needs that others meet: the treating doctor sends what is missing, the institution says what it pays."""


@dataclass(frozen=True, slots=True)
class Plea:
    """Why the doctor is needed, and what was tried without her."""

    help_needed: str
    why_medical: str
    tried_before: str


def faults_of_plea(plea: Plea) -> tuple[str, ...]:
    """Fields that say too little: `why_medical`, `tried_before`."""
    told = {"why_medical": plea.why_medical, "tried_before": plea.tried_before}
    return tuple(name for name, text in told.items() if len(text.strip()) < LEAST_LETTERS)


def others_can(plea: Plea) -> str:
    """Who can give this answer without a doctor; nobody when it is empty."""
    return WITHOUT_A_DOCTOR.get(plea.help_needed, "")
