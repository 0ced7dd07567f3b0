"""Check what came in: each invoice once, one that fails never stops the others, a killed worker goes on."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from accord.foundation.journal.services import record
from accord.kernel.actors import WORKER
from accord.kernel.clock import now
from accord.network.institutions.models import Institution
from accord.purchasing.invoices.enums import COUNTING, InvoiceState, MessageKind
from accord.purchasing.invoices.models import BilledMonth, Invoice, InvoiceFinding, InvoiceLine
from accord.purchasing.invoices.rules import Finding, Severity, finding, refuses
from accord.purchasing.invoices.rules.invoice import Invoice as Message
from accord.purchasing.invoices.rules.invoice import Subtype
from accord.purchasing.invoices.rules.responding import Outcome
from accord.purchasing.invoices.rules.substance import judge_office, judge_order, months_of
from accord.purchasing.invoices.selectors.knowing import facts_of, mandate_of, office_code_of, provider_named
from accord.purchasing.invoices.services.answering import answer_invoice, verdict_on
from accord.purchasing.invoices.services.moving import move
from accord.purchasing.invoices.services.receiving import call_worker
from accord.purchasing.invoices.services.telling import tell_desk, tell_provider
from accord.purchasing.providers.rules.tariffs import to_centimes

INVOICES_A_JOB = 50
"""As many as one job checks in its transaction; then it comes back for more."""
REVERSING = (Subtype.STORNO, Subtype.REFUND)
log = logging.getLogger(__name__)


def check_waiting(office: UUID) -> int:
    """Check some waiting invoices of an office and let the worker come back while more wait; returns how many."""
    waiting = Invoice.objects.filter(office=office, state=InvoiceState.RECEIVED)
    some = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("received_at", "id")
    keys = list(some.values_list("pk", flat=True)[:INVOICES_A_JOB])
    for key in keys:
        _check_safely(key)
    if len(keys) == INVOICES_A_JOB:
        call_worker(Institution.objects.get(pk=office))
    return len(keys)


def resume_checks() -> int:
    """Call the worker to every office where something waits; returns how many."""
    offices = Institution.objects.filter(
        pk__in=Invoice.objects.filter(state=InvoiceState.RECEIVED).values("office")
    )
    for office in offices:
        call_worker(office)
    return len(offices)


def _check_safely(invoice_id: UUID) -> None:
    try:
        with transaction.atomic():
            check_one(invoice_id)
    except Exception:
        log.exception("invoice %s could not be checked", invoice_id)
        with transaction.atomic():
            invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice_id)
            _keep_findings(invoice, [finding("check.failed")])
            _settle(invoice, None, [finding("check.failed")], Outcome.PENDING)


@transaction.atomic
def check_one(invoice_id: UUID) -> Invoice:
    """Check one waiting invoice, keep what was found, and answer; one that was checked is left as it is."""
    invoice = (
        Invoice.objects.select_for_update(of=("self",)).select_related("office", "file").get(pk=invoice_id)
    )
    if invoice.state != InvoiceState.RECEIVED:
        return invoice
    verdict = verdict_on(invoice)
    found, message = list(verdict.findings), verdict.invoice
    if message is not None:
        _fill(invoice, message)
    if message is not None and verdict.is_accepted:
        found += _judge(invoice, message)
    _keep_findings(invoice, found)
    if message is not None and not refuses(found):
        _keep_lines(invoice, message)
        if message.subtype is Subtype.NORMAL and not _take_months(invoice, message):
            found.append(finding("month.taken", value=str(invoice.decision_number), other="?"))
            _keep_findings(invoice, found[-1:])
    _settle(invoice, message, found, _outcome(found))
    return invoice


def _fill(invoice: Invoice, message: Message) -> None:
    """What the message says, as far as it can be read, so that a person finds it."""
    provider = provider_named(message)
    invoice.provider = provider
    invoice.message_version = message.version
    invoice.kind = MessageKind(message.subtype)
    invoice.is_test = message.is_test
    invoice.number = message.request_id[:35]
    invoice.dated = message.requested.value if message.requested else None
    invoice.decision_number = message.decision_number[:35]
    invoice.begin = message.begin.value if message.begin else None
    invoice.end = message.end.value if message.end else None
    invoice.amount = to_centimes(message.total) if abs(message.total) < Decimal(10**11) else Decimal(0)
    slip = message.slip
    if slip is not None:
        invoice.iban = slip.iban.value[:21] if slip.iban else ""
        invoice.reference = slip.reference.value.replace(" ", "")[:27] if slip.reference else ""
    payee = (slip.creditor if slip else None) or message.biller
    if payee is not None:
        invoice.creditor = f"{payee.given_name} {payee.name}".strip()[:70]
        invoice.creditor_zip, invoice.creditor_city = payee.zip[:9], payee.city[:35]


def _judge(invoice: Invoice, message: Message) -> list[Finding]:
    """The office's part: provider, mandate, convention, presence; and what is already here."""
    found = list(judge_office(message, office_code_of(invoice.office_id)))
    if found:
        return found
    if invoice.provider is None:
        return [finding("provider.unknown", message.line, value=message.biller.gln if message.biller else "")]
    if message.subtype is not Subtype.NORMAL:
        return _judge_reference(invoice, message)
    invoice.mandate = mandate_of(message)
    order = facts_of(message, invoice.mandate) if invoice.mandate else None
    found += judge_order(message, order)
    if invoice.provider.iban and invoice.iban != invoice.provider.iban:
        found.append(finding("provider.account", message.line, value=invoice.iban))
    if _same_number(invoice).exclude(pk=invoice.pk).exists():
        found = [one for one in found if one.code != "month.taken"]
        found.append(finding("invoice.duplicate", message.line, value=invoice.number))
    return found


def _same_number(invoice: Invoice):  # type: ignore[no-untyped-def]
    """Counting invoices of this provider with the same number."""
    return Invoice.objects.filter(
        office=invoice.office_id,
        provider=invoice.provider_id,
        number=invoice.number,
        kind=MessageKind.NORMAL,
        state__in=COUNTING,
    )


def _judge_reference(invoice: Invoice, message: Message) -> list[Finding]:
    """A copy, a cancellation or a refund speaks of an invoice that is here."""
    original = _same_number(invoice).select_for_update(of=("self",)).first()
    if message.subtype is Subtype.COPY:
        return [finding("invoice.copy", message.payload_line, value=invoice.number)]
    if original is None:
        return [finding("storno.unknown", message.payload_line, value=invoice.number)]
    invoice.cancels, invoice.mandate = original, original.mandate
    if original.state in (InvoiceState.ORDERED, InvoiceState.PAID):
        return [finding("storno.paid", message.payload_line, value=invoice.number)]
    return [finding("storno.done", message.payload_line, value=invoice.number)]


def _keep_findings(invoice: Invoice, found: Sequence[Finding]) -> None:
    InvoiceFinding.objects.bulk_create(
        InvoiceFinding(
            invoice=invoice,
            code=one.code,
            weight=one.severity,
            line=one.line,
            field=one.field[:200],
            record_id=one.record_id,
            values=dict(one.values),
        )
        for one in found
    )


def _keep_lines(invoice: Invoice, message: Message) -> None:
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice,
            record_id=line.record_id,
            code=line.code,
            label=line.name,
            quantity=line.quantity.value or Decimal(0),
            price=line.products[0].price.value or Decimal(0),
            amount=line.amount.value or Decimal(0),
            begin=line.begin.value,
            end=line.end.value if line.end else None,
        )
        for line in message.lines
        if line.begin.value is not None
    )


def _take_months(invoice: Invoice, message: Message) -> bool:
    """Take the months of the mandate; the database gives each to one invoice only."""
    if invoice.mandate is None:
        return True
    try:
        with transaction.atomic():
            BilledMonth.objects.bulk_create(
                BilledMonth(invoice=invoice, mandate=invoice.mandate, month=month)
                for month in months_of(message)
            )
    except IntegrityError:
        return False
    return True


def _outcome(found: Sequence[Finding]) -> Outcome:
    if refuses(found):
        return Outcome.REJECTED
    is_doubtful = any(one.severity is Severity.WARNING for one in found)
    return Outcome.PENDING if is_doubtful else Outcome.ACCEPTED


def _settle(invoice: Invoice, message: Message | None, found: Sequence[Finding], outcome: Outcome) -> None:
    """Decision and answer in one transaction: never one without the other."""
    invoice.checked_at = invoice.decided_at = now()
    is_plain = message is None or message.subtype is Subtype.NORMAL
    is_noted = outcome is Outcome.ACCEPTED and (not is_plain or invoice.is_test)
    state = InvoiceState.NOTED if is_noted else InvoiceState(str(outcome))
    move(invoice, state)
    if is_noted and message is not None and message.subtype in REVERSING and invoice.cancels is not None:
        original = invoice.cancels
        move(original, InvoiceState.CANCELLED)
        original.months.all().delete()
        original.save()
    if state in (InvoiceState.REJECTED, InvoiceState.NOTED):
        invoice.months.all().delete()
    invoice.save()
    answer_invoice(by=WORKER, invoice=invoice, message=message, outcome=outcome, findings=found)
    record(
        by=WORKER,
        verb="invoice_received",
        subject_kind="invoice",
        subject_id=invoice.pk,
        cases=[invoice.mandate.case_id] if invoice.mandate else [],
        data={"outcome": str(outcome), "findings": sorted({one.code for one in found})},
    )
    if outcome is Outcome.PENDING:
        tell_desk(invoice, "invoice.pending")
    elif outcome is Outcome.REJECTED:
        tell_provider(invoice, "invoice.rejected")
