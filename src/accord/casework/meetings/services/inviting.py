"""Send invitations and cancellations as calendar mail; a mail server that is away is tried again."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accord.casework.meetings.enums import DeliveryState, MeetingState, Method
from accord.casework.meetings.models import Invitation, Meeting, Seat
from accord.casework.meetings.policies import organises
from accord.casework.meetings.selectors import invitation_for
from accord.casework.meetings.services.calendars import (
    address_of,
    invitation_calendar,
    summary_of,
    whereabouts,
)
from accord.casework.meetings.services.notifying import notify_organiser, path_of
from accord.casework.meetings.states import DELIVERY
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, now
from accord.kernel.decisions import Refused
from accord.kernel.jobs import later

log = logging.getLogger(__name__)

SEND_INVITATION = "meetings.send_invitation"
MOST_AT_ONCE = 500
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
"""After a failure the wait doubles each time: over two hours in all."""


def invite_all(meeting: Meeting, method: Method) -> None:
    """Let every seat be mailed once the transaction has committed."""
    mail_to(Seat.objects.filter(meeting=meeting), meeting, method)


def mail_to(seats: Iterable[Seat], meeting: Meeting, method: Method) -> None:
    """Let these seats be mailed once the transaction has committed."""
    mails = Invitation.objects.bulk_create(
        Invitation(meeting=meeting, seat=seat, method=method, sequence=meeting.sequence, due_at=now())
        for seat in seats
    )
    for mail in mails:
        later(SEND_INVITATION, invitation_id=str(mail.pk))


def send_invitation(invitation_id: UUID) -> None:
    """Send one mail, if it still waits and still says the truth. The row is the lock: it may run twice."""
    waiting = Invitation.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "meeting__case", "meeting__room__site", "seat__user"
    )
    mail = waiting.filter(pk=invitation_id, state=DeliveryState.PENDING).first()
    if mail is None:
        return
    if not _is_true(mail):
        _settle(mail, DeliveryState.NEEDLESS)
        return
    try:
        _message(mail).send()
    except (OSError, SMTPException) as error:
        _postpone(mail, error)
    else:
        mail.attempts += 1
        mail.error = ""
        _settle(mail, DeliveryState.SENT)


def _is_true(mail: Invitation) -> bool:
    """An older invitation must not arrive after a newer one, nor anything to who is gone."""
    is_cancelled = mail.meeting.state == MeetingState.CANCELLED or mail.seat.removed_at is not None
    return (
        mail.seat.user.is_active
        and mail.sequence == mail.meeting.sequence
        and is_cancelled == (mail.method == Method.CANCEL)
    )


def _settle(mail: Invitation, state: DeliveryState) -> None:
    DELIVERY.check(mail.state, state)
    mail.state, mail.settled_at = state, now()
    mail.save()


def _postpone(mail: Invitation, error: Exception) -> None:
    mail.attempts += 1
    mail.error = type(error).__name__
    if mail.attempts < MOST_ATTEMPTS:
        mail.due_at = now() + FIRST_WAIT * 2 ** (mail.attempts - 1)
        mail.save()
        return
    _settle(mail, DeliveryState.FAILED)
    log.error("invitation %s given up after %s attempts: %s", mail.pk, mail.attempts, mail.error)
    notify_organiser(mail.meeting, "meeting.undelivered")


def _message(mail: Invitation) -> EmailMultiAlternatives:
    meeting, user = mail.meeting, mail.seat.user
    host = urlsplit(settings.ACCORD_BASE_URL).hostname
    with translation.override(user.language):
        summary = summary_of(meeting, user.language)
        subject = _subject(mail) % {"summary": summary}
        body = _(
            "%(subject)s\n\n%(when)s\n%(where)s\n\n%(link)s\n\n"
            "Pour protéger les personnes, cet e-mail ne dit rien de plus."
        ) % {
            "subject": subject,
            "when": f"{meeting.starts_at.astimezone(SWISS_TIME):%d.%m.%Y, %H:%M}",
            "where": whereabouts(meeting),
            "link": f"{settings.ACCORD_BASE_URL}{path_of(meeting)}",
        }
    message = EmailMultiAlternatives(
        subject=subject,
        body=body,
        to=[user.email],
        reply_to=[address_of(mail.seat)],
        headers={"Message-ID": f"<{mail.pk}.{mail.attempts}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    calendar = invitation_calendar(meeting, mail.seat, mail.method, user.language)
    message.attach_alternative(calendar.decode(), f"text/calendar; method={mail.method}")
    return message


def _subject(mail: Invitation) -> str:
    if mail.method == Method.CANCEL:
        return _("Annulée : %(summary)s")
    is_first = not Invitation.objects.filter(seat=mail.seat, sequence__lt=mail.sequence).exists()
    return _("Invitation : %(summary)s") if is_first else _("Modifiée : %(summary)s")


def wake_due_invitations() -> int:
    """Give the worker every mail whose time has come after a failure; returns how many."""
    waiting = Invitation.objects.filter(state=DeliveryState.PENDING, due_at__lte=now()).order_by("due_at")
    due = list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])
    for key in due:
        later(SEND_INVITATION, once=f"invitation {key}", invitation_id=str(key))
    return len(due)


@transaction.atomic
def resend_invitation(*, by: Actor, invitation_id: UUID) -> Invitation:
    """Send a mail again that did not arrive; what has since been replaced is not sent any more."""
    seen = invitation_for(by, invitation_id)
    if not organises(by, seen.meeting):
        raise Refused(_("Seule l’institution qui organise la rencontre envoie ses invitations."))
    mail = Invitation.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    if mail.state == DeliveryState.PENDING:
        return mail
    if mail.sequence != seen.meeting.sequence or mail.state == DeliveryState.NEEDLESS:
        raise Refused(_("Une invitation plus récente remplace celle-ci."))
    DELIVERY.check(mail.state, DeliveryState.PENDING)
    mail.state, mail.attempts, mail.due_at, mail.settled_at = DeliveryState.PENDING, 0, now(), None
    mail.save()
    later(SEND_INVITATION, invitation_id=str(mail.pk))
    record(
        by=by,
        verb="sent_again",
        subject_kind="meeting",
        subject_id=seen.meeting_id,
        subject_label=seen.meeting.case.number,
        cases=[seen.meeting.case_id],
    )
    return mail
