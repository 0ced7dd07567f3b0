"""What the worker does for questions."""

from __future__ import annotations

from accord.casework.advice.services import remind_escalate_and_expire
from accord.kernel.clock import today
from accord.kernel.jobs import worker_task


@worker_task("advice.remind_escalate_and_expire", cron="25 5 * * *")
def remind_escalate_and_expire_daily() -> None:
    """Every morning: remind the referents, tell their managers, let expire what nobody answered."""
    remind_escalate_and_expire(on=today())
