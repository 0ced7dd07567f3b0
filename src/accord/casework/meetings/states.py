"""How a meeting and its minutes may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

MEETING = Transitions("meeting", {"planned": ("held", "cancelled"), "held": (), "cancelled": ()})
MINUTES = Transitions("minutes", {"draft": ("signed",), "signed": ()})
DELIVERY = Transitions(
    "delivery",
    {
        "pending": ("sent", "failed", "needless"),
        "sent": ("pending",),
        "failed": ("pending", "needless"),
        "needless": (),
    },
)
"""What was sent or failed may be sent again, at the organiser’s wish."""
