"""Meetings as iCalendar (RFC 5545, 5546): invitations and feeds. Nothing in them tells of a person.

A calendar is shown on phones and kept by mail servers: it says which case, what kind of meeting, when, where,
and the address of the meeting in Accord, where one signs in to read more.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from accord.casework.meetings.enums import Answer, MeetingState, Method
from accord.casework.meetings.models import Meeting, Seat
from accord.casework.meetings.rules import kind_of
from accord.casework.meetings.services.notifying import path_of
from accord.kernel.clock import SWISS_TIME
from accord.network.programmes.selectors import programme_for

PRODUCT = "-//Accord//Rencontres//FR"
SIGNS = 20
PARTSTAT = {
    Answer.PENDING: "NEEDS-ACTION",
    Answer.ACCEPTED: "ACCEPTED",
    Answer.TENTATIVE: "TENTATIVE",
    Answer.DECLINED: "DECLINED",
}
SWISS_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Zurich
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def label_of(meeting: Meeting, language: str) -> str:
    """The kind of meeting in a language."""
    programme = programme_for(meeting.case.programme, meeting.case.programme_version)
    kind = kind_of(programme, meeting.kind)
    return kind.label.in_(language) if kind else meeting.kind


def summary_of(meeting: Meeting, language: str) -> str:
    """What stands in a calendar: the case’s number and the kind of meeting, nothing else."""
    with translation.override(language):
        return _("Rencontre %(number)s · %(kind)s") % {
            "number": meeting.case.number,
            "kind": label_of(meeting, language),
        }


def whereabouts(meeting: Meeting) -> str:
    """Room and site, or the place that was typed, or the link."""
    if meeting.room is not None:
        return ", ".join(filter(None, [meeting.room.name, meeting.room.site.name, _address(meeting)]))
    return meeting.place or meeting.video


def _address(meeting: Meeting) -> str:
    assert meeting.room is not None
    return " ".join(meeting.room.site.address.split("\n"))


@cache
def platform_address() -> str:
    """Accord’s own address: who organises, in the eyes of calendars."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def token_of(seat: Seat) -> str:
    """The secret of one seat: whoever answers to it has had its invitation."""
    mac = salted_hmac("accord.meetings.seat", seat.pk.hex, algorithm="sha256").hexdigest()
    return f"{seat.pk.hex[:8]}{mac[:SIGNS]}"


def address_of(seat: Seat) -> str:
    """Where the seat’s answer goes: accord+token@host."""
    local, _at, host = platform_address().partition("@")
    return f"{local}+{token_of(seat)}@{host}"


def is_address_of(seat: Seat, address: str) -> bool:
    """Whether an address carries the seat’s secret; compared in constant time."""
    local = address.partition("@")[0].lower()
    return constant_time_compare(local.partition("+")[2], token_of(seat))


def invitation_calendar(meeting: Meeting, seat: Seat, method: str, language: str) -> bytes:
    """The calendar object of one seat’s mail; it names this seat alone.

    A meeting that takes place without her has no STATUS in what takes her invitation back (RFC 5546 3.2.5).
    """
    calendar = _calendar()
    calendar.add("method", method)
    event = _event(meeting, language)
    if method == Method.CANCEL and meeting.state != MeetingState.CANCELLED:
        del event["status"]
    organiser = vCalAddress(f"mailto:{address_of(seat)}")
    organiser.params["CN"] = vText("Accord")
    event.add("organizer", organiser)
    attendee = vCalAddress(f"mailto:{seat.user.email}")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText(PARTSTAT[Answer(seat.answer)])
    if method == Method.REQUEST:
        attendee.params["RSVP"] = vText("TRUE")
    event.add("attendee", attendee)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def feed_calendar(meetings: Iterable[Meeting], language: str) -> bytes:
    """A private calendar; the same meetings give the same bytes, so that a phone need not load them again."""
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    with translation.override(language):
        calendar.add("x-wr-calname", _("Rencontres Accord"))
    for meeting in meetings:
        calendar.add_component(_event(meeting, language))
    return bytes(calendar.to_ical())


def person_calendar(meeting: Meeting, address: str, language: str) -> bytes:
    """One meeting for the insured person's own calendar, with an address of her window."""
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(meeting, language, address))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(Timezone.from_ical(SWISS_ZONE))
    return calendar


def _event(meeting: Meeting, language: str, address: str = "") -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.updated_at.astimezone(UTC))
    event.add("dtstart", _local(meeting.starts_at))
    event.add("dtend", _local(meeting.ends_at))
    event.add("summary", summary_of(meeting, language))
    event.add("location", whereabouts(meeting))
    event.add("url", f"{settings.ACCORD_BASE_URL}{address or path_of(meeting)}")
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    if meeting.state == MeetingState.CANCELLED:
        event.add("transp", "TRANSPARENT")
    return event


def _local(instant: datetime) -> Any:
    return instant.astimezone(SWISS_TIME)
