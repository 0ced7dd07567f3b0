"""The verbs of meetings."""

from accord.casework.meetings.services.answering import (
    answer_as_person,
    answer_invitation,
    tell_person_answers,
)
from accord.casework.meetings.services.feeds import read_feed, renew_feed
from accord.casework.meetings.services.holding import hold_meeting
from accord.casework.meetings.services.inviting import (
    resend_invitation,
    send_invitation,
    wake_due_invitations,
)
from accord.casework.meetings.services.listening import whenever_settled
from accord.casework.meetings.services.mailbox import read_mailbox
from accord.casework.meetings.services.minuting import amend_minutes, sign_minutes, write_minutes
from accord.casework.meetings.services.moving import cancel_meeting, move_meeting
from accord.casework.meetings.services.printing import print_letter
from accord.casework.meetings.services.reading import read_meeting, read_meetings
from accord.casework.meetings.services.replying import take_reply
from accord.casework.meetings.services.reseating import reseat_meeting
from accord.casework.meetings.services.rooms import keep_room
from accord.casework.meetings.services.scheduling import SeatWish, schedule_meeting, set_agenda
from accord.casework.meetings.services.sorting import attach_reply, discard_reply

__all__ = [
    "SeatWish",
    "amend_minutes",
    "answer_as_person",
    "answer_invitation",
    "attach_reply",
    "cancel_meeting",
    "discard_reply",
    "hold_meeting",
    "keep_room",
    "move_meeting",
    "print_letter",
    "read_feed",
    "read_mailbox",
    "read_meeting",
    "read_meetings",
    "renew_feed",
    "reseat_meeting",
    "resend_invitation",
    "schedule_meeting",
    "send_invitation",
    "set_agenda",
    "sign_minutes",
    "take_reply",
    "tell_person_answers",
    "wake_due_invitations",
    "whenever_settled",
    "write_minutes",
]
