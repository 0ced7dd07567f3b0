"""Change who comes to a meeting that is called, and what kind of meeting it is; its hour stays."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, EventKind
from accord.casework.cases.services import tell
from accord.casework.cases.services.locking import lock_case
from accord.casework.meetings.enums import Answer, Method
from accord.casework.meetings.models import AgendaItem, Meeting, Seat
from accord.casework.meetings.policies import can_organise
from accord.casework.meetings.rules import kind_before, person_is_there
from accord.casework.meetings.services.checking import (
    SeatWish,
    check_chairs,
    check_clashes,
    check_doctor,
    check_kind,
    check_seats,
    check_time,
    doctors_among,
    told_of,
)
from accord.casework.meetings.services.inviting import invite_all, mail_to
from accord.casework.meetings.services.locking import count_change, linked_to, lock_meeting
from accord.casework.meetings.services.notifying import notify_seated
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale
from accord.network.programmes.rules import MeetingKind, Programme
from accord.network.programmes.selectors import programme_for


@transaction.atomic
def reseat_meeting(
    *,
    by: Actor,
    meeting_id: UUID,
    version: int,
    kind: str,
    seats: Collection[SeatWish],
    wants_person: bool = False,
    doctor_reason: str = "",
    clash_known: bool = False,
) -> Meeting:
    """Ask others to a meeting, ask some no more, make it one of another kind; the one linked to it goes along.

    Who stays keeps her answer, and her calendar learns of the change; who is asked no more has the meeting
    taken out of it. Raises Stale when a colleague changed it in between, Refused beside the field.
    """
    meeting = lock_meeting(by, meeting_id, can_organise)
    if meeting.version != version:
        raise Stale(meeting)
    case = lock_case(by, meeting.case_id)
    programme = programme_for(case.programme, case.programme_version)
    shape = check_kind(programme, kind)
    _check_kind_may_change(programme, meeting, shape)
    check_time(shape, meeting.starts_at, int((meeting.ends_at - meeting.starts_at).total_seconds() // 60))
    check_seats(by, case, seats)
    partner = linked_to(meeting)
    for one in (meeting, partner):
        if one is None:
            continue
        own = shape if one is meeting else check_kind(programme, one.kind)
        check_chairs(one.room, len(seats) + person_is_there(own, wants_person))
        check_doctor(own, len(doctors_among(seats)), doctor_reason)
        _check_newcomers(by, one, seats, clash_known)
        _reseat(by, one, own, seats, is_there=person_is_there(own, wants_person), doctor_reason=doctor_reason)
    return meeting


def _check_kind_may_change(programme: Programme, meeting: Meeting, shape: MeetingKind) -> None:
    """A meeting before or after which another one stands keeps its kind."""
    if shape.key == meeting.kind:
        return
    is_linked = meeting.follows_id or Meeting.objects.filter(follows=meeting).exists()
    if is_linked or kind_before(programme, shape):
        raise Refused(
            _("Ce type se fixe avec la rencontre qui le précède : annulez celle-ci et fixez-la de nouveau."),
            field="kind",
        )


def _check_newcomers(by: Actor, meeting: Meeting, wishes: Collection[SeatWish], is_known: bool) -> None:
    seated = set(Seat.objects.filter(meeting=meeting).values_list("user_id", flat=True))
    users = {wish.user_id for wish in wishes} - seated
    check_clashes(by, users, meeting.starts_at, meeting.ends_at, but=[meeting.pk], is_known=is_known)


def _reseat(
    by: Actor,
    meeting: Meeting,
    kind: MeetingKind,
    wishes: Collection[SeatWish],
    *,
    is_there: bool,
    doctor_reason: str,
) -> None:
    """Write it; nobody is invited anew to what stands as it stood."""
    doctors = doctors_among(wishes)
    added, removed = _change_seats(meeting, wishes, doctors)
    reason = doctor_reason.strip() if doctors else ""
    is_another = (meeting.kind, meeting.person_present) != (kind.key, is_there)
    if not (added or removed or is_another or meeting.doctor_reason != reason):
        return
    if meeting.person_present != is_there:
        _ask_person(meeting, is_there)
    meeting.kind, meeting.doctor_reason = kind.key, reason
    count_change(meeting)
    meeting.save()
    invite_all(meeting, Method.REQUEST)
    mail_to(removed, meeting, Method.CANCEL)
    _tell(by, meeting, added, removed, is_another=is_another)


def _change_seats(
    meeting: Meeting, wishes: Collection[SeatWish], doctors: set[SeatWish]
) -> tuple[list[Seat], list[Seat]]:
    """Who is asked anew, and who is asked no more; a seat that was taken back is given again as a new one."""
    known = {seat.user_id: seat for seat in Seat.ever.filter(meeting=meeting).select_related("user")}
    wished = {wish.user_id: wish for wish in wishes}
    added = []
    for user_id, wish in wished.items():
        seat = known.get(user_id) or Seat(meeting=meeting, user_id=user_id, removed_at=now())
        if seat.removed_at is not None:
            seat.removed_at, seat.answer, seat.answered_at = None, Answer.PENDING, None
            added.append(seat)
        seat.institution_id, seat.is_doctor = wish.institution_id, wish in doctors
        seat.save()
    removed = [seat for user, seat in known.items() if user not in wished and seat.removed_at is None]
    Seat.objects.filter(pk__in=[seat.pk for seat in removed]).update(removed_at=now())
    return added, removed


def _ask_person(meeting: Meeting, is_there: bool) -> None:
    """What is written for a meeting with her, she reads; her answer begins anew."""
    meeting.person_present = is_there
    meeting.person_answer, meeting.person_answered_at = Answer.PENDING, None
    meeting.audience = Audience.PERSON if is_there else Audience.CIRCLE
    AgendaItem.objects.filter(meeting=meeting).update(audience=meeting.audience)


def _tell(by: Actor, meeting: Meeting, added: list[Seat], removed: list[Seat], *, is_another: bool) -> None:
    stayed = Seat.objects.filter(meeting=meeting).exclude(pk__in=[seat.pk for seat in added])
    notify_seated(by, added, meeting, "meeting.invited")
    notify_seated(by, removed, meeting, "meeting.uninvited")
    if not is_another:
        record(
            by=by,
            verb="changed",
            subject_kind="meeting",
            subject_id=meeting.pk,
            subject_label=meeting.case.number,
            cases=[meeting.case_id],
            data={"added": len(added), "removed": len(removed)},
        )
        return
    notify_seated(by, stayed.select_related("user"), meeting, "meeting.changed")
    data = {**told_of(meeting), "act": "changed"}
    tell(by=by, case=meeting.case, kind=EventKind.MEETING_PLANNED, data=data)
