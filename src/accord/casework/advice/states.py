"""How a question may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

QUESTION = Transitions(
    "question",
    {
        "asked": ("answered", "closed", "expired"),
        "answered": ("answered", "asked", "closed"),
        "expired": ("answered", "closed"),
        "closed": (),
    },
)
