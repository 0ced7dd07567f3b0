"""Write the answer to an invoice: the decision and its file are one act."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from django.conf import settings

from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.purchasing.invoices.models import Invoice, PaymentTerms, Response
from accord.purchasing.invoices.rules import Finding
from accord.purchasing.invoices.rules.invoice import Invoice as Message
from accord.purchasing.invoices.rules.responding import Answer, Outcome, may_be_answered, write_response
from accord.purchasing.invoices.rules.verdicts import Verdict, check_bytes


def verdict_on(invoice: Invoice) -> Verdict:
    """What our rules and the official schema say of the bytes that came in."""
    return check_bytes(bytes_of(invoice), name=str(invoice.pk), schemas=settings.ACCORD_SCHEMA_DIR)


def bytes_of(invoice: Invoice) -> bytes:
    """The message as it came in."""
    return zlib.decompress(bytes(invoice.file.data))


def answer_invoice(
    *,
    by: Actor,
    invoice: Invoice,
    message: Message | None,
    outcome: Outcome,
    findings: Sequence[Finding] = (),
    explanation: str = "",
) -> Response:
    """Keep what is answered, with its XML when the message says whom to answer."""
    xml = ""
    if message is not None and may_be_answered(message, findings):
        xml = write_response(message, _answer(invoice, outcome, findings, explanation)).decode()
    return Response.objects.create(
        invoice=invoice, outcome=outcome, explanation=explanation, xml=xml, author_id=by.user_id
    )


def _answer(invoice: Invoice, outcome: Outcome, findings: Sequence[Finding], explanation: str) -> Answer:
    terms = PaymentTerms.objects.filter(pk=invoice.office_id).first()
    return Answer(
        outcome=outcome,
        answered=now(),
        office_name=invoice.office.name,
        office_zip=terms.postal_code if terms and terms.postal_code else "–",
        office_city=terms.city if terms and terms.city else invoice.office.short_name,
        findings=findings,
        explanation=explanation,
    )
