"""Replies by mail that were put aside: somebody who knows better notes the answer, or lets it go."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.meetings.models import Reply, Seat
from accord.casework.meetings.policies import can_attach, sorts_replies
from accord.casework.meetings.selectors import reply_for
from accord.casework.meetings.services.answering import note_answer
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused


@transaction.atomic
def attach_reply(*, by: Actor, reply_id: UUID, seat_id: UUID) -> Reply:
    """Note the answer of a reply for one of those invited, on the responsibility of who attaches it. Twice is once."""
    reply = _taken(by, reply_id)
    if reply.seat_id is not None:
        return reply
    can_attach(by, reply).require()
    seats = Seat.objects.select_for_update(of=("self",)).select_related("meeting__case")
    seat = seats.filter(pk=seat_id, meeting=reply.meeting_id).first()
    if seat is None:
        raise Refused(_("Choisissez une personne invitée à cette rencontre."), field="seat")
    note_answer(by, seat, reply.answer)
    reply.seat = seat
    _settle(reply)
    return reply


@transaction.atomic
def discard_reply(*, by: Actor, reply_id: UUID) -> Reply:
    """Let a reply go: it changes nothing, and what it said is forgotten. Twice is once."""
    sorts_replies(by).require()
    reply = _taken(by, reply_id)
    if reply.settled_at is None:
        record(
            by=by,
            verb="discarded",
            subject_kind="reply",
            subject_id=reply.pk,
            subject_label=reply.meeting.case.number if reply.meeting else "",
            cases=[reply.meeting.case_id] if reply.meeting else [],
        )
        _settle(reply)
    return reply


def _taken(by: Actor, reply_id: UUID) -> Reply:
    seen = reply_for(by, reply_id)
    Reply.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    return reply_for(by, reply_id)


def _settle(reply: Reply) -> None:
    reply.settled_at, reply.attendee = now(), ""
    reply.save(update_fields=["seat", "settled_at", "attendee"])
