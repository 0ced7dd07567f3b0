"""What was read and what was written, by whom, for whom, and why. Append-only."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy


class Entry(models.Model):
    """One act. No foreign key: nothing blocks a deletion, and the entry outlives its subject."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=now)
    user_id = models.UUIDField(null=True)
    user_name = models.TextField(default="")
    institution_id = models.UUIDField(null=True)
    institution_name = models.TextField(default="")
    verb = models.TextField()
    is_read = models.BooleanField(default=False)
    subject_kind = models.TextField()
    subject_id = models.UUIDField(null=True)
    subject_label = models.TextField(default="")
    cases = ArrayField(models.UUIDField(), default=list)
    purpose = models.TextField(default="")
    legal_basis = models.TextField(default="")
    data = models.JSONField(default=dict)

    privacy = {
        "user_name": Privacy.STAFF,
        "subject_label": Privacy.PERSONAL,
        "data": Privacy.SENSITIVE,
    }

    class Meta:
        indexes = [
            models.Index(fields=["institution_id", "-at", "-id"], name="journal_by_institution"),
            GinIndex(fields=["cases"], name="journal_by_case", fastupdate=True),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind}"


class Submission(models.Model):
    """A form that was already submitted, and where its sender was led: a double click does nothing twice."""

    token = models.UUIDField(primary_key=True)
    user_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)
    location = models.TextField(default="")

    class Meta:
        indexes = [models.Index(fields=["at"], name="submission_by_age")]

    def __str__(self) -> str:
        return str(self.token)
