"""The announcement: a form around a case in its first stage, addressed to a desk that must answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.models import Case
from accord.casework.referrals.enums import ReferralState
from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class Referral(models.Model):
    """One announcement (annonce de cas, or communication for early detection under LAI art. 3b)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="+")
    sender = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    sender_user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    desk = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=ReferralState.choices, default=ReferralState.DRAFT)
    announcer_kind = models.CharField(max_length=40, blank=True)
    insured_informed_on = models.DateField(_("La personne a été informée le"), null=True, blank=True)
    reasons = models.JSONField(default=list)
    criteria = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    questions = models.TextField(_("Questions particulières"), blank=True)
    documents = models.JSONField(default=dict, help_text="Expected document → keys of the case’s documents.")
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decision_reason = models.CharField(max_length=60, blank=True)
    decision_sentence = models.TextField(blank=True)
    next_reminder_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    saved_from = models.UUIDField(null=True, help_text="The open page that saved last.")
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "reasons": Privacy.SENSITIVE,
        "criteria": Privacy.SENSITIVE,
        "answers": Privacy.SENSITIVE,
        "questions": Privacy.SENSITIVE,
        "decision_sentence": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "withdrawn"])
                | (models.Q(sent_at__isnull=False) & models.Q(desk__isnull=False)),
                name="referral_sent_has_desk",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "declined"]) | models.Q(decided_at__isnull=False),
                name="referral_decided_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "state", "sent_at"], name="referral_by_desk"),
            models.Index(fields=["sender", "state", "-updated_at"], name="referral_by_sender"),
            models.Index(
                fields=["next_reminder_on"],
                condition=models.Q(state__in=["sent", "asked_back"]),
                name="referral_to_remind",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Exchange(models.Model):
    """A question asked back by the desk, and its answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="exchanges")
    question = models.TextField(_("Question"))
    asked_at = models.DateTimeField(default=now)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(_("Réponse"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    privacy = {"question": Privacy.SENSITIVE, "answer": Privacy.SENSITIVE}

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return str(self.id)
