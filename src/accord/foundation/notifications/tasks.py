"""What the worker does about messages."""

from __future__ import annotations

from uuid import UUID

from accord.foundation.notifications.services import send_delivery, wake_due_deliveries
from accord.foundation.notifications.services.telling import SEND_MAIL
from accord.kernel.jobs import worker_task


@worker_task(SEND_MAIL)
def send_mail(delivery_id: str) -> None:
    """Send one mail."""
    send_delivery(UUID(delivery_id))


@worker_task("notifications.wake_mails", cron="* * * * *")
def wake_mails() -> None:
    """Every minute, send what is due: the morning's mails, and what failed before."""
    wake_due_deliveries()
