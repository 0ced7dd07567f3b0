"""Take a reply that came by mail (iTIP, RFC 5546 REPLY) — or put it aside with a reason, and change nothing.

Anybody may write to an open mailbox. A reply counts only when it proves four things: it speaks of a meeting
that we know, for somebody who is invited, from her own address, to the secret address of her invitation.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from hashlib import sha256

from django.db import transaction
from icalendar import Calendar

from accord.casework.meetings.enums import Answer, MeetingState, ReplyFault
from accord.casework.meetings.models import Meeting, Reply, Seat
from accord.casework.meetings.services.answering import note_answer
from accord.casework.meetings.services.calendars import is_address_of
from accord.casework.meetings.services.notifying import notify_organiser
from accord.kernel.actors import WORKER

log = logging.getLogger(__name__)

LARGEST = 256 * 1024
ANSWERS = {
    "ACCEPTED": Answer.ACCEPTED,
    "TENTATIVE": Answer.TENTATIVE,
    "DECLINED": Answer.DECLINED,
}
ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a reply says."""

    uid: str
    attendee: str
    sequence: int
    answer: Answer


class _PutAside(Exception):
    def __init__(self, fault: ReplyFault, said: _Said | None = None) -> None:
        self.fault, self.said = fault, said
        super().__init__(fault)


@transaction.atomic
def take_reply(message: bytes) -> Reply:
    """Take one mail of the mailbox, once; what is not proven is put aside with its reason and counted."""
    digest = sha256(message).hexdigest()
    if known := Reply.objects.filter(digest=digest).first():
        return known
    try:
        seat = _taken(message)
    except _PutAside as aside:
        log.warning("a reply by mail was put aside: %s", aside.fault)
        return _put_aside(digest, aside)
    return Reply.objects.create(digest=digest, seat=seat)


def _put_aside(digest: str, aside: _PutAside) -> Reply:
    """Keep its reason; of one about a known meeting also what it says, for the organiser, who is told."""
    said = aside.said
    meeting = Meeting.objects.select_related("case").filter(uid=said.uid).first() if said else None
    if said is None or meeting is None:
        return Reply.objects.create(digest=digest, fault=aside.fault)
    notify_organiser(meeting, "meeting.reply_aside", by_mail=False)
    return Reply.objects.create(
        digest=digest, fault=aside.fault, meeting=meeting, attendee=said.attendee, answer=said.answer
    )


def put_aside_oversized(digest_of: str) -> Reply:
    """Count a mail that is too large to be fetched."""
    digest = sha256(digest_of.encode()).hexdigest()
    return Reply.objects.get_or_create(digest=digest, defaults={"fault": ReplyFault.OVERSIZED})[0]


def _taken(message: bytes) -> Seat:
    if len(message) > LARGEST:
        raise _PutAside(ReplyFault.OVERSIZED)
    try:
        mail = message_from_bytes(message, policy=policy.default)
        said = _said(mail)
        senders, receivers = _addresses(mail, "from"), _addresses(mail, *ADDRESSED)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _PutAside(ReplyFault.MALFORMED) from error
    seat = _seat(said)
    if senders != [said.attendee] or not any(is_address_of(seat, one) for one in receivers):
        raise _PutAside(ReplyFault.FORGED, said)
    if said.sequence != seat.meeting.sequence:
        raise _PutAside(ReplyFault.OUTDATED, said)
    if seat.meeting.state != MeetingState.PLANNED:
        raise _PutAside(ReplyFault.SETTLED, said)
    note_answer(WORKER, seat, said.answer)
    return seat


def _seat(said: _Said) -> Seat:
    if not Meeting.objects.filter(uid=said.uid).exists():
        raise _PutAside(ReplyFault.UNKNOWN)
    seats = Seat.objects.select_for_update(of=("self",)).select_related("meeting__case", "user")
    seat = seats.filter(meeting__uid=said.uid, user__email__iexact=said.attendee).first()
    if seat is None:
        raise _PutAside(ReplyFault.STRANGER, said)
    return seat


def _addresses(mail: EmailMessage, *headers: str) -> list[str]:
    typed = [str(value) for header in headers for value in mail.get_all(header, [])]
    return [address.lower() for _name, address in getaddresses(typed) if address]


def _said(mail: EmailMessage) -> _Said:
    """What the mail’s calendar says. ValueError for anything but one answer of one attendee."""
    part = next((part for part in mail.walk() if part.get_content_type() == "text/calendar"), None)
    if part is None:
        raise ValueError("no calendar")
    content = part.get_payload(decode=True)
    calendar = Calendar.from_ical(content if isinstance(content, bytes) else b"")
    events = [found for found in calendar.subcomponents if found.name == "VEVENT"]
    if str(calendar.get("method", "")).upper() != "REPLY" or len(events) != 1:
        raise ValueError("no reply")
    attendee = events[0]["attendee"]
    if isinstance(attendee, list):
        raise ValueError("several attendees")
    return _Said(
        uid=str(events[0]["uid"]),
        attendee=str(attendee).lower().removeprefix("mailto:"),
        sequence=int(events[0].get("sequence", 0)),
        answer=ANSWERS[str(attendee.params["PARTSTAT"]).upper()],
    )
