"""What the platform remembers of those who read a case."""

from __future__ import annotations

from django.db import models

from accord.casework.cases.models.case import Case
from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class Visit(models.Model):
    """When a colleague last looked at a case; what is newer than `since` is news to her.

    `since` moves when she comes back after a while, not at each reload, and when she puts the news aside.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "case"], name="visit_once")]

    def __str__(self) -> str:
        return str(self.at)


class WorkingCopy(models.Model):
    """A case printed with its documents for one colleague: made by the worker, kept for a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    sentence = models.TextField(blank=True, help_text="Why it could not be made.")
    pdf = models.BinaryField(null=True)

    privacy = {"pdf": Privacy.SENSITIVE}

    class Meta:
        indexes = [
            models.Index(fields=["user", "-asked_at"], name="working_copy_by_user"),
            models.Index(fields=["expires_at"], name="working_copy_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.id)
