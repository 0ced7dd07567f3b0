"""Verbs of invoices."""

from accord.purchasing.invoices.services.checking import check_one, check_waiting, resume_checks
from accord.purchasing.invoices.services.deciding import approve_invoice, ask_provider, reject_invoice
from accord.purchasing.invoices.services.keys import Caller, draw_key, drawn, keep_key, revoke_key, use_key
from accord.purchasing.invoices.services.paying import export_order, mark_paid, order_payments, set_terms
from accord.purchasing.invoices.services.receiving import (
    Taken,
    UnknownOffice,
    take_file,
    take_folder,
    take_uploads,
)
from accord.purchasing.invoices.services.reception import take_message
from accord.purchasing.invoices.services.sweeping import SWEEP, sweep_folders
from accord.purchasing.invoices.services.telling import warn_of_overdue
from accord.purchasing.invoices.services.writing import send_form

__all__ = [
    "SWEEP",
    "Caller",
    "Taken",
    "UnknownOffice",
    "approve_invoice",
    "ask_provider",
    "check_one",
    "check_waiting",
    "draw_key",
    "drawn",
    "export_order",
    "keep_key",
    "mark_paid",
    "order_payments",
    "reject_invoice",
    "resume_checks",
    "revoke_key",
    "send_form",
    "set_terms",
    "sweep_folders",
    "take_file",
    "take_folder",
    "take_message",
    "take_uploads",
    "use_key",
    "warn_of_overdue",
]
