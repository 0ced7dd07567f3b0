"""An access without disclosure, in an emergency; and every attempt at one."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.models import Case
from accord.casework.emergencies.enums import Outcome, Reason
from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class EmergencyAccess(models.Model):
    """An institution read a case that was not disclosed to it: who, why, what, until when, and what came of it.

    Its key is that of the disclosure which it opened: the one cannot exist without the other. The number and
    the lead are kept as they were, because the institution no longer knows of the case afterwards.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    case_number = models.CharField(max_length=40)
    lead = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("Pourquoi est-ce urgent ?"), max_length=20, choices=Reason.choices)
    explanation = models.TextField(_("En une phrase"))
    medical_explanation = models.TextField(_("Pourquoi les données médicales ?"), blank=True)
    categories = models.BigIntegerField()
    opened_at = models.DateTimeField(default=now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    review_due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    review = models.TextField(_("Ce que la revue constate"), blank=True)
    follow_up = models.TextField(_("Suites données"), blank=True)

    privacy = {
        "user": Privacy.STAFF,
        "reviewer": Privacy.STAFF,
        "explanation": Privacy.SENSITIVE,
        "medical_explanation": Privacy.SENSITIVE,
        "review": Privacy.SENSITIVE,
        "follow_up": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("opened_at")), name="emergency_has_a_duration"
            ),
            models.CheckConstraint(condition=models.Q(categories__gt=0), name="emergency_reads_something"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__lte=models.F("until")),
                name="emergency_is_never_longer",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewer__isnull=True) | ~models.Q(reviewer=models.F("user")),
                name="emergency_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_at__isnull=True, outcome="", reviewer__isnull=True)
                | models.Q(reviewed_at__isnull=False, reviewer__isnull=False) & ~models.Q(outcome=""),
                name="emergency_review_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "-opened_at"], name="emergency_by_institution"),
            models.Index(fields=["lead", "-opened_at"], name="emergency_by_lead"),
            models.Index(fields=["case", "-opened_at"], name="emergency_by_case"),
            models.Index(
                fields=["review_due_on"],
                condition=models.Q(reviewed_at__isnull=True),
                name="emergency_to_review",
            ),
        ]

    def __str__(self) -> str:
        return self.case_number

    @property
    def ends_at(self) -> datetime:
        """When it ended or will end."""
        return self.ended_at or self.until

    @property
    def runs(self) -> bool:
        """Whether the case lies open now."""
        return self.opened_at <= now() < self.ends_at


class EmergencyAttempt(models.Model):
    """Somebody gave a number in an emergency; unknown numbers are counted, so that nobody can guess."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user_id = models.UUIDField()
    institution_id = models.UUIDField()
    at = models.DateTimeField(default=now)
    case_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "-at"], name="emergency_attempt_by_user"),
            models.Index(fields=["institution_id", "-at"], name="emergency_attempt_by_house"),
        ]

    def __str__(self) -> str:
        return str(self.at)
