"""Note that a meeting was held, and who was there."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import EventKind
from accord.casework.cases.services import tell
from accord.casework.cases.services.locking import lock_case
from accord.casework.meetings.enums import MeetingState
from accord.casework.meetings.models import Meeting, Seat
from accord.casework.meetings.policies import can_hold
from accord.casework.meetings.services.checking import told_of
from accord.casework.meetings.services.listening import tell_listeners
from accord.casework.meetings.services.locking import lock_meeting
from accord.casework.meetings.states import MEETING
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused


@transaction.atomic
def hold_meeting(
    *, by: Actor, meeting_id: UUID, attended: Collection[UUID], person_came: bool = False
) -> Meeting:
    """Note who came, by seat; without the person an assessment does not count as held.

    Doing so twice changes nothing.
    """
    meeting = Meeting.objects.filter(pk=meeting_id, state=MeetingState.HELD).first()
    if meeting is not None:
        return meeting
    meeting = lock_meeting(by, meeting_id, can_hold)
    seats = Seat.objects.filter(meeting=meeting)
    if not attended or set(seats.filter(pk__in=attended).values_list("pk", flat=True)) != set(attended):
        raise Refused(_("Cochez au moins une personne qui était présente."), field="attended")
    case = lock_case(by, meeting.case_id)
    MEETING.check(meeting.state, MeetingState.HELD)
    seats.update(attended=False)
    seats.filter(pk__in=attended).update(attended=True)
    meeting.state = MeetingState.HELD
    meeting.person_absent = meeting.person_present and not person_came
    meeting.version += 1
    meeting.updated_at = now()
    meeting.save()
    tell(
        by=by,
        case=case,
        kind=EventKind.MEETING_HELD,
        data=told_of(meeting),
    )
    tell_listeners(by, meeting)
    return meeting
