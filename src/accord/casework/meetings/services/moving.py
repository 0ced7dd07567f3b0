"""Move a meeting, or cancel it; what stands and falls with it goes along, and no calendar keeps a ghost."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import EventKind
from accord.casework.cases.services import tell
from accord.casework.cases.services.locking import lock_case
from accord.casework.meetings.enums import Answer, MeetingState, Method
from accord.casework.meetings.models import Meeting, Room, Seat
from accord.casework.meetings.policies import can_organise
from accord.casework.meetings.rules import ends_after
from accord.casework.meetings.services.checking import (
    check_clashes,
    check_kind,
    check_place,
    check_room,
    check_time,
    one_meeting_a_room,
    told_of,
)
from accord.casework.meetings.services.inviting import invite_all
from accord.casework.meetings.services.listening import tell_listeners
from accord.casework.meetings.services.locking import count_change, linked_to, lock_meeting
from accord.casework.meetings.services.notifying import notify_seats
from accord.casework.meetings.states import MEETING
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused, Stale
from accord.network.programmes.selectors import programme_for


@transaction.atomic
def move_meeting(
    *,
    by: Actor,
    meeting_id: UUID,
    version: int,
    starts_at: datetime,
    minutes: int,
    room_id: UUID | None = None,
    place: str = "",
    video: str = "",
    clash_known: bool = False,
) -> Meeting:
    """Move a meeting to another hour or place; the one linked to it keeps its distance.

    Everybody is invited anew with a higher SEQUENCE, and answers anew when the hour changed. Raises Stale
    when a colleague changed it in between, Refused beside the field that must change.
    """
    meeting = lock_meeting(by, meeting_id, can_organise)
    if meeting.version != version:
        raise Stale(meeting)
    case = lock_case(by, meeting.case_id)
    shape = check_kind(programme_for(case.programme, case.programme_version), meeting.kind)
    check_time(shape, starts_at, minutes)
    if not _is_change(meeting, starts_at, minutes, room_id, place.strip(), video.strip()):
        return meeting
    people = Seat.objects.filter(meeting=meeting).count() + meeting.person_present
    room = check_room(by, case, room_id, people)
    check_place(room, place, video)
    partner = linked_to(meeting)
    shift = starts_at - meeting.starts_at
    moved = [meeting] if partner is None else [meeting, partner]
    _check_everybody(by, moved, shift, minutes, clash_known)
    before = told_of(meeting)
    for one in sorted(moved, key=lambda found: found.starts_at, reverse=shift > timedelta(0)):
        length = minutes if one is meeting else int((one.ends_at - one.starts_at).total_seconds() // 60)
        one.place, one.video = place.strip(), video.strip()
        _put(one, one.starts_at + shift, length, room)
    for one in moved:
        if shift:
            _ask_again(one)
        invite_all(one, Method.REQUEST)
        notify_seats(by, one, "meeting.moved")
        tell_listeners(by, one)
    tell(
        by=by,
        case=case,
        kind=EventKind.MEETING_MOVED,
        data={"from": before["at"], **told_of(meeting)},
    )
    return meeting


def _is_change(
    meeting: Meeting, starts_at: datetime, minutes: int, room_id: UUID | None, place: str, video: str
) -> bool:
    """Nobody is invited anew to what stands as it stood."""
    now_there = (meeting.starts_at, meeting.ends_at, meeting.room_id, meeting.place, meeting.video)
    return now_there != (starts_at, ends_after(starts_at, minutes), room_id, place, video)


def _check_everybody(
    by: Actor, moved: list[Meeting], shift: timedelta, minutes: int, clash_known: bool
) -> None:
    users = set(Seat.objects.filter(meeting__in=moved).values_list("user_id", flat=True))
    meeting = moved[0]
    begins = min(one.starts_at + shift for one in moved)
    ends = max([ends_after(meeting.starts_at + shift, minutes), *(one.ends_at + shift for one in moved[1:])])
    check_clashes(by, users, begins, ends, but=[one.pk for one in moved], is_known=clash_known)


def _put(meeting: Meeting, starts_at: datetime, minutes: int, room: Room | None) -> None:
    """Write the new hour; of two linked meetings the one that makes room for the other is written first."""
    meeting.starts_at, meeting.ends_at = starts_at, ends_after(starts_at, minutes)
    meeting.room = room
    count_change(meeting)
    with one_meeting_a_room(room):
        meeting.save()


def _ask_again(meeting: Meeting) -> None:
    """Another hour is another question: the answers so far do not hold for it."""
    Seat.objects.filter(meeting=meeting).update(answer=Answer.PENDING, answered_at=None)
    meeting.person_answer, meeting.person_answered_at = Answer.PENDING, None
    meeting.save(update_fields=["person_answer", "person_answered_at"])


@transaction.atomic
def cancel_meeting(*, by: Actor, meeting_id: UUID, reason: str) -> Meeting:
    """Cancel a meeting, and the one linked to it; every calendar is told, and the room is free again."""
    meeting = lock_meeting(by, meeting_id, can_organise)
    if not reason.strip():
        raise Refused(_("Dites en une phrase pourquoi la rencontre n’a pas lieu."), field="reason")
    case = lock_case(by, meeting.case_id)
    partner = linked_to(meeting)
    for one in (meeting, partner):
        if one is None:
            continue
        MEETING.check(one.state, MeetingState.CANCELLED)
        one.state, one.cancelled_because = MeetingState.CANCELLED, reason.strip()
        count_change(one)
        one.save()
        invite_all(one, Method.CANCEL)
        notify_seats(by, one, "meeting.cancelled")
        tell(
            by=by,
            case=case,
            kind=EventKind.MEETING_CANCELLED,
            data=told_of(one),
        )
        tell_listeners(by, one)
    return meeting
