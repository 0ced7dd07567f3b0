"""Send the mails: that something waits in Accord, never what or about whom."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Count
from django.utils import translation
from django.utils.translation import gettext as _

from accord.foundation.notifications.enums import Cadence, DeliveryState
from accord.foundation.notifications.events import group_of, groups
from accord.foundation.notifications.models import Delivery, DemoMail, Notification, Preference, Rhythm
from accord.foundation.notifications.selectors import USUAL_HOUR
from accord.foundation.notifications.services.telling import SEND_MAIL, next_mail_time
from accord.kernel.clock import SWISS_TIME, now
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
    if delivery.cadence == Cadence.DAILY and _had_one_today(delivery):
        _leave_for_tomorrow(delivery)
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
        counts = ""
        if delivery.cadence == Cadence.DAILY:
            sentence = _("Des messages vous attendent dans Accord.")
            counts = _counts(delivery)
        else:
            sentence = _("Un message vous attend dans Accord.")
        body = _(
            "%(sentence)s\n%(counts)s\n%(link)s\n\n"
            "Pour protéger les personnes, cet e-mail ne dit rien de plus. "
            "Vous choisissez dans Accord quels e-mails vous recevez."
        )
        return EmailMessage(
            subject=sentence.rstrip("."),
            body=body
            % {
                "sentence": sentence,
                "counts": counts,
                "link": f"{settings.ACCORD_BASE_URL}{delivery.path}",
            },
            to=[delivery.user.email],
            headers={"Message-ID": f"<{delivery.pk}@{host}>", "Auto-Submitted": "auto-generated"},
        )


def _had_one_today(delivery: Delivery) -> bool:
    """Whether her one mail of the day has gone out, as when she has just chosen another hour."""
    midnight = now().astimezone(SWISS_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
    daily = Delivery.objects.filter(user=delivery.user, cadence=Cadence.DAILY)
    return daily.filter(state=DeliveryState.SENT, settled_at__gte=midnight).exists()


def _leave_for_tomorrow(delivery: Delivery) -> None:
    chosen = Rhythm.objects.filter(user=delivery.user).values_list("hour", flat=True).first()
    midnight = now().astimezone(SWISS_TIME).replace(hour=23, minute=59)
    due_at = next_mail_time(midnight, USUAL_HOUR if chosen is None else chosen)
    if Delivery.objects.filter(user=delivery.user, cadence=Cadence.DAILY, due_at=due_at).exists():
        delivery.state, delivery.settled_at = DeliveryState.NEEDLESS, now()
    else:
        delivery.due_at = due_at
    delivery.save()


def _counts(delivery: Delivery) -> str:
    """How many unread messages wait in which of the groups that she wants once a day; never what they say."""
    daily = Preference.objects.filter(user=delivery.user, mail=Cadence.DAILY).values_list("group", flat=True)
    wanted = set(daily)
    unread = Notification.objects.filter(user=delivery.user, read_at__isnull=True)
    found: Counter[str] = Counter()
    for kind, count in unread.values_list("kind").annotate(n=Count("id")).order_by():
        if (group := group_of(kind)) in wanted:
            found[group] += count
    return "".join(f"\n{name}\xa0: {found[group]}" for group, name in groups().items() if found[group]) + "\n"


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
