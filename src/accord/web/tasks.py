"""What the worker does for the shell."""

from __future__ import annotations

from uuid import UUID

from accord.kernel.jobs import worker_task
from accord.web.case_file.copying import MAKE_COPY, forget_old_copies, make_copy


@worker_task(MAKE_COPY)
def make_working_copy(copy_id: str) -> None:
    """Print a case with its documents."""
    make_copy(UUID(copy_id))


@worker_task("web.forget_working_copies", cron="25 * * * *")
def forget_working_copies() -> None:
    """Every hour: drop the copies whose day is over."""
    forget_old_copies()
