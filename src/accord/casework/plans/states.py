"""How a plan and its measures may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

PLAN = Transitions(
    "plan",
    {
        "draft": ("proposed",),
        "proposed": ("draft", "agreed"),
        "agreed": ("replaced",),
        "replaced": (),
    },
)

MEASURE = Transitions(
    "measure",
    {
        "planned": ("running", "done", "stopped"),
        "running": ("done", "stopped"),
        "done": ("running",),
        "stopped": ("running",),
    },
)
