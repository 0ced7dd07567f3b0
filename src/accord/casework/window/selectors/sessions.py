"""The insured person's session: which case, by which letter, in which language and size."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any
from uuid import UUID

from accord.casework.window.enums import TextSize
from accord.casework.window.selectors.letters import letter_behind
from accord.kernel.actors import Actor

CASE, LETTER, LANGUAGE, SIZE = "window_case", "window_letter", "window_language", "window_size"


def actor_of_session(session: Mapping[str, Any]) -> Actor | None:
    """The person at her window; None when nobody came in, or the letter was revoked meanwhile."""
    try:
        case_id, letter_id = UUID(session.get(CASE, "")), UUID(session.get(LETTER, ""))
    except ValueError:
        return None
    if letter_behind(case_id, letter_id) is None:
        return None
    return Actor(window_case_id=case_id, language=str(session.get(LANGUAGE, "fr")))


def forget_window(session: MutableMapping[str, Any]) -> bool:
    """A colleague has signed in, or the letter ended: nothing of the window stays; says whether anything was."""
    was_open = CASE in session
    if was_open:
        for key in (CASE, LETTER, LANGUAGE):
            session.pop(key, None)
    return was_open


def size_of(session: Mapping[str, Any]) -> int:
    """How large the pages are written."""
    size = session.get(SIZE, TextSize.LARGE)
    return int(size) if size in TextSize.values else int(TextSize.LARGE)
