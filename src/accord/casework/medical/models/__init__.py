"""What the compartment holds."""

from accord.casework.medical.models.examinations import Examination, FollowUp, MedicalMeasure
from accord.casework.medical.models.exchange import Incoming, Outgoing
from accord.casework.medical.models.preparing import (
    ClarificationDue,
    DoctorContact,
    InterviewNotes,
    ReadMark,
    Release,
    TreatingDoctor,
)
from accord.casework.medical.models.reports import Icd10Code, Report
from accord.casework.medical.models.requests import Absence, MedicalRequest, Passing, Question, RegionDoctor

__all__ = [
    "Absence",
    "ClarificationDue",
    "DoctorContact",
    "Examination",
    "FollowUp",
    "Icd10Code",
    "Incoming",
    "InterviewNotes",
    "MedicalMeasure",
    "MedicalRequest",
    "Outgoing",
    "Passing",
    "Question",
    "ReadMark",
    "RegionDoctor",
    "Release",
    "Report",
    "TreatingDoctor",
]
