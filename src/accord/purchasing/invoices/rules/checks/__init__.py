"""What the application checks beyond the official schema: each check gives its findings."""

from collections.abc import Iterator

from accord.purchasing.invoices.rules.checks.dates import check_dates
from accord.purchasing.invoices.rules.checks.identifiers import check_identifiers
from accord.purchasing.invoices.rules.checks.message import check_message
from accord.purchasing.invoices.rules.checks.money import check_money
from accord.purchasing.invoices.rules.checks.tariff import check_tariff
from accord.purchasing.invoices.rules.findings import Finding
from accord.purchasing.invoices.rules.invoice import Invoice

CHECKS = (check_message, check_identifiers, check_dates, check_money, check_tariff)


def check_invoice(invoice: Invoice) -> Iterator[Finding]:
    """All that stands against an invoice by itself, without any knowledge of mandates and tariffs."""
    for check in CHECKS:
        yield from check(invoice)
