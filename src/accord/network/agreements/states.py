"""How a convention may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

AGREEMENT = Transitions(
    "agreement",
    {
        "draft": ("negotiation", "approved", "abandoned"),
        "negotiation": ("approved", "abandoned"),
        "approved": ("signing", "negotiation", "abandoned"),
        "signing": ("signed", "in_force", "negotiation", "abandoned"),
        "signed": ("in_force", "terminated", "ended"),
        "in_force": ("expired", "terminated", "ended"),
        "expired": (),
        "terminated": (),
        "ended": (),
        "abandoned": (),
    },
)
"""An adoption has no text of its own to negotiate: it is approved as it was drafted, then signed."""
