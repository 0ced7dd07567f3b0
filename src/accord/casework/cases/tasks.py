"""What the worker does for cases."""

from __future__ import annotations

from uuid import UUID

from accord.casework.cases.services import tell_followers, tell_overdue
from accord.casework.cases.services.following import TELL_FOLLOWERS
from accord.kernel.clock import today
from accord.kernel.jobs import worker_task


@worker_task("cases.tell_overdue", cron="40 5 * * *")
def tell_overdue_daily() -> None:
    """Every morning: tell whose clock has run out."""
    tell_overdue(on=today())


@worker_task(TELL_FOLLOWERS)
def tell_followers_of(event_id: str) -> None:
    """Tell those who follow a case that something happened in it."""
    tell_followers(UUID(event_id))
