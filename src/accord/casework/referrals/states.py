"""How an announcement may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

REFERRAL = Transitions(
    "referral",
    {
        "draft": ("sent", "withdrawn"),
        "sent": ("accepted", "declined", "asked_back", "expired", "withdrawn"),
        "asked_back": ("sent", "declined", "expired", "withdrawn"),
        "accepted": (),
        "declined": (),
        "expired": ("sent",),
        "withdrawn": (),
    },
)
