"""Questions of the person's window; the actor comes first."""

from accord.casework.window.selectors.chapters import CHAPTERS, Chapter, Door, Item, chapters_of
from accord.casework.window.selectors.letters import (
    LetterLine,
    case_of_number,
    letter_behind,
    letter_for,
    letter_numbered,
    letters_of,
)
from accord.casework.window.selectors.own import (
    own_case,
    own_consent,
    own_consents,
    own_document,
    own_documents,
    own_drafts,
    own_grid,
    own_participants,
    own_person,
    own_steps,
)
from accord.casework.window.selectors.readings import Day, readings_by_day, readings_page
from accord.casework.window.selectors.requests import (
    own_requests,
    request_for,
    request_lines,
    requests_page,
)
from accord.casework.window.selectors.sessions import actor_of_session, forget_window, size_of
from accord.casework.window.selectors.written import own_meeting

__all__ = [
    "CHAPTERS",
    "Chapter",
    "Day",
    "Door",
    "Item",
    "LetterLine",
    "actor_of_session",
    "case_of_number",
    "chapters_of",
    "forget_window",
    "letter_behind",
    "letter_for",
    "letter_numbered",
    "letters_of",
    "own_case",
    "own_consent",
    "own_consents",
    "own_document",
    "own_documents",
    "own_drafts",
    "own_grid",
    "own_meeting",
    "own_participants",
    "own_person",
    "own_requests",
    "own_steps",
    "readings_by_day",
    "readings_page",
    "request_for",
    "request_lines",
    "requests_page",
    "size_of",
]
