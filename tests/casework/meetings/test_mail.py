"""Calendar mails that go out, and the replies that come back — true ones, and all the others."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from icalendar import Calendar

from accord.casework.meetings.enums import Answer, DeliveryState, MeetingState, ReplyFault
from accord.casework.meetings.models import Invitation, Meeting, Reply, Seat
from accord.casework.meetings.services import (
    cancel_meeting,
    mailbox,
    move_meeting,
    read_mailbox,
    resend_invitation,
    send_invitation,
    take_reply,
    wake_due_invitations,
)
from accord.casework.meetings.services.calendars import address_of
from accord.casework.meetings.services.inviting import MOST_ATTEMPTS
from accord.casework.meetings.services.replying import LARGEST
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import WORKER
from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.people.persons.models import Person
from casework.meetings.situations import at, room_at


@pytest.fixture(autouse=True)
def _mails(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ACCORD_BASE_URL = "https://accord.example.org"


def send_all() -> list[EmailMessage]:
    """Let the worker send what waits; the mails as they arrive."""
    mail.outbox.clear()
    with acting_as(WORKER):
        for key in Invitation.objects.filter(state=DeliveryState.PENDING).values_list("pk", flat=True):
            send_invitation(key)
    return [message_from_bytes(one.message().as_bytes(), policy=policy.default) for one in mail.outbox]


def to(one, mails: list[EmailMessage]) -> EmailMessage:
    return next(found for found in mails if found["To"] == one.user.email)


def calendar_of(message: EmailMessage) -> Calendar:
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    return Calendar.from_ical(part.get_payload(decode=True))


def event_of(message: EmailMessage):
    return calendar_of(message).walk("VEVENT")[0]


def test_an_invitation_is_a_calendar_request(table):
    meeting = table.meeting(room_id=room_at(table.anne.institution).pk)
    message = to(table.sami, send_all())
    calendar, event = calendar_of(message), event_of(message)
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST" == str(calendar["method"])
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == (meeting.uid, 0, "CONFIRMED")
    assert event["dtstart"].dt == meeting.starts_at and event["dtend"].dt == meeting.ends_at
    assert event["dtstart"].params["TZID"] == "Europe/Zurich"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Zurich"]
    assert str(event["attendee"]) == f"mailto:{table.sami.user.email}"
    assert event["attendee"].params["RSVP"] == "TRUE"
    assert str(event["organizer"]).removeprefix("mailto:") == message["Reply-To"]
    assert str(event["location"]).startswith("Salle du lac, Siège")
    assert str(event["url"]) == f"https://accord.example.org/rencontres/{meeting.pk}/"
    assert str(event["summary"]) == f"Rencontre {table.case.number} · Point de suivi"


def test_no_mail_tells_of_the_person(table):
    Person.objects.filter(pk=table.case.person_id).update(family_name="Zbinden", given_names="Ottilie")
    meeting = table.meeting(
        table.doctor, kind="round_table", doctor_reason="Lombalgie", agenda=["Rente"], wants_person=True
    )
    mails = send_all()
    with acting_as(table.anne.actor):
        cancel_meeting(by=table.anne.actor, meeting_id=meeting.pk, reason="Hospitalisation")
    for message in (*mails, *send_all()):
        whole = b"".join(part.get_payload(decode=True) or b"" for part in message.walk()).decode()
        for secret in ("Zbinden", "Ottilie", "Lombalgie", "Rente", "Hospitalisation"):
            assert secret not in whole + str(message.items())


def test_it_speaks_the_language_of_its_reader(table):
    type(table.sami.user).objects.filter(pk=table.sami.user.pk).update(language="de")
    table.meeting(kind="round_table")
    summary = str(event_of(to(table.sami, send_all()))["summary"])
    assert "Runder Tisch" in summary and table.case.number in summary


def test_a_moved_meeting_raises_the_sequence_and_keeps_the_uid(table):
    meeting = table.meeting()
    send_all()
    with acting_as(table.anne.actor):
        move_meeting(
            by=table.anne.actor, meeting_id=meeting.pk, version=1, starts_at=at(15), minutes=60, place="x"
        )
    event = event_of(to(table.sami, send_all()))
    assert (str(event["uid"]), event["sequence"], event["dtstart"].dt) == (meeting.uid, 1, at(15))


def test_a_cancelled_meeting_cancels_in_the_calendar(table):
    meeting = table.meeting()
    send_all()
    with acting_as(table.anne.actor):
        cancel_meeting(by=table.anne.actor, meeting_id=meeting.pk, reason="malade")
    message = to(table.sami, send_all())
    event = event_of(message)
    assert str(calendar_of(message)["method"]) == "CANCEL"
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == (meeting.uid, 1, "CANCELLED")


def test_what_a_newer_mail_replaces_is_not_sent(table):
    """The meeting was moved before the first mail had left: only the newer one leaves, in whatever order."""
    meeting = table.meeting()
    with acting_as(table.anne.actor):
        move_meeting(
            by=table.anne.actor, meeting_id=meeting.pk, version=1, starts_at=at(15), minutes=60, place="x"
        )
    assert len(send_all()) == 2
    assert Invitation.objects.filter(sequence=0, state=DeliveryState.NEEDLESS).count() == 2


def test_a_mail_is_sent_once_however_often_the_job_runs(table):
    table.meeting()
    assert len(send_all()) == 2
    with acting_as(WORKER):
        for key in Invitation.objects.values_list("pk", flat=True):
            send_invitation(key)
    assert len(mail.outbox) == 2


class Away(EmailBackend):
    """A mail server that is away."""

    def send_messages(self, _messages):
        raise SMTPServerDisconnected("away")


def test_a_broken_delivery_is_tried_again_given_up_shown_and_sent_again(table, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    meeting = table.meeting()
    found = Invitation.objects.get(meeting=meeting, seat__user=table.sami.user)
    with acting_as(WORKER):
        send_invitation(found.pk)
        found.refresh_from_db()
        assert (found.state, found.attempts) == (DeliveryState.PENDING, 1) and found.due_at > now()
        with frozen_at(now() + timedelta(minutes=2)):
            assert wake_due_invitations() == 2
        for _ in range(MOST_ATTEMPTS):
            send_invitation(found.pk)
    found.refresh_from_db()
    assert (found.state, found.error) == (DeliveryState.FAILED, "SMTPServerDisconnected")
    assert Notification.objects.filter(user=table.anne.user, kind="meeting.undelivered").count() == 1
    with acting_as(table.sami.actor), pytest.raises(Refused):
        resend_invitation(by=table.sami.actor, invitation_id=found.pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with acting_as(table.anne.actor):
        resend_invitation(by=table.anne.actor, invitation_id=found.pk)
        resend_invitation(by=table.anne.actor, invitation_id=found.pk)
    assert to(table.sami, send_all())


def test_what_was_replaced_is_not_sent_again(table):
    meeting = table.meeting()
    send_all()
    with acting_as(table.anne.actor):
        move_meeting(
            by=table.anne.actor, meeting_id=meeting.pk, version=1, starts_at=at(15), minutes=60, place="x"
        )
        old = Invitation.objects.filter(sequence=0).first()
        with pytest.raises(Refused, match="plus récente"):
            resend_invitation(by=table.anne.actor, invitation_id=old.pk)


# Replies

REPLY = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Thunderbird//EN
METHOD:{method}
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:20261201T100000Z
DTSTART:20261201T100000Z
ORGANIZER:mailto:{organizer}
ATTENDEE;PARTSTAT={partstat}:mailto:{attendee}
END:VEVENT
END:VCALENDAR
"""


def reply(table, meeting, **changes: object) -> bytes:
    """Sami's reply as her calendar programme sends it."""
    seat = Seat.objects.get(meeting=meeting, user=table.sami.user)
    said = {
        "method": "REPLY",
        "uid": meeting.uid,
        "sequence": meeting.sequence,
        "partstat": "ACCEPTED",
        "attendee": table.sami.user.email,
        "sender": table.sami.user.email,
        "organizer": address_of(seat),
        **changes,
    }
    message = EmailMessage()
    message["From"] = f"Sami <{said.pop('sender')}>"
    message["To"] = said["organizer"]
    message["Subject"] = "Accepted"
    message.set_content("oui")
    message.add_alternative(
        REPLY.format(**said).replace("\n", "\r\n").encode(), maintype="text", subtype="calendar"
    )
    return message.as_bytes()


def taken(message: bytes) -> Reply:
    with acting_as(WORKER):
        return take_reply(message)


def put_aside() -> dict[str, int]:
    """How many replies were put aside, by reason."""
    return Counter(Reply.objects.exclude(fault="").values_list("fault", flat=True))


def answer_of(table) -> str:
    return Seat.objects.get(user=table.sami.user).answer


@pytest.mark.parametrize(
    ("partstat", "answer"),
    [("ACCEPTED", Answer.ACCEPTED), ("DECLINED", Answer.DECLINED), ("tentative", Answer.TENTATIVE)],
)
def test_a_true_reply_is_taken(table, partstat, answer):
    meeting = table.meeting()
    found = taken(reply(table, meeting, partstat=partstat))
    assert (found.fault, answer_of(table)) == ("", answer)
    assert Notification.objects.filter(kind="meeting.declined").exists() == (answer == Answer.DECLINED)


def test_the_same_mail_counts_once(table):
    meeting = table.meeting()
    message = reply(table, meeting)
    assert taken(message).pk == taken(message).pk
    assert Reply.objects.count() == 1


def test_an_address_in_capitals_is_the_same(table):
    meeting = table.meeting()
    loud = table.sami.user.email.upper()
    assert taken(reply(table, meeting, sender=loud, attendee=loud)).fault == ""


FORGERIES = {
    "another sender": ({"sender": "mallory@example.org"}, ReplyFault.FORGED),
    "to the bare address": ({"organizer": "accord@localhost"}, ReplyFault.FORGED),
    "a guessed secret": ({"organizer": "accord+0123456789abcdef01234567@localhost"}, ReplyFault.FORGED),
    "an unknown meeting": ({"uid": "nobody-knows@accord"}, ReplyFault.UNKNOWN),
    "nobody invited": (
        {"attendee": "mallory@example.org", "sender": "mallory@example.org"},
        ReplyFault.STRANGER,
    ),
    "not a reply": ({"method": "REQUEST"}, ReplyFault.MALFORMED),
    "no such answer": ({"partstat": "DELEGATED"}, ReplyFault.MALFORMED),
    "a sequence that is none": ({"sequence": "two"}, ReplyFault.MALFORMED),
    "an older invitation": ({"sequence": -1}, ReplyFault.OUTDATED),
    "an invitation to come": ({"sequence": 7}, ReplyFault.OUTDATED),
}


@pytest.mark.parametrize(("changes", "fault"), FORGERIES.values(), ids=FORGERIES)
def test_what_is_not_proven_changes_nothing(table, changes, fault):
    meeting = table.meeting()
    assert taken(reply(table, meeting, **changes)).fault == fault
    assert answer_of(table) == Answer.PENDING
    assert put_aside() == {fault: 1}


def test_the_secret_of_a_colleague_does_not_answer_for_another(table):
    meeting = table.meeting()
    annes = Seat.objects.get(meeting=meeting, user=table.anne.user)
    assert taken(reply(table, meeting, organizer=address_of(annes))).fault == ReplyFault.FORGED


def test_two_senders_are_none(table):
    meeting = table.meeting()
    message = reply(table, meeting).replace(b"From: Sami <", b"From: a@example.org, Sami <", 1)
    assert len(getaddresses([message_from_bytes(message)["From"]])) == 2
    assert taken(message).fault == ReplyFault.FORGED


GARBAGE = {
    "nothing": b"",
    "no mail": b"\xff\xfe\x00 not a mail",
    "no calendar": b"From: a@example.org\r\n\r\nBonjour",
    "a broken calendar": b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
    "an empty calendar": b"Content-Type: text/calendar\r\n\r\n",
    "wrong bytes": b"Content-Type: text/calendar; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\xff\xff",
}


@pytest.mark.parametrize("message", GARBAGE.values(), ids=GARBAGE)
def test_what_cannot_be_read_is_put_aside(db, message):
    assert taken(message).fault == ReplyFault.MALFORMED


def test_what_is_too_large_is_not_even_read(table):
    meeting = table.meeting()
    assert taken(reply(table, meeting) + b" " * LARGEST).fault == ReplyFault.OVERSIZED
    assert answer_of(table) == Answer.PENDING


def test_a_meeting_that_is_over_takes_no_reply(table):
    meeting = table.meeting()
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
    assert taken(reply(table, meeting)).fault == ReplyFault.SETTLED


# The mailbox


class Mailbox:
    """An IMAP server with a few mails."""

    host = "imap.example.org"
    mails: dict[bytes, bytes] = {}
    read: set[str] = set()

    def __init__(self, host, port, **_options):
        assert (host, port) == (self.host, 993)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    def login(self, user, password):
        assert (user, password) == ("accord", "p:w")

    def select(self, folder):
        assert folder == "Replies"

    def uid(self, command, *arguments):
        if command == "search":
            return "OK", [b" ".join(key for key in self.mails if key.decode() not in self.read)]
        key, what = arguments[0], arguments[1]
        if command == "store":
            self.read.add(key)
            return "OK", [b""]
        body = self.mails[key.encode()]
        if "SIZE" in what:
            return "OK", [f"1 (UID {key} RFC822.SIZE {len(body)})".encode()]
        return "OK", [(b"1 (BODY[] {1}", body), b")"]


@pytest.fixture
def imap(settings, monkeypatch):
    settings.ACCORD_REPLY_MAIL_URL = "imaps://accord:p%3Aw@imap.example.org/Replies"
    monkeypatch.setattr(mailbox, "IMAP4_SSL", Mailbox)
    Mailbox.mails, Mailbox.read = {}, set()
    return Mailbox


def test_the_mailbox_is_read_once(table, imap):
    meeting = table.meeting()
    imap.mails = {b"7": reply(table, meeting), b"8": b"spam", b"9": b"x" * (LARGEST + 1)}
    with acting_as(WORKER):
        assert read_mailbox() == 3
        assert read_mailbox() == 0
    assert put_aside() == {ReplyFault.MALFORMED: 1, ReplyFault.OVERSIZED: 1}
    assert answer_of(table) == Answer.ACCEPTED and imap.read == {"7", "8", "9"}


def test_without_an_address_nothing_is_read(db, settings):
    settings.ACCORD_REPLY_MAIL_URL = ""
    assert read_mailbox() == 0


def test_a_mailbox_that_is_away_is_left_for_later(db, settings, monkeypatch, caplog):
    settings.ACCORD_REPLY_MAIL_URL = "imaps://accord:secret@imap.example.org"

    def away(*_arguments, **_options):
        raise ConnectionRefusedError

    monkeypatch.setattr(mailbox, "IMAP4_SSL", away)
    assert read_mailbox() == 0
    assert "ConnectionRefusedError" in caplog.text and "secret" not in caplog.text
