"""Lead an invoice from one state to the next."""

from __future__ import annotations

from uuid import UUID

from accord.kernel.actors import Actor
from accord.purchasing.invoices.enums import InvoiceState
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.invoices.policies import invoices_visible_to
from accord.purchasing.invoices.states import INVOICE


def lock_invoice(by: Actor, invoice_id: UUID) -> Invoice:
    """The invoice, locked; Invoice.DoesNotExist for whom it is not meant."""
    query = Invoice.objects.select_for_update(of=("self",)).select_related("office", "provider", "mandate")
    return query.get(invoices_visible_to(by), pk=invoice_id)


def move(invoice: Invoice, state: InvoiceState) -> None:
    """Change its state as the table allows."""
    INVOICE.check(invoice.state, state)
    invoice.state = state
    invoice.version += 1
