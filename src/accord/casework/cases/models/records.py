"""What is written into a case."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.enums import (
    Audience,
    EventKind,
    StepState,
)
from accord.casework.cases.models.case import Case
from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class Record(models.Model):
    """What belongs to a case: it has an owner institution, a data category and an audience."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    owner = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    category = models.BigIntegerField(
        null=True, help_text="One bit of the data category; null for what every party of the case may know."
    )
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.CIRCLE)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Event(Record):
    """One line of the timeline."""

    kind = models.CharField(max_length=20, choices=EventKind.choices)
    at = models.DateTimeField(default=now)
    data = models.JSONField(default=dict)

    privacy = {"data": Privacy.SENSITIVE}

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="event_by_case")]

    def __str__(self) -> str:
        return self.kind


class Note(Record):
    """A note, for one's own institution or for those who are authorised."""

    text = models.TextField(_("Note"))

    privacy = {"text": Privacy.SENSITIVE}

    class Meta:
        indexes = [models.Index(fields=["case", "-created_at"], name="note_by_case")]

    def __str__(self) -> str:
        return str(self.id)


class Step(Record):
    """Something to do, by an institution, until a day."""

    title = models.CharField(_("Que faut-il faire ?"), max_length=200)
    assignee = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    assignee_user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("Échéance"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.OPEN)
    ended_at = models.DateTimeField(null=True)

    privacy = {"title": Privacy.SENSITIVE}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", ended_at__isnull=True)
                | (~models.Q(state="open") & models.Q(ended_at__isnull=False)),
                name="step_ended_has_date",
            )
        ]
        indexes = [
            models.Index(fields=["case", "due_on"], name="step_by_case"),
            models.Index(fields=["assignee", "due_on"], condition=models.Q(state="open"), name="step_to_do"),
            models.Index(fields=["owner", "due_on"], condition=models.Q(state="open"), name="step_awaited"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CaseDocument(Record):
    """A document filed in a case."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    title = models.CharField(_("Titre"), max_length=200)

    privacy = {"title": Privacy.SENSITIVE}

    class Meta:
        indexes = [
            models.Index(fields=["case", "-created_at"], name="case_document_by_case"),
            models.Index(fields=["document"], name="case_document_by_document"),
        ]

    def __str__(self) -> str:
        return str(self.id)
