"""Receive and answer a communication; serve a préavis, hear those affected, decide."""

from accord.casework.detection.services.answering import (
    answer_communication,
    hold_interview,
    invite_to_interview,
    note_application,
    receive_communication,
    start_clock,
)
from accord.casework.detection.services.notifying import (
    record_decision,
    record_position,
    serve_notice,
)
from accord.casework.detection.services.printing import print_answer

__all__ = [
    "answer_communication",
    "hold_interview",
    "invite_to_interview",
    "note_application",
    "print_answer",
    "receive_communication",
    "record_decision",
    "record_position",
    "serve_notice",
    "start_clock",
]
