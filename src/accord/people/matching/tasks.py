"""What the worker does about twins."""

from __future__ import annotations

from uuid import UUID

from accord.kernel.jobs import later, worker_task
from accord.people.matching.services import catch_up, compare_with_the_house
from accord.people.matching.services.comparing import COMPARE

GO_ON = "matching.go_on"


@worker_task(COMPARE)
def compare_one(person_id: str) -> None:
    """Somebody was registered or corrected: compare her with the persons of her institution."""
    compare_with_the_house(UUID(person_id))


@worker_task("matching.catch_up", cron="20 3 * * *")
def catch_up_nightly() -> None:
    """Every night, reach those whom no job has reached: an import, a job that was lost."""
    go_on()


@worker_task(GO_ON)
def go_on(after: str = "") -> None:
    """Some at a time, one job after the other."""
    if last := catch_up(after=UUID(after) if after else None):
        later(GO_ON, after=str(last))
