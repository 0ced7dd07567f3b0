"""Arrange, write, sign and contradict the joint diagnosis."""

from accord.casework.diagnosis.services.arranging import arrange_diagnosis, claim_section
from accord.casework.diagnosis.services.differing import (
    answer_difference,
    note_difference,
    settle_difference,
)
from accord.casework.diagnosis.services.writing import save_draft, sign_section

__all__ = [
    "answer_difference",
    "arrange_diagnosis",
    "claim_section",
    "note_difference",
    "save_draft",
    "settle_difference",
    "sign_section",
]
