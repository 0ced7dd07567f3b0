"""Call a meeting: one step, even when another meeting must come first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Case
from accord.casework.cases.services import tell
from accord.casework.cases.services.locking import lock_case
from accord.casework.meetings.enums import Method
from accord.casework.meetings.models import AgendaItem, Meeting, Room, Seat
from accord.casework.meetings.policies import can_organise, can_schedule
from accord.casework.meetings.rules import (
    ends_after,
    kind_before,
    longest_minutes,
    person_is_there,
    starts_before,
)
from accord.casework.meetings.services.checking import (
    SeatWish,
    check_clashes,
    check_doctor,
    check_kind,
    check_place,
    check_room,
    check_seats,
    check_time,
    doctors_among,
    one_meeting_a_room,
    told_of,
)
from accord.casework.meetings.services.inviting import invite_all
from accord.casework.meetings.services.locking import lock_meeting
from accord.casework.meetings.services.notifying import notify_seats
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.network.programmes.rules import MeetingKind
from accord.network.programmes.selectors import programme_for

__all__ = ["SeatWish", "schedule_meeting", "set_agenda"]
MOST_ITEMS = 20


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything of a meeting but its kind and hour, checked."""

    case: Case
    seats: Collection[SeatWish]
    doctors: Collection[SeatWish]
    room: Room | None
    place: str
    video: str
    doctor_reason: str
    wants_person: bool


@transaction.atomic
def schedule_meeting(
    *,
    by: Actor,
    case_id: UUID,
    kind: str,
    starts_at: datetime,
    minutes: int,
    seats: Collection[SeatWish],
    room_id: UUID | None = None,
    place: str = "",
    video: str = "",
    wants_person: bool = False,
    doctor_reason: str = "",
    agenda: Sequence[str] = (),
    clash_known: bool = False,
) -> Meeting:
    """Call a meeting and invite everybody; the one that must come first is planned in the same step.

    `starts_at` is the hour of the meeting itself; what precedes it begins earlier by the programme's
    `offset_minutes`. Raises Refused beside the field that must change.
    """
    case = lock_case(by, case_id)
    can_schedule(by, case).require()
    programme = programme_for(case.programme, case.programme_version)
    shape = check_kind(programme, kind)
    check_time(shape, starts_at, minutes)
    check_seats(by, case, seats)
    is_there = person_is_there(shape, wants_person)
    room = check_room(by, case, room_id, len(seats) + is_there)
    check_place(room, place, video)
    doctors = doctors_among(seats)
    plan = _Plan(
        case, seats, doctors, room, place.strip(), video.strip(), doctor_reason.strip(), wants_person
    )
    first = kind_before(programme, shape)
    begins = starts_before(shape, starts_at) if first else starts_at
    users = {wish.user_id for wish in seats}
    check_clashes(by, users, begins, ends_after(starts_at, minutes), is_known=clash_known)
    before = None
    if first is not None:
        length = min(longest_minutes(first), shape.offset_minutes or longest_minutes(first))
        check_time(first, begins, length)
        before = _write(by, plan, first, begins, length)
    meeting = _write(by, plan, shape, starts_at, minutes, follows=before)
    _write_agenda(by, meeting, agenda)
    return meeting


def _write(
    by: Actor,
    plan: _Plan,
    kind: MeetingKind,
    starts_at: datetime,
    minutes: int,
    *,
    follows: Meeting | None = None,
) -> Meeting:
    check_doctor(kind, len(plan.doctors), plan.doctor_reason)
    is_there = person_is_there(kind, plan.wants_person)
    with one_meeting_a_room(plan.room):
        meeting = Meeting.objects.create(
            case=plan.case,
            owner_id=by.institution_key,
            author_id=by.user_id,
            audience=Audience.PERSON if is_there else Audience.CIRCLE,
            kind=kind.key,
            starts_at=starts_at,
            ends_at=ends_after(starts_at, minutes),
            room=plan.room,
            place=plan.place,
            video=plan.video,
            person_present=is_there,
            doctor_reason=plan.doctor_reason if plan.doctors else "",
            follows=follows,
        )
    Seat.objects.bulk_create(
        Seat(
            meeting=meeting,
            institution_id=wish.institution_id,
            user_id=wish.user_id,
            is_doctor=wish in plan.doctors,
        )
        for wish in plan.seats
    )
    tell(
        by=by,
        case=plan.case,
        kind=EventKind.MEETING_PLANNED,
        data=told_of(meeting),
    )
    invite_all(meeting, Method.REQUEST)
    notify_seats(by, meeting, "meeting.invited")
    return meeting


def _write_agenda(by: Actor, meeting: Meeting, points: Sequence[str]) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(
            case_id=meeting.case_id,
            owner_id=meeting.owner_id,
            author_id=by.user_id,
            category=Category.PLAN,
            audience=meeting.audience,
            meeting=meeting,
            position=position,
            text=text,
        )
        for position, text in enumerate(points[:MOST_ITEMS], 1)
    )


@transaction.atomic
def set_agenda(*, by: Actor, meeting_id: UUID, points: Sequence[str]) -> Meeting:
    """Say anew what will be talked about; those who may read the plan of the case read it."""
    meeting = lock_meeting(by, meeting_id, can_organise)
    AgendaItem.objects.filter(meeting=meeting).delete()
    _write_agenda(by, meeting, points)
    record(
        by=by,
        verb="changed",
        subject_kind="meeting",
        subject_id=meeting.pk,
        subject_label=meeting.case.number,
        cases=[meeting.case_id],
        data={"agenda": len(points)},
    )
    return meeting
