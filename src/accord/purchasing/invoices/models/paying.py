"""How invoices are paid: by whom approved, in which order to the bank, and what the bank booked."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution
from accord.purchasing.invoices.models.receiving import Invoice


class PaymentTerms(models.Model):
    """How an office pays: its account, the days it gives itself, and from which amount two people approve."""

    office = models.OneToOneField(Institution, models.CASCADE, primary_key=True, related_name="+")
    gln = models.CharField(_("GLN de l’office"), max_length=13, blank=True)
    iban = models.CharField(_("Compte débité (IBAN)"), max_length=21, blank=True)
    postal_code = models.CharField(_("NPA"), max_length=9, blank=True)
    city = models.CharField(_("Localité"), max_length=35, blank=True)
    four_eyes_above = models.DecimalField(
        _("Deux personnes approuvent au-dessus de (CHF)"),
        max_digits=10,
        decimal_places=2,
        default=Decimal(5000),
    )
    days = models.PositiveSmallIntegerField(_("Jours pour payer"), default=30)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(four_eyes_above__gte=0, days__gte=1), name="payment_terms_make_sense"
            )
        ]

    def __str__(self) -> str:
        return str(self.office_id)


class PaymentOrder(models.Model):
    """A file for the bank; it is written once, and given out once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    message_id = models.CharField(max_length=35, unique=True)
    execute_on = models.DateField()
    count = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=16, decimal_places=2)
    xml = models.TextField()
    created_at = models.DateTimeField(default=now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    exported_at = models.DateTimeField(null=True)
    exported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    privacy = {"xml": Privacy.STAFF, "created_by": Privacy.STAFF, "exported_by": Privacy.STAFF}

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["office", "-created_at"], name="payment_order_by_office")]

    def __str__(self) -> str:
        return self.message_id


class Booking(models.Model):
    """What the bank says it booked for an invoice; one booking an invoice, each entry of the bank once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="booking")
    entry = models.CharField(max_length=80, help_text="The bank’s own reference of the entry.")
    booked_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "entry"], name="booking_once")]

    def __str__(self) -> str:
        return self.entry
