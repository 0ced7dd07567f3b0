"""How a request of the person may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

REQUEST = Transitions(
    "person request",
    {
        "received": ("in_progress", "done", "refused"),
        "in_progress": ("done", "refused"),
        "done": (),
        "refused": (),
    },
)
