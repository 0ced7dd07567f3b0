"""The verbs of casework."""

from accord.casework.cases.services.circles import end_second_circle, join_second_circle
from accord.casework.cases.services.clocks import tell_overdue
from accord.casework.cases.services.closing import close_case, reopen_case
from accord.casework.cases.services.disclosing import (
    disclose,
    disclose_by_law,
    disclose_under,
    end_disclosures,
    expire_disclosures,
    forget_party,
    tell_of_case,
)
from accord.casework.cases.services.files import close_institution_file, open_institution_file
from accord.casework.cases.services.following import follow_case, tell_followers
from accord.casework.cases.services.merging import move_cases, move_cases_back
from accord.casework.cases.services.notifying import notify_institution, notify_parties
from accord.casework.cases.services.opening import accept_case, open_draft, set_state
from accord.casework.cases.services.participants import hand_over_lead, invite, leave, name_referent
from accord.casework.cases.services.reading import (
    Look,
    dismiss_news,
    note_visit,
    read_case,
    read_document,
    read_list,
)
from accord.casework.cases.services.records import (
    add_note,
    add_step,
    change_note,
    change_step,
    end_step,
    file_document,
    tell,
    touch,
)
from accord.casework.cases.services.stages import (
    enter_stage,
    gates_of,
    keep_gate,
    move_to_stage,
    next_stage,
    steps_are_done,
)

__all__ = [
    "Look",
    "accept_case",
    "add_note",
    "add_step",
    "change_note",
    "change_step",
    "close_case",
    "close_institution_file",
    "disclose",
    "disclose_by_law",
    "disclose_under",
    "dismiss_news",
    "end_disclosures",
    "end_second_circle",
    "end_step",
    "enter_stage",
    "expire_disclosures",
    "file_document",
    "follow_case",
    "forget_party",
    "gates_of",
    "hand_over_lead",
    "invite",
    "join_second_circle",
    "keep_gate",
    "leave",
    "move_cases",
    "move_cases_back",
    "move_to_stage",
    "name_referent",
    "next_stage",
    "note_visit",
    "notify_institution",
    "notify_parties",
    "open_draft",
    "open_institution_file",
    "read_case",
    "read_document",
    "read_list",
    "reopen_case",
    "set_state",
    "steps_are_done",
    "tell",
    "tell_followers",
    "tell_of_case",
    "tell_overdue",
    "touch",
]
