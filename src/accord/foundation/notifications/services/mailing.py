"""Send the mails: that something waits in Accord, never what or about whom."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from django.utils.translation import gettext as _

from accord.foundation.notifications.enums import Cadence, DeliveryState
from accord.foundation.notifications.models import Delivery, DemoMail, Notification
from accord.foundation.notifications.services.telling import SEND_MAIL
from accord.kernel.clock import now
from accord.kernel.jobs import later

log = logging.getLogger(__name__)

MOST_AT_ONCE = 500
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
"""After a failure the wait doubles each time: over two hours in all."""


def send_delivery(delivery_id: UUID) -> None:
    """Send one mail, if it still waits; a mail server that is away is tried again later, and then given up.

    The row is the lock, and its state says what was done: the job may run twice.
    """
    waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    delivery = waiting.filter(pk=delivery_id, state=DeliveryState.PENDING).first()
    if delivery is None:
        return
    unread = Notification.objects.filter(user=delivery.user, read_at__isnull=True)
    if not delivery.user.is_active or not unread.exists():
        delivery.state, delivery.settled_at = DeliveryState.NEEDLESS, now()
        delivery.save()
        return
    try:
        _message(delivery).send()
    except (OSError, SMTPException) as error:
        _postpone(delivery, error)
    else:
        delivery.state, delivery.settled_at = DeliveryState.SENT, now()
        delivery.attempts += 1
    delivery.save()


def wake_due_deliveries() -> int:
    """Give the worker every mail whose time has come, after a failure or each morning; returns how many."""
    waiting = Delivery.objects.filter(state=DeliveryState.PENDING, due_at__lte=now()).order_by("due_at")
    due = list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])
    for key in due:
        later(SEND_MAIL, once=f"mail {key}", delivery_id=str(key))
    return len(due)


def _message(delivery: Delivery) -> EmailMessage:
    host = urlsplit(settings.ACCORD_BASE_URL).hostname
    with translation.override(delivery.user.language):
        if delivery.cadence == Cadence.DAILY:
            sentence = _("Des messages vous attendent dans Accord.")
        else:
            sentence = _("Un message vous attend dans Accord.")
        body = _(
            "%(sentence)s\n\n%(link)s\n\n"
            "Pour protéger les personnes, cet e-mail ne dit rien de plus. "
            "Vous choisissez dans Accord quels e-mails vous recevez."
        )
        return EmailMessage(
            subject=sentence.rstrip("."),
            body=body % {"sentence": sentence, "link": f"{settings.ACCORD_BASE_URL}{delivery.path}"},
            to=[delivery.user.email],
            headers={"Message-ID": f"<{delivery.pk}@{host}>", "Auto-Submitted": "auto-generated"},
        )


def _postpone(delivery: Delivery, error: Exception) -> None:
    delivery.attempts += 1
    delivery.error = type(error).__name__
    if delivery.attempts >= MOST_ATTEMPTS:
        delivery.state, delivery.settled_at = DeliveryState.FAILED, now()
        log.error("mail %s given up after %s attempts: %s", delivery.pk, delivery.attempts, delivery.error)
    else:
        delivery.due_at = now() + FIRST_WAIT * 2 ** (delivery.attempts - 1)


class DemoMailbox(BaseEmailBackend):
    """The mail server of the demo: its mails are read on a page of the demo."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mails, in the caller's transaction."""
        kept = DemoMail.objects.bulk_create(
            DemoMail(
                sender=mail.from_email,
                recipients=", ".join(mail.recipients()),
                subject=str(mail.subject),
                body=str(mail.body),
                message_id=mail.extra_headers.get("Message-ID", ""),
            )
            for mail in email_messages
        )
        return len(kept)
