"""The office decides: approve with four eyes above an amount, ask the provider, refuse."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale
from accord.purchasing.invoices.enums import InvoiceState, MessageKind
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.invoices.policies import can_approve, can_decide
from accord.purchasing.invoices.rules import finding
from accord.purchasing.invoices.rules.responding import Outcome
from accord.purchasing.invoices.selectors import terms_of
from accord.purchasing.invoices.services.answering import answer_invoice, verdict_on
from accord.purchasing.invoices.services.moving import lock_invoice, move
from accord.purchasing.invoices.services.telling import tell_provider


@transaction.atomic
def approve_invoice(*, by: Actor, invoice_id: UUID, version: int) -> Invoice:
    """Approve for payment; above the office's amount it counts once a second colleague approved, too.

    A pending invoice is taken as accepted by the same act: the colleague has looked.
    """
    invoice = _at_version(by, invoice_id, version)
    can_decide(by, invoice).require()
    if invoice.kind != MessageKind.NORMAL:
        raise Refused(_("Seule une facture s’approuve ; une annulation se classe ou se refuse."))
    if invoice.state == InvoiceState.PENDING:
        move(invoice, InvoiceState.ACCEPTED)
        _answer(by, invoice, Outcome.ACCEPTED, "")
    can_approve(by, invoice).require()
    if invoice.approved_by_id is None:
        invoice.approved_by_id, invoice.approved_at = by.user_id, now()
    else:
        invoice.second_by_id, invoice.second_at = by.user_id, now()
    needs_second = invoice.amount > terms_of(invoice.office_id).four_eyes_above
    if not needs_second or invoice.second_by_id is not None:
        move(invoice, InvoiceState.APPROVED)
    else:
        invoice.version += 1
    invoice.save()
    _record(by, invoice, "invoice_approved")
    return invoice


@transaction.atomic
def ask_provider(*, by: Actor, invoice_id: UUID, version: int, question: str) -> Invoice:
    """Ask the provider; the invoice is pending meanwhile, and earlier approvals fall."""
    invoice = _at_version(by, invoice_id, version)
    can_decide(by, invoice).require()
    if not question.strip():
        raise Refused(_("Écrivez votre question."), field="text")
    if invoice.state != InvoiceState.PENDING:
        move(invoice, InvoiceState.PENDING)
    invoice.approved_by = invoice.approved_at = None
    invoice.save()
    _answer(by, invoice, Outcome.PENDING, question.strip())
    _record(by, invoice, "invoice_asked")
    tell_provider(invoice, "invoice.asked")
    return invoice


@transaction.atomic
def reject_invoice(*, by: Actor, invoice_id: UUID, version: int, reason: str) -> Invoice:
    """Refuse with a reason; the month is free again for a corrected invoice."""
    invoice = _at_version(by, invoice_id, version)
    can_decide(by, invoice).require()
    if not reason.strip():
        raise Refused(_("Écrivez pourquoi, et ce que le prestataire doit faire."), field="text")
    move(invoice, InvoiceState.REJECTED)
    invoice.decided_at = now()
    invoice.months.all().delete()
    invoice.save()
    _answer(by, invoice, Outcome.REJECTED, reason.strip())
    _record(by, invoice, "invoice_rejected")
    tell_provider(invoice, "invoice.rejected")
    return invoice


def _at_version(by: Actor, invoice_id: UUID, version: int) -> Invoice:
    invoice = lock_invoice(by, invoice_id)
    if invoice.version != version:
        raise Stale(invoice)
    return invoice


def _answer(by: Actor, invoice: Invoice, outcome: Outcome, text: str) -> None:
    """The same answer as file and as sentence."""
    code = "office.refused" if outcome is Outcome.REJECTED else "office.asks"
    found = [finding(code, reason=text)] if text else []
    message = verdict_on(invoice).invoice
    answer_invoice(by=by, invoice=invoice, message=message, outcome=outcome, findings=found, explanation=text)


def _record(by: Actor, invoice: Invoice, verb: str) -> None:
    cases = [invoice.mandate.case_id] if invoice.mandate else []
    record(
        by=by,
        verb=verb,
        subject_kind="invoice",
        subject_id=invoice.pk,
        subject_label=invoice.number,
        cases=cases,
    )
