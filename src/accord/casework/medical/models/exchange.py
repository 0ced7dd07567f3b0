"""What went to the external dossier, and what came from it."""

from __future__ import annotations

from django.db import models

from accord.casework.cases.models import Case, CaseDocument
from accord.casework.medical.enums import IncomingState, OutgoingState
from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class Outgoing(models.Model):
    """A filed report on its way into the external dossier; its key is the number of the message.

    It holds all that the worker needs: the worker reads no report.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    service = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=OutgoingState.choices, default=OutgoingState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(default=now)
    written_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=OutgoingState.values), name="outgoing_state_known"
            )
        ]
        indexes = [
            models.Index(fields=["service", "-created_at"], name="outgoing_by_service"),
            models.Index(
                fields=["due_at"], condition=models.Q(state__in=["pending", "failed"]), name="outgoing_due"
            ),
        ]

    def __str__(self) -> str:
        return self.state


class Incoming(models.Model):
    """A document that came from the external dossier: in its case, or in the tray until somebody sorts it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    message_id = models.CharField(max_length=36, blank=True)
    sender = models.CharField(max_length=80, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=IncomingState.choices, default=IncomingState.TO_SORT)
    trouble = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    filed_as = models.ForeignKey(CaseDocument, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(default=now)
    sorted_at = models.DateTimeField(null=True)
    sorted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    privacy = {"sha256": Privacy.PERSONAL, "sorted_by": Privacy.STAFF}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=IncomingState.values), name="incoming_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="filed") | models.Q(case__isnull=False, filed_as__isnull=False),
                name="incoming_filed_in_a_case",
            ),
        ]
        indexes = [models.Index(fields=["service", "state", "-received_at"], name="incoming_by_service")]

    def __str__(self) -> str:
        return self.state
