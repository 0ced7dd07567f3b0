"""What the worker does about authorisations every night."""

from __future__ import annotations

from accord.casework.consents import services
from accord.kernel.jobs import worker_task


@worker_task("consents.expire", cron="10 0 * * *")
def expire_consents() -> None:
    """Mark the authorisations whose last day is over."""
    services.expire_consents()


@worker_task("consents.warn_of_expiry", cron="0 6 * * *")
def warn_of_expiry() -> None:
    """Warn 30 and 7 days before an authorisation ends."""
    services.warn_of_expiry()
