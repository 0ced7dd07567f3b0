"""How a measure, its mandate and a report may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

MEASURE = Transitions(
    "individual measure",
    {
        "proposed": ("validated", "refused", "withdrawn", "lapsed"),
        "validated": ("running", "withdrawn"),
        "running": ("interrupted", "ended", "stopped"),
        "interrupted": ("running", "ended", "stopped"),
        "ended": (),
        "stopped": (),
        "refused": (),
        "withdrawn": (),
        "lapsed": (),
    },
)

MANDATE = Transitions(
    "mandate",
    {
        "given": ("running", "cancelled"),
        "running": ("interrupted", "ended", "stopped"),
        "interrupted": ("running", "ended", "stopped"),
        "ended": (),
        "stopped": (),
        "cancelled": (),
    },
)

REPORT = Transitions(
    "report",
    {
        "awaited": ("sent", "waived"),
        "sent": ("asked_back", "accepted"),
        "asked_back": ("sent", "waived"),
        "accepted": (),
        "waived": (),
    },
)
