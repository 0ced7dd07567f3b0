"""How a part of the diagnosis may move."""

from __future__ import annotations

from accord.kernel.states import Transitions

SECTION = Transitions(
    "section",
    {
        "open": ("draft",),
        "draft": ("signed", "open"),
        "signed": ("draft", "open"),
    },
)
"""A signed part that is written on is a draft again; one that is given to another institution is open again."""
