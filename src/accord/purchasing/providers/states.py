"""How an offer of service, and a proposed price, may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

OFFER = Transitions(
    "offer",
    {
        "draft": ("submitted",),
        "submitted": ("questioned", "proposed"),
        "questioned": ("submitted", "proposed"),
        "proposed": ("accepted", "refused", "submitted"),
        "accepted": (),
        "refused": (),
    },
)

PROPOSAL = Transitions(
    "proposal",
    {"open": ("countered", "agreed", "withdrawn"), "countered": (), "agreed": (), "withdrawn": ()},
)
