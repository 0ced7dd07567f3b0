"""The message itself: which law, which payer, which kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from accord.kernel.clock import SWISS_TIME
from accord.purchasing.invoices.rules.findings import Finding, finding
from accord.purchasing.invoices.rules.invoice import Invoice

PAYLOAD = "request/payload"
EXPECTED_PLACES = ("company", "association")


def check_message(invoice: Invoice) -> Iterator[Finding]:
    """Law, payer, kind of message, and hints on what is unusual for vocational measures."""
    if invoice.law and invoice.law != "IVG":
        yield finding("law.not_iv", invoice.line, "request/payload/body", value=invoice.law)
    if invoice.tiers and invoice.tiers != "tiers_payant":
        yield finding(
            "tiers.other", invoice.line, f"request/payload/body/{invoice.tiers}", value=invoice.tiers
        )
    if invoice.is_reminder != invoice.has_reminder:
        yield finding("reminder.contradicts", invoice.payload_line, PAYLOAD)
    if len(invoice.flags) > 1:
        yield finding("flags.both", invoice.payload_line, PAYLOAD)
    if invoice.is_test:
        yield finding("message.test", invoice.line, "request/@modus")
    if invoice.role and (invoice.role != "other" or invoice.place not in EXPECTED_PLACES):
        yield finding(
            "role.unusual",
            invoice.line,
            "request/payload/body/@role",
            value=f"{invoice.role}, {invoice.place}",
        )
    requested = invoice.requested
    if requested and requested.value and invoice.timestamp is not None:
        stamped = (
            datetime.fromtimestamp(min(invoice.timestamp, 2_890_245_600), UTC).astimezone(SWISS_TIME).date()
        )
        if abs((stamped - requested.value).days) > 1:
            yield finding(
                "timestamp.differs", requested.line, requested.path, value=requested.value, other=stamped
            )
