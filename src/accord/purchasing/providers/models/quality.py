"""What is known of a provider's quality: certificates, visits and what they found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.network.institutions.models import Institution
from accord.purchasing.providers.enums import Weight
from accord.purchasing.providers.models.admission import Provider


class QualityLabel(models.Model):
    """A quality label that offices accept; the list is data."""

    slug = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=100)
    is_offered = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Certificate(models.Model):
    """A label that a provider holds, from one day to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="certificates")
    label = models.ForeignKey(QualityLabel, models.PROTECT, related_name="+")
    number = models.CharField(_("Numéro"), max_length=60, blank=True)
    valid_from = models.DateField(_("Valable dès le"))
    valid_until = models.DateField(_("Valable jusqu’au"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    warned_days = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-valid_until"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="certificate_period"
            ),
            models.UniqueConstraint(fields=["provider", "label", "valid_from"], name="certificate_once"),
        ]
        indexes = [models.Index(fields=["valid_until"], name="certificate_by_end")]

    def __str__(self) -> str:
        return str(self.label_id)


class Visit(models.Model):
    """Contract management was there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="visits")
    office = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    on = models.DateField(_("Jour de la visite"))
    summary = models.TextField(_("Ce qui a été vu"))
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return str(self.on)


class Finding(models.Model):
    """What a visit found; what must be put right has a day, and an end."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="findings")
    weight = models.CharField(_("Genre"), max_length=8, choices=Weight.choices)
    text = models.TextField(_("Constat"))
    due_on = models.DateField(_("À corriger jusqu’au"), null=True, blank=True)
    done_on = models.DateField(null=True)
    done_note = models.CharField(_("Comment c’est réglé"), max_length=400, blank=True)
    done_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(weight="demand") | models.Q(due_on__isnull=False),
                name="finding_demand_has_day",
            ),
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True) | ~models.Q(done_note=""),
                name="finding_done_has_note",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
