"""Write messages, and read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accord.foundation.accounts.models import User
from accord.foundation.notifications.enums import Cadence
from accord.foundation.notifications.events import kind_of
from accord.foundation.notifications.models import Delivery, Notification, Preference, Rhythm
from accord.foundation.notifications.selectors import USUAL_HOUR
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, now
from accord.kernel.jobs import later

SEND_MAIL = "notifications.send_mail"


@transaction.atomic
def notify(
    *,
    users: Iterable[User],
    institution_id: UUID | None,
    kind: str,
    params: Mapping[str, object],
    path: str,
    case_id: UUID | None = None,
    by_mail: bool = True,
) -> list[Notification]:
    """Leave a message for each colleague, and a mail as she wishes: at once, once a day, or none.

    Without `by_mail` there is the message alone: another mail, such as one to her calendar, says it already.

    `params` fill the kind's sentence and hold nothing about a person. The mails go out by the worker once the
    caller's transaction has committed. KeyError for a kind that no app has registered.
    """
    told = {user.pk: user for user in users if user.is_active}
    group = kind_of(kind).group
    messages = [
        Notification(
            user=user,
            institution_id=institution_id,
            kind=kind,
            params=dict(params),
            path=path,
            case_id=case_id,
            created_at=now(),
        )
        for user in told.values()
    ]
    Notification.objects.bulk_create(messages)
    if by_mail:
        _mail(told, group, path)
    return messages


def _mail(told: Collection[UUID], group: str, path: str) -> None:
    wishes = dict(Preference.objects.filter(user__in=told, group=group).values_list("user_id", "mail"))
    hours = dict(Rhythm.objects.filter(user__in=told).values_list("user_id", "hour"))
    at_once = [
        Delivery(user_id=key, cadence=Cadence.AT_ONCE, path=path, due_at=now())
        for key in told
        if wishes.get(key, Cadence.AT_ONCE) == Cadence.AT_ONCE
    ]
    daily = [
        Delivery(
            user_id=key,
            cadence=Cadence.DAILY,
            path=reverse("notifications:list"),
            due_at=next_mail_time(now(), hours.get(key, USUAL_HOUR)),
        )
        for key in told
        if wishes.get(key) == Cadence.DAILY
    ]
    Delivery.objects.bulk_create(at_once)
    Delivery.objects.bulk_create(daily, ignore_conflicts=True)
    for delivery in at_once:
        later(SEND_MAIL, delivery_id=str(delivery.pk))


def next_mail_time(instant: datetime, hour: int) -> datetime:
    """The next time that this hour strikes where the caseworkers sit."""
    here = instant.astimezone(SWISS_TIME)
    today = datetime.combine(here.date(), time(hour), SWISS_TIME)
    return (
        today if here < today else datetime.combine(here.date() + timedelta(days=1), time(hour), SWISS_TIME)
    )


def mark_read(*, by: Actor, notification_id: UUID) -> Notification:
    """Put one of one's own messages aside as read; Notification.DoesNotExist for anybody else's."""
    message = Notification.objects.get(pk=notification_id, user_id=by.user_key)
    if message.read_at is None:
        message.read_at = now()
        message.save(update_fields=["read_at"])
    return message


def mark_all_read(*, by: Actor) -> int:
    """Put all one's messages aside as read; returns how many were not."""
    return Notification.objects.filter(user_id=by.user_key, read_at__isnull=True).update(read_at=now())
