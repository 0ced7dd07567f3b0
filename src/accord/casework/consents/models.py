"""The person's authorisation for one case: recipients × categories × purpose × period, with its evidence."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.models import Case
from accord.casework.consents.enums import Channel, ConsentState, Signatory
from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution


class ConsentText(models.Model):
    """The wording that is signed, as it stood: one row a programme, version and language."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "version", "language"], name="consent_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.version} {self.language}"


class Consent(models.Model):
    """One authorisation, for one circle of its case; what it opens are disclosures that bear its key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+")
    programme = models.CharField(max_length=60, default="", help_text="The circle that it opens.")
    recorded_by = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    recorded_by_user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ConsentState.choices, default=ConsentState.DRAFT)
    purpose = models.CharField(_("But de l’échange"), max_length=200)
    is_recurring = models.BooleanField(_("Échanges répétés pendant toute la durée"), default=True)
    valid_from = models.DateField(_("Valable dès le"))
    valid_until = models.DateField(_("Valable jusqu’au"))
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    signatory = models.CharField(max_length=20, choices=Signatory.choices, blank=True)
    signed_on = models.DateField(_("Signée le"), null=True, blank=True)
    evidence = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    signature = models.JSONField(null=True, help_text="Strokes drawn on the screen, with their instants.")
    revoked_at = models.DateTimeField(null=True)
    revocation_note = models.CharField(_("Comment la personne l’a fait savoir"), max_length=200, blank=True)
    warned_days = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "purpose": Privacy.SENSITIVE,
        "signature": Privacy.PERSONAL,
        "revocation_note": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="consent_period"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "abandoned"])
                | (models.Q(signed_on__isnull=False) & ~models.Q(channel="") & ~models.Q(signatory="")),
                name="consent_signed_has_evidence",
            ),
            models.CheckConstraint(
                condition=~models.Q(channel="paper") | models.Q(evidence__isnull=False),
                name="consent_paper_has_scan",
            ),
            models.CheckConstraint(
                condition=~models.Q(channel="screen") | models.Q(signature__isnull=False),
                name="consent_screen_has_strokes",
            ),
            models.CheckConstraint(
                condition=models.Q(state="revoked", revoked_at__isnull=False)
                | (~models.Q(state="revoked") & models.Q(revoked_at__isnull=True)),
                name="consent_revoked_has_date",
            ),
            models.UniqueConstraint(
                fields=["case", "programme"],
                condition=models.Q(state="active"),
                name="consent_active_once",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-created_at"], name="consent_by_case"),
            models.Index(fields=["valid_until"], condition=models.Q(state="active"), name="consent_by_end"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Grant(models.Model):
    """One row of the grid: what one institution may see. Narrowing ends it and writes a smaller one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="grants")
    recipient = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    categories = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "recipient"],
                condition=models.Q(ended_at__isnull=True),
                name="grant_once",
            ),
            models.CheckConstraint(condition=models.Q(categories__gt=0), name="grant_something"),
        ]

    def __str__(self) -> str:
        return f"{self.categories:b}"
