"""How a request to the doctor may move, and who has the next act in each state."""

from __future__ import annotations

from collections.abc import Mapping

from accord.kernel.states import Transitions

REQUEST = Transitions(
    "medical request",
    {
        "requested": ("allocated", "declined", "withdrawn"),
        "allocated": ("scheduled", "drafted", "declined", "withdrawn"),
        "scheduled": ("interviewed", "allocated", "withdrawn"),
        "interviewed": ("drafted", "allocated"),
        "drafted": ("signed",),
        "signed": ("handed_in",),
        "handed_in": ("filed",),
        "filed": (),
        "declined": (),
        "withdrawn": (),
    },
)
"""`allocated → drafted`: a precise question needs no interview. Back to `allocated`: the person did not come,
or the meeting was cancelled, and it must be scheduled anew."""

HOLDERS: Mapping[str, str] = {
    "requested": "secretariat",
    "allocated": "secretariat",
    "scheduled": "doctor",
    "interviewed": "doctor",
    "drafted": "doctor",
    "signed": "secretariat",
    "handed_in": "secretariat",
    "filed": "nobody",
    "declined": "nobody",
    "withdrawn": "nobody",
}
"""Nothing falls between two chairs: every state has its holder."""


def holder_in(state: str, kind: str) -> str:
    """Who has the next act; a precise question goes straight from the secretariat to the doctor."""
    if state == "allocated" and kind == "advice":
        return "doctor"
    return HOLDERS[state]
