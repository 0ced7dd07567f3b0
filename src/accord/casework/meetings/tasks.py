"""What the worker does about meetings."""

from __future__ import annotations

from uuid import UUID

from accord.casework.meetings import services
from accord.casework.meetings.services.inviting import SEND_INVITATION
from accord.kernel.jobs import worker_task


@worker_task(SEND_INVITATION)
def send_invitation(invitation_id: str) -> None:
    """Send one calendar mail."""
    services.send_invitation(UUID(invitation_id))


@worker_task("meetings.wake", cron="* * * * *")
def wake() -> None:
    """Every minute, send what failed before, and tell what insured persons have answered."""
    services.wake_due_invitations()
    services.tell_person_answers()


@worker_task("meetings.read_replies", cron="*/2 * * * *")
def read_replies() -> None:
    """Every other minute, take the replies that came by mail."""
    services.read_mailbox()
