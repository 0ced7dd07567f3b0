"""A question to a referent: no case, and no word by which a person could be recognised."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.advice.enums import QuestionState
from accord.casework.referrals.models import Referral
from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class Question(models.Model):
    """Somebody asks how to go on; a referent answers; perhaps an announcement follows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.SlugField(max_length=60)
    asked_by = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    asker = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    addressee = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Null: any referent of the programme’s circle.",
    )
    subject = models.CharField(_("Sujet"), max_length=200)
    text = models.TextField(_("Question"))
    state = models.CharField(max_length=10, choices=QuestionState.choices, default=QuestionState.ASKED)
    asked_at = models.DateTimeField(default=now)
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, help_text="When the first answer came.")
    closed_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(default=now)
    was_helpful = models.BooleanField(null=True)
    reminded_on = models.DateField(null=True)
    escalated_at = models.DateTimeField(null=True)
    referral = models.OneToOneField(Referral, models.SET_NULL, null=True, related_name="+")

    privacy = {"text": Privacy.PERSONAL, "subject": Privacy.PERSONAL}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="closed") | models.Q(closed_at__isnull=False),
                name="question_closed_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="answered") | models.Q(answered_at__isnull=False),
                name="question_answered_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-updated_at"], name="question_by_asker"),
            models.Index(fields=["programme", "-updated_at"], name="question_by_programme"),
            models.Index(fields=["due_on"], condition=models.Q(state="asked"), name="question_waiting"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Answer(models.Model):
    """One line of the thread: a referent's advice, or what the asker adds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("Réponse"))
    at = models.DateTimeField(default=now)

    privacy = {"text": Privacy.PERSONAL}

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.id)
