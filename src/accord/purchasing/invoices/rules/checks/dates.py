"""Days that must follow each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from accord.purchasing.invoices.rules.findings import Finding, finding
from accord.purchasing.invoices.rules.invoice import Day, Invoice, Line


def check_dates(invoice: Invoice) -> Iterator[Finding]:
    """Birth, treatment, services and request, in this order."""
    begin, end = _value(invoice.begin), _value(invoice.end)
    if begin and end and end < begin and invoice.end:
        yield finding("treatment.order", invoice.end.line, invoice.end.path, value=end, other=begin)
    birth = invoice.insured.birth if invoice.insured else None
    if birth and birth.value and begin and birth.value > begin:
        yield finding("birth.after", birth.line, birth.path, value=birth.value, other=begin)
    requested = _value(invoice.requested)
    for line in invoice.lines:
        yield from _check_line(line, begin, end, requested)


def _check_line(
    line: Line, begin: date | None, end: date | None, requested: date | None
) -> Iterator[Finding]:
    first = line.begin.value
    last = _value(line.end) or first
    if first is None or last is None:
        return
    where = (line.line, line.path, line.record_id)
    if last < first:
        yield finding("line.order", *where, value=last, other=first)
    elif (begin and first < begin) or (end and last > end):
        yield finding("line.outside", *where, begin=begin, end=end)
    if requested and last > requested:
        yield finding("line.future", *where, value=last, other=requested)


def _value(day: Day | None) -> date | None:
    return day.value if day else None
