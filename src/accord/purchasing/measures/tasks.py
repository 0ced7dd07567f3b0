"""What the worker does for measures."""

from __future__ import annotations

from accord.kernel.clock import today
from accord.kernel.jobs import worker_task
from accord.purchasing.measures.services import move_on, remind_of_reports


@worker_task("measures.move_on", cron="5 4 * * *")
def move_on_daily() -> None:
    """Every morning: measures begin, end or lapse; conventions that end during a mandate are told."""
    move_on(on=today())


@worker_task("measures.remind_of_reports", cron="35 5 * * *")
def remind_of_reports_daily() -> None:
    """Every morning: providers are reminded of reports, counsellors of those that are late."""
    remind_of_reports(on=today())
