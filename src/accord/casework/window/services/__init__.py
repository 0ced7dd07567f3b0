"""Open the window, act at it, and answer the person."""

from accord.casework.window.services.answering import answer_request, take_up
from accord.casework.window.services.asking import ask
from accord.casework.window.services.deciding import decline, keep_only, sign, take_back
from accord.casework.window.services.entering import enter, forget_attempts, note_leaving
from accord.casework.window.services.letters import issue_letter, revoke_letter
from accord.casework.window.services.taking import SCHEMA, data_as_pdf, data_of

__all__ = [
    "SCHEMA",
    "answer_request",
    "ask",
    "data_as_pdf",
    "data_of",
    "decline",
    "enter",
    "forget_attempts",
    "issue_letter",
    "keep_only",
    "note_leaving",
    "revoke_letter",
    "sign",
    "take_back",
    "take_up",
]
