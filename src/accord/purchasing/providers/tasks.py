"""What the worker does for providers."""

from __future__ import annotations

from uuid import UUID

from accord.kernel.jobs import worker_task
from accord.purchasing.providers import services
from accord.purchasing.providers.services.links import SEND_LINK


@worker_task(SEND_LINK)
def send_link(link_id: str) -> None:
    """Mail a link to an offer of service."""
    services.send_link(UUID(link_id))


@worker_task("providers.warn_of_certificates", cron="20 6 * * *")
def warn_of_certificates() -> None:
    """Warn before a quality certificate ends."""
    services.warn_of_certificates()


@worker_task("providers.remind_of_findings", cron="25 6 * * *")
def remind_of_findings() -> None:
    """Remind of points that should have been put right."""
    services.remind_of_findings()
