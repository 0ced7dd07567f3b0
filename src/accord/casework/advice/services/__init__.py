"""Verbs of advice."""

from accord.casework.advice.services.asking import (
    add_to_question,
    announce_from_question,
    answer_question,
    ask_question,
    close_question,
)
from accord.casework.advice.services.reminding import remind_escalate_and_expire

__all__ = [
    "add_to_question",
    "announce_from_question",
    "answer_question",
    "ask_question",
    "close_question",
    "remind_escalate_and_expire",
]
