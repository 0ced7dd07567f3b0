"""Tell colleagues that something happened, in Accord and by mail."""

from accord.foundation.notifications.services.choosing import choose_mails
from accord.foundation.notifications.services.mailing import send_delivery, wake_due_deliveries
from accord.foundation.notifications.services.telling import mark_all_read, mark_read, notify

__all__ = [
    "choose_mails",
    "mark_all_read",
    "mark_read",
    "notify",
    "send_delivery",
    "wake_due_deliveries",
]
