"""What the worker does about emergencies."""

from __future__ import annotations

from uuid import UUID

from accord.casework.emergencies import services
from accord.casework.emergencies.services.alerting import TELL_PERSON, mail_person
from accord.kernel.clock import today
from accord.kernel.jobs import worker_task


@worker_task("emergencies.remind", cron="20 6 * * *")
def remind_reviewers() -> None:
    """Every morning: what waits for a review, and what is late."""
    services.remind_reviewers(on=today())


@worker_task(TELL_PERSON)
def tell_person(access_id: str) -> None:
    """Send the person a mail without content, if she wishes."""
    mail_person(UUID(access_id))
