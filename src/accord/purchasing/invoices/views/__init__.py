"""Screens of invoices."""

from accord.purchasing.invoices.views.counting import totals, totals_csv, totals_excel
from accord.purchasing.invoices.views.deciding import approval, question, refusal
from accord.purchasing.invoices.views.keys import key_revocation, keys, new_key
from accord.purchasing.invoices.views.paying import export, payments, statement, terms
from accord.purchasing.invoices.views.reading import (
    batch,
    invoice_list,
    message_file,
    printed,
    response_file,
    sent,
    show,
)
from accord.purchasing.invoices.views.reception import reception, reception_state
from accord.purchasing.invoices.views.sending import form, upload

__all__ = [
    "approval",
    "batch",
    "export",
    "form",
    "invoice_list",
    "key_revocation",
    "keys",
    "message_file",
    "new_key",
    "payments",
    "printed",
    "question",
    "reception",
    "reception_state",
    "refusal",
    "response_file",
    "sent",
    "show",
    "statement",
    "terms",
    "totals",
    "totals_csv",
    "totals_excel",
    "upload",
]
