"""The communication on the AI office's desk, and the préavis with those whom it affects."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.models import Case, Record
from accord.casework.detection.enums import Affected, DetectionState, Outcome, Position, Subject
from accord.foundation.accounts.models import User
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class Detection(Record):
    """One communication for early detection (LAI art. 3b), until it is answered and beyond."""

    state = models.CharField(max_length=10, choices=DetectionState.choices, default=DetectionState.RECEIVED)
    received_on = models.DateField(_("Communication reçue le"))
    due_on = models.DateField()
    interview_on = models.DateField(_("Entretien fixé au"), null=True)
    held_on = models.DateField(_("Entretien tenu le"), null=True)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    reasons = models.TextField(_("Pourquoi, en mots simples"), blank=True)
    answered_on = models.DateField(_("Répondu le"), null=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    applied_on = models.DateField(_("Demande reçue le"), null=True)

    privacy = {"outcome": Privacy.SENSITIVE, "reasons": Privacy.SENSITIVE}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="detection_once"),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True)
                | (models.Q(answered_on__gte=models.F("received_on")) & ~models.Q(outcome="")),
                name="detection_answer_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["answered", "applied"], answered_on__isnull=False)
                | (~models.Q(state__in=["answered", "applied"]) & models.Q(answered_on__isnull=True)),
                name="detection_answered_has_date",
            ),
            models.CheckConstraint(
                condition=models.Q(state="applied", applied_on__isnull=False)
                | (~models.Q(state="applied") & models.Q(applied_on__isnull=True)),
                name="detection_applied_has_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=models.Q(answered_on__isnull=True),
                name="detection_to_answer",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Notice(Record):
    """A préavis: what the AI office intends to decide, and until when one may take position."""

    subject = models.CharField(_("Objet"), max_length=15, choices=Subject.choices)
    summary = models.TextField(_("Ce que l’office AI a l’intention de décider"))
    sent_on = models.DateField(_("Envoyé le"))
    objections_until = models.DateField()
    decided_on = models.DateField(_("Décision rendue le"), null=True)

    privacy = {"subject": Privacy.SENSITIVE, "summary": Privacy.SENSITIVE}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(objections_until__gte=models.F("sent_on")), name="notice_period"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_on__isnull=True) | models.Q(decided_on__gte=models.F("sent_on")),
                name="notice_decided_after",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-sent_on"], name="notice_by_case"),
            models.Index(
                fields=["owner", "objections_until"],
                condition=models.Q(decided_on__isnull=True),
                name="notice_to_decide",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class NoticeParty(models.Model):
    """One to whom a préavis was served, inside Accord or outside, and what she said within the period."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="parties")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=15, choices=Affected.choices)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    position = models.CharField(max_length=10, choices=Position.choices, default=Position.NONE, blank=True)
    position_on = models.DateField(_("Le"), null=True)
    position_text = models.TextField(_("En bref"), blank=True)
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    privacy = {"position_text": Privacy.SENSITIVE}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "institution"], name="notice_party_once"),
            models.CheckConstraint(
                condition=models.Q(kind="insured") | models.Q(institution__isnull=False) | ~models.Q(name=""),
                name="notice_party_named",
            ),
            models.CheckConstraint(
                condition=models.Q(position="", position_on__isnull=True)
                | (~models.Q(position="") & models.Q(position_on__isnull=False)),
                name="notice_position_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["institution"], condition=models.Q(position=""), name="notice_party_awaited")
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def called(self) -> str:
        """The institution, the name outside, or the person herself."""
        if self.institution_id is not None and self.institution is not None:
            return self.institution.name
        return self.name or str(Affected(self.kind).label)
