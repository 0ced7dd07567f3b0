"""How an invoice may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

INVOICE = Transitions(
    "invoice",
    {
        "received": ("pending", "accepted", "rejected", "noted"),
        "pending": ("accepted", "rejected", "cancelled", "noted"),
        "accepted": ("approved", "pending", "rejected", "cancelled"),
        "approved": ("ordered", "pending", "cancelled"),
        "ordered": ("paid",),
        "paid": (),
        "rejected": (),
        "cancelled": (),
        "noted": (),
    },
)
"""What was handed to the bank is not taken back here: a later cancellation waits for a person."""
