"""What the worker does for clocks and durations."""

from __future__ import annotations

from uuid import UUID

from accord.casework.durations.services import calculate_all, calculate_part, escalate
from accord.casework.durations.services.calculating import CALCULATE
from accord.kernel.actors import WORKER
from accord.kernel.clock import today
from accord.kernel.jobs import later, worker_task


@worker_task("durations.escalate", cron="50 5 * * *")
def escalate_daily() -> None:
    """Every morning: tell the managers of clocks that are over for too long."""
    escalate(on=today())


@worker_task("durations.calculate_all", cron="10 2 * * *")
def calculate_nightly() -> None:
    """Every night: the figures of each programme."""
    calculate_all(by=WORKER)


@worker_task(CALCULATE)
def calculate(calculation_id: str, part: int) -> None:
    """One part of a calculation, then the next."""
    if calculate_part(calculation_id=UUID(calculation_id), part=part):
        later(CALCULATE, calculation_id=calculation_id, part=part + 1)
