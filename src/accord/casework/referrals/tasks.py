"""What the worker does for announcements."""

from __future__ import annotations

from accord.casework.referrals.services import remind_and_expire
from accord.kernel.jobs import worker_task


@worker_task("referrals.remind_and_expire", cron="20 5 * * *")
def remind_and_expire_daily() -> None:
    """Every morning: remind who must answer, let expire what nobody answered."""
    remind_and_expire()
