"""What the worker does for cases."""

from __future__ import annotations

from accord.casework.cases.services import tell_overdue
from accord.kernel.clock import today
from accord.kernel.jobs import worker_task


@worker_task("cases.tell_overdue", cron="40 5 * * *")
def tell_overdue_daily() -> None:
    """Every morning: tell whose clock has run out."""
    tell_overdue(on=today())
