"""Pure rules of invoices: reading, checking, answering, paying. No Django, no database, no network."""

from accord.purchasing.invoices.rules.findings import Finding, Severity, finding, kinds, refuses
from accord.purchasing.invoices.rules.invoice import Invoice, Subtype
from accord.purchasing.invoices.rules.verdicts import Verdict, check_bytes, check_file

__all__ = [
    "Finding",
    "Invoice",
    "Severity",
    "Subtype",
    "Verdict",
    "check_bytes",
    "check_file",
    "finding",
    "kinds",
    "refuses",
]
