"""Answer an invitation: a colleague in Accord or by mail, the insured person at her window."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import EventKind
from accord.casework.cases.services import tell
from accord.casework.cases.services.locking import lock_case
from accord.casework.meetings.enums import GIVEN, Answer
from accord.casework.meetings.models import Meeting, Seat
from accord.casework.meetings.policies import can_answer, can_answer_as_person, meetings_visible_to
from accord.casework.meetings.selectors import seat_for
from accord.casework.meetings.services.notifying import notify_organiser
from accord.foundation.journal.services import record
from accord.kernel.actors import WORKER, Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused


@transaction.atomic
def answer_invitation(*, by: Actor, seat_id: UUID, answer: str) -> Seat:
    """Say for oneself whether one comes; who called the meeting is told when one does not."""
    can_answer(by, seat_for(by, seat_id)).require()
    seat = Seat.objects.select_for_update(of=("self",)).select_related("meeting__case").get(pk=seat_id)
    return note_answer(by, seat, answer)


def note_answer(by: Actor, seat: Seat, answer: str) -> Seat:
    """Write an answer whose right was checked; the same one again changes nothing."""
    if answer not in GIVEN:
        raise Refused(_("Choisissez une réponse de la liste."), field="answer")
    if seat.answer == answer:
        return seat
    seat.answer, seat.answered_at = answer, now()
    seat.save(update_fields=["answer", "answered_at"])
    _keep(by, seat.meeting, answer)
    if answer == Answer.DECLINED and seat.user_id != seat.meeting.author_id:
        notify_organiser(seat.meeting, "meeting.declined")
    return seat


@transaction.atomic
def answer_as_person(*, by: Actor, meeting_id: UUID, answer: str) -> Meeting:
    """The insured person says whether she comes; the worker tells who called the meeting.

    Her role in the database may write her answer and nothing else. Meeting.DoesNotExist for any other case.
    """
    can_answer_as_person(by, Meeting.objects.get(meetings_visible_to(by), pk=meeting_id)).require()
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("case").get(pk=meeting_id)
    if answer not in GIVEN:
        raise Refused(_("Choisissez une réponse de la liste."), field="answer")
    if meeting.person_answer == answer:
        return meeting
    meeting.person_answer, meeting.person_answered_at = answer, now()
    meeting.is_answer_told, meeting.updated_at = False, now()
    meeting.save(update_fields=["person_answer", "person_answered_at", "is_answer_told", "updated_at"])
    _keep(by, meeting, answer)
    return meeting


def tell_person_answers() -> int:
    """Tell organisers what insured persons have answered since; returns how many. The worker's, each minute."""
    waiting = Meeting.objects.select_for_update(of=("self",), skip_locked=True).select_related("case")
    found = list(waiting.filter(is_answer_told=False))
    for meeting in found:
        meeting.is_answer_told = True
        meeting.save(update_fields=["is_answer_told"])
        tell(
            by=WORKER,
            case=lock_case(WORKER, meeting.case_id),
            kind=EventKind.PERSON_ACTED,
            data={"act": "invitation", "answer": str(meeting.person_answer)},
            owner_id=meeting.owner_id,
        )
        notify_organiser(meeting, "meeting.person_answered")
    return len(found)


def _keep(by: Actor, meeting: Meeting, answer: str) -> None:
    record(
        by=by,
        verb="answered_invitation",
        subject_kind="meeting",
        subject_id=meeting.pk,
        subject_label=meeting.case.number,
        cases=[meeting.case_id],
        data={"answer": str(answer)},
    )
