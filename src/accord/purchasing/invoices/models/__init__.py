"""Invoices, what was found and answered, and how they are paid."""

from accord.purchasing.invoices.models.keys import ReceptionKey
from accord.purchasing.invoices.models.paying import Booking, PaymentOrder, PaymentTerms
from accord.purchasing.invoices.models.receiving import (
    Batch,
    BilledMonth,
    Invoice,
    InvoiceFile,
    InvoiceFinding,
    InvoiceLine,
    Response,
)

__all__ = [
    "Batch",
    "BilledMonth",
    "Booking",
    "Invoice",
    "InvoiceFile",
    "InvoiceFinding",
    "InvoiceLine",
    "PaymentOrder",
    "PaymentTerms",
    "ReceptionKey",
    "Response",
]
