"""Apps above hear what became of a meeting, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable

from accord.casework.meetings.models import Meeting
from accord.kernel.actors import Actor

Listener = Callable[[Actor, Meeting], None]
_listeners: list[Listener] = []


def whenever_settled(listener: Listener) -> None:
    """An app above wishes to know of each meeting that was held, moved or cancelled."""
    _listeners.append(listener)


def tell_listeners(by: Actor, meeting: Meeting) -> None:
    """Tell them, after the meeting was written."""
    for listen in _listeners:
        listen(by, meeting)
