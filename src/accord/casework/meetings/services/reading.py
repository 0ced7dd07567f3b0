"""Reading is an act: it is journalled."""

from __future__ import annotations

from collections.abc import Iterable

from accord.casework.meetings.models import Meeting
from accord.foundation.journal.services import record_read
from accord.kernel.actors import Actor


def read_meeting(*, by: Actor, meeting: Meeting, what: str = "meeting", legal_basis: str = "") -> None:
    """Journal that a meeting, or something of it, was shown to the actor."""
    record_read(
        by=by,
        subject_kind=what,
        subject_id=meeting.pk,
        subject_label=meeting.case.number,
        cases=[meeting.case_id],
        legal_basis=legal_basis,
    )


def read_meetings(*, by: Actor, meetings: Iterable[Meeting], what: str = "meeting list") -> None:
    """Journal that a list showed these meetings: one entry for the whole list, none when it is empty."""
    if cases := sorted({meeting.case_id for meeting in meetings}):
        record_read(by=by, subject_kind=what, cases=cases)
