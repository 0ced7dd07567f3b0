"""How a contact with an employer may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

CONTACT = Transitions("contact", {"open": ("done", "dropped"), "done": (), "dropped": ()})
