"""What the worker does for invoices."""

from __future__ import annotations

from uuid import UUID

from accord.kernel.jobs import worker_task
from accord.purchasing.invoices.services import (
    SWEEP,
    check_waiting,
    resume_checks,
    sweep_folders,
    warn_of_overdue,
)


@worker_task("invoices.check_waiting")
def check_waiting_invoices(office: str) -> None:
    """Check some of the invoices that wait at an office, and come back while there are more."""
    check_waiting(UUID(office))


@worker_task(SWEEP, cron="* * * * *")
def sweep() -> None:
    """Every minute, and at once while more lies there: take in what the watched folder holds."""
    sweep_folders()


@worker_task("invoices.resume", cron="*/5 * * * *")
def resume_waiting() -> None:
    """Take up what a stopped worker left lying."""
    resume_checks()


@worker_task("invoices.overdue", cron="30 6 * * *")
def warn_of_overdue_invoices() -> None:
    """Every morning: tell each office how many invoices are past their day."""
    warn_of_overdue()
