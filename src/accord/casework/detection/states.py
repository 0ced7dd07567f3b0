"""How a communication may move: each act once, the interview only if it is wanted."""

from __future__ import annotations

from accord.kernel.states import Transitions

DETECTION = Transitions(
    "detection",
    {
        "received": ("invited", "answered"),
        "invited": ("held", "answered"),
        "held": ("answered",),
        "answered": ("applied",),
        "applied": (),
    },
)
