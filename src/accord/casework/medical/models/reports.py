"""Reports that a doctor signs, and the list of codes in which diagnoses are written.

Keys that lead out of the compartment are DO_NOTHING: who deletes such a row outside may not look in here, and
the database's own foreign key refuses.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models

from accord.casework.capacity.models import FunctionalSummary
from accord.casework.cases.models import Case, CaseDocument
from accord.casework.medical.enums import Holder, ReportKind, ReportState
from accord.casework.medical.models.examinations import Examination
from accord.casework.medical.models.requests import MedicalRequest
from accord.casework.medical.rules.rubrics import Rubrics
from accord.casework.medical.states import REPORT_HOLDERS
from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class Report(models.Model):
    """What the doctor says of a case. Once signed it never changes: an amendment is a new edition."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    service = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    request = models.ForeignKey(MedicalRequest, models.PROTECT, related_name="reports")
    examination = models.ForeignKey(Examination, models.PROTECT, null=True, related_name="reports")
    kind = models.CharField(max_length=2, choices=ReportKind.choices, default=ReportKind.RM)
    edition = models.PositiveSmallIntegerField(default=1)
    amends = models.OneToOneField("self", models.PROTECT, null=True, related_name="amended_by")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    rubrics = models.JSONField(default=dict)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)
    saved_from = models.UUIDField(null=True, help_text="The open page that saved last.")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    certificate = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the certificate.")
    document = models.ForeignKey(Document, models.DO_NOTHING, null=True, related_name="+")
    summary = models.ForeignKey(FunctionalSummary, models.DO_NOTHING, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    filed_at = models.DateTimeField(null=True)
    filed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    filed_as = models.ForeignKey(CaseDocument, models.DO_NOTHING, null=True, related_name="+")

    privacy = {
        "rubrics": Privacy.SENSITIVE,
        "author": Privacy.STAFF,
        "signed_by": Privacy.STAFF,
        "handed_in_by": Privacy.STAFF,
        "filed_by": Privacy.STAFF,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ReportState.values), name="medical_report_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", signed_at__isnull=True, document__isnull=True)
                | models.Q(signed_at__isnull=False, signed_by__isnull=False, document__isnull=False),
                name="medical_report_signed_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="filed") | models.Q(filed_as__isnull=False),
                name="medical_report_filed_somewhere",
            ),
            models.UniqueConstraint(
                fields=["request", "kind", "examination", "edition"],
                nulls_distinct=False,
                name="medical_report_edition_once",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "state", "updated_at"], name="medical_report_by_service"),
            models.Index(fields=["case", "created_at"], name="medical_report_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.edition}"

    @property
    def is_draft(self) -> bool:
        """Still written on; nobody but the medical service sees it."""
        return self.state == ReportState.DRAFT

    @property
    def holder_word(self) -> str:
        """Who has the next act, in words."""
        return str(Holder(REPORT_HOLDERS[self.state]).label)

    @property
    def held_since(self) -> datetime:
        """Since when whoever has the next act has had it."""
        return self.handed_in_at or self.signed_at or self.created_at

    @property
    def said(self) -> Rubrics:
        """What the report says, rubric by rubric."""
        return Rubrics.from_json(self.rubrics)


class Icd10Code(models.Model):
    """A code of a list that the operator loaded, with its title in one language."""

    id = models.BigAutoField(primary_key=True)
    release = models.CharField(max_length=40, help_text="Of which list: its name and year.")
    language = models.CharField(max_length=2)
    code = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    is_current = models.BooleanField(default=False, help_text="Of the list that is searched now.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "language", "code"], name="icd10_code_once")
        ]
        indexes = [
            models.Index(
                fields=["language", "code"], condition=models.Q(is_current=True), name="icd10_current"
            )
        ]

    def __str__(self) -> str:
        return self.code
