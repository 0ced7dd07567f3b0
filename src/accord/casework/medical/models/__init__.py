"""What the compartment holds."""

from accord.casework.medical.models.preparing import (
    ClarificationDue,
    DoctorContact,
    InterviewNotes,
    ReadMark,
    Release,
    TreatingDoctor,
)
from accord.casework.medical.models.requests import Absence, MedicalRequest, Passing, Question, RegionDoctor

__all__ = [
    "Absence",
    "ClarificationDue",
    "DoctorContact",
    "InterviewNotes",
    "MedicalRequest",
    "Passing",
    "Question",
    "ReadMark",
    "RegionDoctor",
    "Release",
    "TreatingDoctor",
]
