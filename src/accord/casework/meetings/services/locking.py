"""Take a meeting in hand: one writer at a time."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from accord.casework.cases.services.locking import lock_record
from accord.casework.meetings.models import Meeting
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Decision


def lock_meeting(by: Actor, meeting_id: UUID, may: Callable[[Actor, Meeting], Decision]) -> Meeting:
    """The meeting with its case, locked, once the policy has said yes.

    Raises Meeting.DoesNotExist when the actor may not know of it, and Refused.
    """
    return lock_record(by, Meeting, meeting_id, may)


def linked_to(meeting: Meeting) -> Meeting | None:
    """The meeting that stands and falls with this one, while it is still planned: before it, or after it."""
    planned = Meeting.objects.select_for_update(of=("self",)).select_related("case", "room")
    planned = planned.filter(state="planned")
    if meeting.follows_id:
        return planned.filter(pk=meeting.follows_id).first()
    return planned.filter(follows=meeting).first()


def count_change(meeting: Meeting) -> None:
    """A change that calendars must learn of: a newer version with a higher SEQUENCE (RFC 5545 3.8.7.4)."""
    meeting.sequence += 1
    meeting.version += 1
    meeting.updated_at = now()
