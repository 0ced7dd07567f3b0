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


REPORT = Transitions(
    "medical report",
    {
        "draft": ("signed",),
        "signed": ("handed_in",),
        "handed_in": ("filed",),
        "filed": (),
    },
)
"""Never back to a draft: what was signed is amended by a new edition."""

REPORT_HOLDERS: Mapping[str, str] = {
    "draft": "doctor",
    "signed": "secretariat",
    "handed_in": "secretariat",
    "filed": "nobody",
}

EXAMINATION = Transitions(
    "examination",
    {
        "ordered": ("appointed", "received", "cancelled"),
        "appointed": ("appointed", "received", "cancelled"),
        "received": ("read",),
        "read": ("concluded",),
        "concluded": (),
        "cancelled": (),
    },
)
"""The report comes through the doctor: it is read before anything is concluded from it."""

EXAMINATION_HOLDERS: Mapping[str, str] = {
    "ordered": "secretariat",
    "appointed": "secretariat",
    "received": "doctor",
    "read": "doctor",
    "concluded": "nobody",
    "cancelled": "nobody",
}

MEASURE = Transitions(
    "medical measure",
    {
        "agreed": ("underway", "done", "dropped"),
        "underway": ("underway", "done", "dropped"),
        "done": ("underway",),
        "dropped": ("underway",),
    },
)

OUTGOING = Transitions(
    "outgoing report",
    {
        "pending": ("written", "failed"),
        "failed": ("pending", "written"),
        "written": ("accepted", "refused"),
        "refused": ("pending",),
        "accepted": (),
    },
)
"""Nothing is lost: what failed or was refused can be sent again."""
