"""Check digits of all numbers, the decision number, and the account with its reference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.purchasing.invoices.rules.findings import Finding, finding
from accord.purchasing.invoices.rules.invoice import Identifier, Invoice, Slip
from accord.purchasing.invoices.rules.numbers import (
    BEFORE_ANY_DECISION,
    is_decision,
    is_ean13,
    is_mod97,
    is_old_avs,
    is_qr_iban,
    is_qr_reference,
)

_NIF = re.compile(r"[0-9]{1,7}")
OLD_SLIPS = ("esr9", "esrRed")
"""Orange and red slips have not been paid since 1 October 2022."""


def check_identifiers(invoice: Invoice) -> Iterator[Finding]:
    """Every number that has a check digit or a rule."""
    for gln in invoice.glns:
        if len(gln.value) == 13 and not is_ean13(gln.value):
            yield finding("gln.check_digit", gln.line, gln.path, value=gln.value)
    yield from _check_ssn(invoice)
    yield from _check_decision(invoice)
    yield from _check_nif(invoice)
    if invoice.slip is not None:
        yield from _check_slip(invoice.slip)


def _check_ssn(invoice: Invoice) -> Iterator[Finding]:
    numbers = [invoice.insured.ssn if invoice.insured else None, invoice.law_ssn]
    given = [number for number in numbers if number is not None]
    for number in {one.value: one for one in given}.values():
        if len(number.value) == 13 and not is_ean13(number.value):
            yield finding("ssn.check_digit", number.line, number.path, value=number.value)
        elif len(number.value) == 11 and invoice.version == "4.5":
            code = "ssn.old" if is_old_avs(number.value) else "ssn.check_digit"
            yield finding(code, number.line, number.path, value=number.value)
        elif len(number.value) <= 10:
            yield finding("ssn.form", number.line, number.path, value=number.value)
    if len({one.value for one in given}) > 1:
        yield finding("ssn.differs", given[1].line, given[1].path, value=given[1].value, other=given[0].value)


def _check_decision(invoice: Invoice) -> Iterator[Finding]:
    """Each invoice carries the number of the decision (CPPI no. 19), in both versions."""
    if invoice.law and invoice.law != "IVG":
        return
    decision = invoice.decision
    if decision is None:
        if invoice.law:
            yield finding("decision.missing", invoice.line, "request/payload/body/law/@case_id")
    elif not is_decision(decision.value):
        yield finding("decision.form", decision.line, decision.path, value=decision.value)
    elif decision.value.endswith(BEFORE_ANY_DECISION) and len(decision.value) == 6:
        yield finding("decision.before", decision.line, decision.path, value=decision.value)
    else:
        requested = invoice.requested.value if invoice.requested else None
        if requested and int(decision.value[3:7]) > requested.year:
            yield finding("decision.year", decision.line, decision.path, value=decision.value)


def _check_nif(invoice: Invoice) -> Iterator[Finding]:
    """The first invoice has none; it is assigned after it."""
    if invoice.nif is None:
        if invoice.law == "IVG":
            yield finding("nif.missing", invoice.line)
    elif invoice.version == "5.0" and not _NIF.fullmatch(invoice.nif.value):
        yield finding("nif.form", invoice.nif.line, invoice.nif.path, value=invoice.nif.value)


def _check_slip(slip: Slip) -> Iterator[Finding]:
    """A QR-IBAN demands a 27-digit reference, and only a QR-IBAN takes one (QR-bill)."""
    if slip.kind in OLD_SLIPS:
        yield finding("slip.old", slip.line, f"request/payload/body/{slip.kind}")
    iban, reference = slip.iban, slip.reference
    if reference is not None and slip.kind != "esrRed":
        yield from _check_reference(reference)
    if iban is None or len(iban.value) != 21:
        return
    if not is_mod97(iban.value):
        yield finding("iban.check_digit", iban.line, iban.path, value=iban.value)
        return
    if slip.kind in OLD_SLIPS:
        return
    is_long = reference is not None and not reference.value.upper().startswith("RF")
    if is_qr_iban(iban.value) and not is_long:
        yield finding("iban.needs_reference", iban.line, iban.path, value=iban.value)
    elif is_long and not is_qr_iban(iban.value):
        yield finding("iban.no_qr", iban.line, iban.path, value=iban.value)


def _check_reference(reference: Identifier) -> Iterator[Finding]:
    plain = reference.value.replace(" ", "")
    holds = is_mod97(plain) if plain.upper().startswith("RF") else is_qr_reference(plain)
    if not holds:
        yield finding("reference.check_digit", reference.line, reference.path, value=reference.value)
