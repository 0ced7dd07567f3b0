"""Questions about the medical compartment; the actor comes first, and what she may not know is not there."""

from accord.casework.medical.selectors.desks import (
    AskedLine,
    DoctorDesk,
    InterviewLine,
    SecretariatDesk,
    doctor_desk,
    secretariat_desk,
)
from accord.casework.medical.selectors.following import FollowingToDo, following_on_worklist
from accord.casework.medical.selectors.preparing import (
    DocumentToRead,
    clarification_for,
    contact_draft_of,
    contacts_of,
    documents_to_read,
    notes_of,
    release_for,
    treating_doctor_for,
    treating_doctors_of,
)
from accord.casework.medical.selectors.regions import (
    absences_listed,
    absences_of,
    doctors_of,
    region_doctors,
    regions_of_service,
    suggested_doctor,
)
from accord.casework.medical.selectors.requests import (
    passings_of,
    questions_of,
    request_for,
    requests_of_case,
)
from accord.casework.medical.selectors.steps import (
    ClarificationToDo,
    MedicalDuration,
    MedicalStep,
    clarifications_on_worklist,
    medical_durations,
    requests_on_worklist,
    steps_of_case,
)

__all__ = [
    "AskedLine",
    "ClarificationToDo",
    "DoctorDesk",
    "DocumentToRead",
    "FollowingToDo",
    "InterviewLine",
    "MedicalDuration",
    "MedicalStep",
    "SecretariatDesk",
    "absences_listed",
    "absences_of",
    "clarification_for",
    "clarifications_on_worklist",
    "contact_draft_of",
    "contacts_of",
    "doctor_desk",
    "doctors_of",
    "documents_to_read",
    "following_on_worklist",
    "medical_durations",
    "notes_of",
    "passings_of",
    "questions_of",
    "region_doctors",
    "regions_of_service",
    "release_for",
    "request_for",
    "requests_of_case",
    "requests_on_worklist",
    "secretariat_desk",
    "steps_of_case",
    "suggested_doctor",
    "treating_doctor_for",
    "treating_doctors_of",
]
