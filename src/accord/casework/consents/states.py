"""How an authorisation may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

CONSENT = Transitions(
    "consent",
    {
        "draft": ("active", "abandoned"),
        "active": ("revoked", "expired", "replaced"),
        "revoked": (),
        "expired": (),
        "replaced": (),
        "abandoned": (),
    },
)
