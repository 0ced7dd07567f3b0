"""Examinations that complete what is known, and the medical measures that were agreed on."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.models import Case
from accord.casework.medical.enums import (
    Discipline,
    ExaminationKind,
    ExaminationState,
    Holder,
    MeasureKind,
    MeasureState,
)
from accord.casework.medical.models.requests import MedicalRequest
from accord.casework.medical.states import EXAMINATION_HOLDERS
from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class Examination(models.Model):
    """An examination that the doctor orders; its report reaches the case through her, and through nobody else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    service = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    request = models.ForeignKey(MedicalRequest, models.PROTECT, related_name="examinations")
    kind = models.CharField(_("Quel examen ?"), max_length=10, choices=ExaminationKind.choices)
    disciplines = ArrayField(models.CharField(max_length=20, choices=Discipline.choices))
    reason = models.TextField(_("Pourquoi ?"))
    questions = models.TextField(_("Questions à l’examinateur"))
    examiner = models.CharField(_("Chez qui ?"), max_length=200, blank=True)
    state = models.CharField(
        max_length=10, choices=ExaminationState.choices, default=ExaminationState.ORDERED
    )
    ordered_at = models.DateTimeField(default=now)
    ordered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    appointment_at = models.DateTimeField(_("Rendez-vous"), null=True)
    place = models.CharField(_("Lieu"), max_length=200, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    concluded_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(_("Pourquoi ?"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "disciplines": Privacy.SENSITIVE,
        "reason": Privacy.SENSITIVE,
        "questions": Privacy.SENSITIVE,
        "examiner": Privacy.SENSITIVE,
        "place": Privacy.PERSONAL,
        "cancelled_because": Privacy.SENSITIVE,
        "ordered_by": Privacy.STAFF,
        "read_by": Privacy.STAFF,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ExaminationState.values), name="examination_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["received", "read", "concluded"])
                | models.Q(document__isnull=False),
                name="examination_has_its_report",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["read", "concluded"]) | models.Q(read_at__isnull=False),
                name="examination_read_by_doctor",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "state", "ordered_at"], name="examination_by_service"),
            models.Index(fields=["case", "ordered_at"], name="examination_by_case"),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def holder_word(self) -> str:
        """Who has the next act, in words."""
        return str(Holder(EXAMINATION_HOLDERS[self.state]).label)

    @property
    def held_since(self) -> datetime:
        """Since when whoever has the next act has had it."""
        return self.concluded_at or self.read_at or self.received_at or self.ordered_at


class MedicalMeasure(models.Model):
    """A medical measure that was agreed on: what, who sees to it, by when, and whether it was done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    service = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    request = models.ForeignKey(MedicalRequest, models.PROTECT, related_name="+")
    kind = models.CharField(_("Quelle mesure ?"), max_length=12, choices=MeasureKind.choices)
    text = models.CharField(_("Que faut-il faire ?"), max_length=300)
    responsible = models.CharField(_("Qui s’en charge ?"), max_length=120, blank=True)
    due_on = models.DateField(_("Échéance"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=MeasureState.choices, default=MeasureState.AGREED)
    agreed_at = models.DateTimeField(default=now)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "text": Privacy.SENSITIVE,
        "responsible": Privacy.SENSITIVE,
        "due_on": Privacy.SENSITIVE,
        "author": Privacy.STAFF,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MeasureState.values), name="medical_measure_state_known"
            )
        ]
        indexes = [
            models.Index(
                fields=["service", "due_on"],
                condition=models.Q(state__in=["agreed", "underway"]),
                name="medical_measure_to_guard",
            ),
            models.Index(fields=["case", "agreed_at"], name="medical_measure_by_case"),
        ]

    def __str__(self) -> str:
        return self.kind


class FollowUp(models.Model):
    """A line of a measure’s history: what was learnt, and where it stands since."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    measure = models.ForeignKey(MedicalMeasure, models.CASCADE, related_name="follow_ups")
    at = models.DateTimeField(default=now)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=MeasureState.choices)
    text = models.TextField(_("Où en est-on ?"))

    privacy = {"text": Privacy.SENSITIVE, "author": Privacy.STAFF}

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["measure", "-at"], name="follow_up_by_measure")]

    def __str__(self) -> str:
        return self.state
