"""The verbs of the medical compartment."""

from accord.casework.medical.services.allocating import allocate_request
from accord.casework.medical.services.asking import ask_doctor, decline_request, withdraw_request
from accord.casework.medical.services.clarifying import raise_clarification, settle_clarification
from accord.casework.medical.services.contacting import Learnt, keep_contact, may_be_asked, write_contact
from accord.casework.medical.services.interviewing import write_notes
from accord.casework.medical.services.passing import lock_request, pass_on
from accord.casework.medical.services.preparing import prepare_form, whenever_prepared
from accord.casework.medical.services.reading import mark_read, read_of_case, read_request, read_requests
from accord.casework.medical.services.regions import end_absence, name_region_doctor, note_absence
from accord.casework.medical.services.releasing import name_treating_doctor, record_release, revoke_release
from accord.casework.medical.services.scheduling import schedule_interview, settle_interview

__all__ = [
    "Learnt",
    "allocate_request",
    "ask_doctor",
    "decline_request",
    "end_absence",
    "keep_contact",
    "lock_request",
    "mark_read",
    "may_be_asked",
    "name_region_doctor",
    "name_treating_doctor",
    "note_absence",
    "pass_on",
    "prepare_form",
    "raise_clarification",
    "read_of_case",
    "read_request",
    "read_requests",
    "record_release",
    "revoke_release",
    "schedule_interview",
    "settle_clarification",
    "settle_interview",
    "whenever_prepared",
    "withdraw_request",
    "write_contact",
    "write_notes",
]
