"""An invoice from its reception to the answer."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.accounts.models import User
from accord.kernel.clock import now, today
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution
from accord.purchasing.invoices.enums import OPEN, TONES, Answered, InvoiceState, MessageKind, Source, Weight
from accord.purchasing.invoices.rules.findings import Finding
from accord.purchasing.measures.models import Mandate
from accord.purchasing.providers.models import Provider

RECEIPT = "F-"
"""How the number of a receipt of an invoice begins."""


class Batch(models.Model):
    """Many files that came at once; how far they are is counted from the invoices themselves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    sender = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=8, choices=Source.choices)
    created_at = models.DateTimeField(default=now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    privacy = {"created_by": Privacy.STAFF}

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["office", "-created_at"], name="invoice_batch_by_office")]

    def __str__(self) -> str:
        return str(self.id)


class Invoice(models.Model):
    """One message of a provider; the same bytes are here once, whoever sends them and how often."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    sender = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="invoices")
    source = models.CharField(max_length=8, choices=Source.choices)
    state = models.CharField(max_length=10, choices=InvoiceState.choices, default=InvoiceState.RECEIVED)
    sha256 = models.CharField(max_length=64)
    receipt = models.BigIntegerField(
        unique=True,
        editable=False,
        db_default=models.Func(
            models.Value("invoices_receipt"), function="nextval", output_field=models.BigIntegerField()
        ),
    )
    message_version = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=8, choices=MessageKind.choices, default=MessageKind.NORMAL)
    is_test = models.BooleanField(default=False)
    number = models.CharField(_("Numéro de facture"), max_length=35, blank=True)
    dated = models.DateField(_("Date de la facture"), null=True)
    decision_number = models.CharField(_("Numéro de décision"), max_length=35, blank=True)
    begin = models.DateField(null=True)
    end = models.DateField(null=True)
    amount = models.DecimalField(_("Montant (CHF)"), max_digits=14, decimal_places=2, default=Decimal(0))
    iban = models.CharField(max_length=21, blank=True)
    reference = models.CharField(max_length=27, blank=True)
    creditor = models.CharField(max_length=70, blank=True)
    creditor_zip = models.CharField(max_length=9, blank=True)
    creditor_city = models.CharField(max_length=35, blank=True)
    received_at = models.DateTimeField(default=now)
    due_on = models.DateField()
    checked_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    order = models.ForeignKey("PaymentOrder", models.PROTECT, null=True, related_name="invoices")
    paid_on = models.DateField(null=True)
    cancels = models.ForeignKey("self", models.PROTECT, null=True, related_name="cancellations")
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "decision_number": Privacy.PERSONAL,
        "creditor": Privacy.STAFF,
        "approved_by": Privacy.STAFF,
        "second_by": Privacy.STAFF,
    }

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "sha256"], name="invoice_bytes_once"),
            models.UniqueConstraint(
                fields=["office", "provider", "number"],
                condition=models.Q(
                    kind="normal", state__in=["pending", "accepted", "approved", "ordered", "paid"]
                ),
                name="invoice_number_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "ordered", "paid"])
                | models.Q(approved_by__isnull=False),
                name="invoice_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(second_by__isnull=True) | ~models.Q(second_by=models.F("approved_by")),
                name="invoice_four_eyes",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["ordered", "paid"]) | models.Q(order__isnull=False),
                name="invoice_ordered_has_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="paid") | models.Q(paid_on__isnull=False),
                name="invoice_paid_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "due_on"], name="invoice_by_office"),
            models.Index(fields=["provider", "-received_at"], name="invoice_by_provider"),
            models.Index(fields=["sender", "-received_at"], name="invoice_by_sender"),
            models.Index(fields=["mandate"], name="invoice_by_mandate"),
            models.Index(fields=["batch", "state"], name="invoice_by_batch"),
            models.Index(
                fields=["received_at"], condition=models.Q(state="received"), name="invoice_to_check"
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)

    @property
    def receipt_number(self) -> str:
        """The number that whoever sent it gets, and asks by."""
        return f"{RECEIPT}{self.receipt:06d}"

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES[InvoiceState(self.state)]

    @property
    def is_open(self) -> bool:
        """The payment is still to come."""
        return self.state in OPEN

    @property
    def days_left(self) -> int:
        """Days until it should be paid; below zero when they are over."""
        return (self.due_on - today()).days

    @property
    def end_to_end_id(self) -> str:
        """How the bank names this payment; it says nothing of the person."""
        return self.id.hex


class InvoiceFile(models.Model):
    """The bytes of a message, compressed, beside its row: both are there, or neither is."""

    invoice = models.OneToOneField(Invoice, models.CASCADE, primary_key=True, related_name="file")
    data = models.BinaryField()
    size = models.PositiveIntegerField()

    privacy = {"data": Privacy.SENSITIVE}

    def __str__(self) -> str:
        return str(self.invoice_id)


class InvoiceLine(models.Model):
    """One service of an invoice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines")
    record_id = models.PositiveIntegerField()
    code = models.CharField(max_length=30)
    label = models.CharField(max_length=350)
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    price = models.DecimalField(max_digits=14, decimal_places=4)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    begin = models.DateField()
    end = models.DateField(null=True)

    privacy = {"label": Privacy.SENSITIVE}

    class Meta:
        ordering = ["record_id", "id"]

    def __str__(self) -> str:
        return self.code


class InvoiceFinding(models.Model):
    """What was found, by its stable code and its values; the words come when it is read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="findings")
    code = models.CharField(max_length=40)
    weight = models.CharField(max_length=8, choices=Weight.choices)
    line = models.PositiveIntegerField(default=0)
    field = models.CharField(max_length=200, blank=True)
    record_id = models.PositiveIntegerField(null=True)
    values = models.JSONField(default=dict)

    privacy = {"values": Privacy.PERSONAL}

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code

    @property
    def finding(self) -> Finding:
        """The finding itself, which speaks."""
        return Finding(self.code, self.line, self.field, self.values, self.record_id)


class BilledMonth(models.Model):
    """A month of a mandate that a counting invoice has taken: at most one invoice a decision and month."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="months")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    month = models.DateField(help_text="Its first day.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mandate", "month"], name="billed_month_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Response(models.Model):
    """What was answered, as the file that the provider's program reads; written with the decision itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="responses")
    outcome = models.CharField(max_length=8, choices=Answered.choices)
    explanation = models.TextField(blank=True)
    xml = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    privacy = {"xml": Privacy.SENSITIVE, "explanation": Privacy.SENSITIVE, "author": Privacy.STAFF}

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.outcome
