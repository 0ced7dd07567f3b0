"""How a case may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

CASE = Transitions(
    "case",
    {
        "draft": ("announced", "open", "withdrawn"),
        "announced": ("open", "declined", "expired", "withdrawn"),
        "open": ("closed",),
        "closed": ("open",),
        "declined": ("announced",),
        "expired": ("announced",),
        "withdrawn": (),
    },
)

STEP = Transitions(
    "step",
    {"open": ("done", "dropped"), "done": ("open",), "dropped": ("open",)},
)
