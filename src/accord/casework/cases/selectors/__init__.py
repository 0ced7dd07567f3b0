"""Questions about cases; the actor comes first, and what she may not know is not there."""

from accord.casework.cases.selectors.disclosures import (
    Sight,
    consent_of_sight,
    disclosures_of,
    sight_of,
    sights_by_institution,
)
from accord.casework.cases.selectors.records import (
    documents_of,
    events_of,
    files_of,
    notes_of,
    participants_of,
    stages_of,
    steps_of,
)
from accord.casework.cases.selectors.shelves import (
    CasePage,
    Shelf,
    case_for,
    cases_page,
    changed_since_visit,
    is_disclosed_to,
    person_of,
    persons_of,
    steps_to_do,
)

__all__ = [
    "CasePage",
    "Shelf",
    "Sight",
    "case_for",
    "cases_page",
    "changed_since_visit",
    "consent_of_sight",
    "disclosures_of",
    "documents_of",
    "events_of",
    "files_of",
    "is_disclosed_to",
    "notes_of",
    "participants_of",
    "person_of",
    "persons_of",
    "sight_of",
    "sights_by_institution",
    "stages_of",
    "steps_of",
    "steps_to_do",
]
