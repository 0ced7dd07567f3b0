"""The case, who takes part, who may see what, and what was written into it."""

from accord.casework.cases.models.case import Case, CaseCircle, Participant, StageEntry
from accord.casework.cases.models.disclosure import Disclosure
from accord.casework.cases.models.reading import Visit, WorkingCopy
from accord.casework.cases.models.records import CaseDocument, Event, Note, Record, Step

__all__ = [
    "Case",
    "CaseCircle",
    "CaseDocument",
    "Disclosure",
    "Event",
    "Note",
    "Participant",
    "Record",
    "StageEntry",
    "Step",
    "Visit",
    "WorkingCopy",
]
