"""What the worker does about conventions every night."""

from __future__ import annotations

from accord.kernel.jobs import worker_task
from accord.network.agreements import services


@worker_task("agreements.turn", cron="5 0 * * *")
def turn_agreements() -> None:
    """Begin what begins today, close what is over."""
    services.turn_agreements()


@worker_task("agreements.warn_of_end", cron="10 6 * * *")
def warn_of_end() -> None:
    """Warn three months, one month and one week before the end."""
    services.warn_of_end()
