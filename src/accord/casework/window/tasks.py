"""Upkeep by the worker."""

from __future__ import annotations

from accord.casework.window.services import forget_attempts
from accord.kernel.jobs import worker_task


@worker_task("window.forget_attempts", cron="27 3 * * *")
def forget_failed_attempts() -> None:
    """Every night, drop the failed tries that no limit looks at any more."""
    forget_attempts()
