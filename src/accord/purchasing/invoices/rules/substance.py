"""Whether what is billed was ordered, agreed and given: the office's part of the check (RAI art. 79)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accord.purchasing.invoices.rules.findings import Finding, finding
from accord.purchasing.invoices.rules.invoice import Invoice, Line
from accord.purchasing.invoices.rules.numbers import office_of
from accord.purchasing.providers.rules.tariffs import Unit, month_of, unit_of


@dataclass(frozen=True, slots=True)
class Order:
    """What is known of the mandate that a decision number names."""

    provider_gln: str
    person_ssn: str
    since: date
    until: date
    state: str
    is_cancelled: bool
    granted: Mapping[str, Decimal]
    billed: Mapping[str, Decimal]
    prices: Mapping[tuple[str, date], Decimal | None]
    bound_days: Mapping[date, bool]
    attended: Mapping[date, Decimal]
    months: Mapping[date, str] = field(default_factory=dict)


def judge_office(invoice: Invoice, office_code: str) -> Iterator[Finding]:
    """A decision of another office is paid by that office."""
    number = invoice.decision_number
    if office_code and number[:3] != office_code:
        yield _at_decision("mandate.other_office", invoice, value=number, office=office_of(number) or "?")


def judge_order(invoice: Invoice, order: Order | None) -> Iterator[Finding]:
    """The mandate, its person, its days and what it allows; each line at its own line."""
    number = invoice.decision_number
    if order is None:
        yield _at_decision("mandate.unknown", invoice, value=number)
        return
    if invoice.biller and order.provider_gln and order.provider_gln not in _own_glns(invoice):
        yield _at_decision("mandate.other_provider", invoice, value=number)
    ssn = invoice.law_ssn or (invoice.insured.ssn if invoice.insured else None)
    if order.person_ssn and ssn and ssn.value != order.person_ssn:
        yield _at_decision("mandate.other_person", invoice, value=number)
    if order.is_cancelled:
        yield _at_decision("mandate.stopped", invoice, value=order.state)
    for month, other in order.months.items():
        yield _at_decision("month.taken", invoice, value=f"{month:%m.%Y}", other=other)
    for line in invoice.lines:
        yield from _judge_line(line, order)
    yield from _judge_ceilings(invoice, order)
    yield from _judge_attendance(invoice, order)


def _own_glns(invoice: Invoice) -> set[str]:
    return {party.gln for party in (invoice.biller, invoice.provider) if party}


def _at_decision(code: str, invoice: Invoice, **values: object) -> Finding:
    where = invoice.decision
    return finding(code, where.line if where else 0, where.path if where else "", **values)


def _judge_line(line: Line, order: Order) -> Iterator[Finding]:
    begin = line.begin.value
    if begin is None:
        return
    where = (line.line, line.path, line.record_id)
    last = line.end.value if line.end and line.end.value else begin
    if begin < order.since or last > order.until:
        yield finding("mandate.period", *where, begin=order.since, end=order.until)
    if not order.bound_days.get(begin, False):
        yield finding("agreement.expired", *where, value=begin)
        return
    price = order.prices.get((line.code, begin))
    if price is None:
        yield finding("position.unknown", line.line, f"{line.path}/@code", line.record_id, value=line.code)
    elif line.products[0].price.value != price:
        told = line.products[0].price.text
        yield finding(
            "position.price", line.line, f"{line.path}/@unit", line.record_id, value=told, expected=price
        )
    if order.granted and line.code not in order.granted:
        yield finding(
            "position.not_granted", line.line, f"{line.path}/@code", line.record_id, value=line.code
        )


def _judge_ceilings(invoice: Invoice, order: Order) -> Iterator[Finding]:
    """What was billed before and now, by position, within what the mandate grants."""
    asked: dict[str, Decimal] = {}
    for line in invoice.lines:
        asked[line.code] = asked.get(line.code, Decimal(0)) + (line.quantity.value or Decimal(0))
        total = asked[line.code] + order.billed.get(line.code, Decimal(0))
        most = order.granted.get(line.code)
        if most is not None and total > most:
            yield finding(
                "quantity.ceiling",
                line.line,
                f"{line.path}/@quantity",
                line.record_id,
                value=total,
                most=most,
            )


def _judge_attendance(invoice: Invoice, order: Order) -> Iterator[Finding]:
    """Days and hours that are billed were attended; without any note of presence a person looks."""
    for line in invoice.lines:
        unit, begin, quantity = unit_of(line.code), line.begin.value, line.quantity.value
        if unit not in (Unit.DAY, Unit.HOUR) or begin is None or quantity is None:
            continue
        last = line.end.value if line.end and line.end.value else begin
        hours = [count for day, count in order.attended.items() if begin <= day <= last]
        most = Decimal(len(hours)) if unit is Unit.DAY else sum(hours, Decimal(0))
        where = (line.line, f"{line.path}/@quantity", line.record_id)
        if not order.attended:
            yield finding("quantity.unseen", *where, value=f"{begin:%d.%m.%Y}")
        elif quantity > most:
            yield finding("quantity.attendance", *where, value=quantity, most=most)


def months_of(invoice: Invoice) -> list[date]:
    """The calendar months that an invoice bills, by their first day."""
    months = set()
    for line in invoice.lines:
        unit, begin = unit_of(line.code), line.begin.value
        if begin is not None:
            end = line.end.value if line.end else None
            year, month = month_of(unit, begin, end) if unit else (begin.year, begin.month)
            months.add(date(year, month, 1))
    return sorted(months)
