"""What the worker does for the medical service: the exchange with an external dossier, and reminders."""

from __future__ import annotations

from uuid import UUID

from accord.casework.medical.services.receiving import read_inbox
from accord.casework.medical.services.reminding import remind_holders
from accord.casework.medical.services.sending import SEND_REPORT, send_report, wake_due_reports
from accord.kernel.clock import today
from accord.kernel.jobs import worker_task


@worker_task(SEND_REPORT)
def send_one_report(outgoing_id: str) -> None:
    """Write one filed report into the outbox."""
    send_report(UUID(outgoing_id))


@worker_task("medical.wake", cron="* * * * *")
def wake() -> None:
    """Every minute, try again what could not be written."""
    wake_due_reports()


@worker_task("medical.read_inbox", cron="*/2 * * * *")
def take_in() -> None:
    """Every other minute, take receipts and documents from the inbox."""
    read_inbox()


@worker_task("medical.remind", cron="30 5 * * *")
def remind_daily() -> None:
    """Every morning: remind who holds what is overdue."""
    remind_holders(on=today())
