"""Verbs of invoices."""

from accord.purchasing.invoices.services.checking import check_one, check_waiting, resume_checks
from accord.purchasing.invoices.services.deciding import approve_invoice, ask_provider, reject_invoice
from accord.purchasing.invoices.services.paying import export_order, mark_paid, order_payments, set_terms
from accord.purchasing.invoices.services.receiving import (
    Taken,
    UnknownOffice,
    take_file,
    take_folder,
    take_uploads,
)
from accord.purchasing.invoices.services.sweeping import SWEEP, sweep_folders
from accord.purchasing.invoices.services.telling import warn_of_overdue
from accord.purchasing.invoices.services.writing import send_form

__all__ = [
    "SWEEP",
    "Taken",
    "UnknownOffice",
    "approve_invoice",
    "ask_provider",
    "check_one",
    "check_waiting",
    "export_order",
    "mark_paid",
    "order_payments",
    "reject_invoice",
    "resume_checks",
    "send_form",
    "set_terms",
    "sweep_folders",
    "take_file",
    "take_folder",
    "take_uploads",
    "warn_of_overdue",
]
