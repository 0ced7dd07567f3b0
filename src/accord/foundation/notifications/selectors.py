"""Questions about one's own messages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from accord.foundation.notifications.enums import Cadence, DeliveryState
from accord.foundation.notifications.events import groups, sentence_of
from accord.foundation.notifications.models import Delivery, DemoMail, Notification, Preference, Rhythm
from accord.foundation.notifications.policies import visible_to
from accord.kernel.actors import Actor
from accord.kernel.pages import Page, page_of

MOST_COUNTED = 100
USUAL_HOUR = 7
"""Of the daily mail of those who chose no hour."""


def unread_count(actor: Actor) -> int:
    """How many messages wait to be read; counting stops at 100."""
    unread = Notification.objects.filter(visible_to(actor), read_at__isnull=True)
    return unread[:MOST_COUNTED].count()


@dataclass(frozen=True, slots=True)
class Message:
    """A message as one reads it."""

    notification: Notification
    sentence: str


def messages_page(
    actor: Actor, *, only_unread: bool = False, after: str = "", before: str = ""
) -> tuple[Page[Notification], list[Message]]:
    """One page of one's own messages, the newest first, with their sentences."""
    query = Notification.objects.filter(visible_to(actor))
    if only_unread:
        query = query.filter(read_at__isnull=True)
    page: Page[Notification] = page_of(query, instant="created_at", after=after, before=before)
    return page, [Message(row, sentence_of(row.kind, row.params)) for row in page.rows]


def message_of(actor: Actor, notification_id: UUID) -> Notification | None:
    """One of one's own messages; None for anybody else's."""
    return Notification.objects.filter(visible_to(actor), pk=notification_id).first()


def mail_wishes(actor: Actor) -> dict[str, str]:
    """For each group of messages, how soon a mail comes."""
    chosen = dict(Preference.objects.filter(user_id=actor.user_key).values_list("group", "mail"))
    return {group: chosen.get(group, Cadence.AT_ONCE) for group in groups()}


def mail_hour(actor: Actor) -> int:
    """At what hour the one mail a day comes."""
    chosen = Rhythm.objects.filter(user_id=actor.user_key).values_list("hour", flat=True).first()
    return USUAL_HOUR if chosen is None else chosen


def undelivered_mail(actor: Actor) -> Delivery | None:
    """The last mail to the actor, if it could not be delivered; None once a later one arrived."""
    sent = Delivery.objects.filter(
        user_id=actor.user_key, state__in=[DeliveryState.SENT, DeliveryState.FAILED]
    )
    last = sent.order_by("-settled_at").first()
    return last if last is not None and last.state == DeliveryState.FAILED else None


def mailbox(size: int = 100) -> list[DemoMail]:
    """The last mails of the demo."""
    return list(DemoMail.objects.order_by("-at")[:size])
