"""The case, its circles, who takes part, and the stages that it went through."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.enums import (
    CaseState,
    ParticipantRole,
)
from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution
from accord.people.persons.models import Person


class Case(models.Model):
    """One person's situation, worked on by several institutions under one programme."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=40, unique=True)
    programme = models.CharField(max_length=60)
    programme_version = models.CharField(max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    lead_user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    announced_by = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    subject = models.CharField(_("De quoi s’agit-il ?"), max_length=200, blank=True)
    region = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.DRAFT)
    stage = models.CharField(max_length=60, blank=True)
    stage_since = models.DateTimeField(default=now)
    stage_due_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True)
    outcome_note = models.TextField(blank=True)
    updated_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "subject": Privacy.SENSITIVE,
        "outcome": Privacy.SENSITIVE,
        "outcome_note": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_at__isnull=True)),
                name="case_closed_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | ~models.Q(outcome=""), name="case_closed_has_outcome"
            ),
            models.CheckConstraint(condition=models.Q(state__in=CaseState.values), name="case_state_known"),
        ]
        indexes = [
            models.Index(fields=["person"], name="case_by_person"),
            models.Index(fields=["lead", "state"], name="case_by_lead"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseCircle(models.Model):
    """A second programme under which the case stands, too; its number and its stages stay the first one's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="second_circles")
    programme = models.CharField(max_length=60)
    programme_version = models.CharField(max_length=20)
    joined_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True)
    joined_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    left_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(left_at__isnull=True), name="case_circle_once"
            ),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True) | models.Q(left_at__gte=models.F("joined_at")),
                name="case_circle_period",
            ),
        ]

    def __str__(self) -> str:
        return self.programme


class Participant(models.Model):
    """An institution in a case, with its role and the colleague who answers for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="participants")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=ParticipantRole.choices)
    referent = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    joined_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "institution"],
                condition=models.Q(left_at__isnull=True),
                name="participant_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}"


class StageEntry(models.Model):
    """A stage that the case entered, its clock, and who held it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=60)
    holder = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(left_at__isnull=True), name="stage_current_once"
            )
        ]
        indexes = [models.Index(fields=["case", "entered_at"], name="stage_by_case")]

    def __str__(self) -> str:
        return self.stage
