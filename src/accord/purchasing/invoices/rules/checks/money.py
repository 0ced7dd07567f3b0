"""Arithmetic to the centime, with exact decimals, on what the schema lets through as floating point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from accord.purchasing.invoices.rules.findings import Finding, finding
from accord.purchasing.invoices.rules.invoice import Balance, Invoice, Line, Number, Subtype
from accord.purchasing.providers.rules.tariffs import CENTIME, amount_of, to_centimes

FIVE_CENTIMES = Decimal("0.05")
ARTEFACT = Decimal("0.000001")
BACKWARDS = (Subtype.STORNO, Subtype.REFUND)
"""Only these may carry amounts below zero."""


def check_money(invoice: Invoice) -> Iterator[Finding]:
    """Numbers that are numbers, lines that multiply, sums that add up."""
    may_be_negative = invoice.subtype in BACKWARDS
    for line in invoice.lines:
        for number in _numbers_of(line):
            if number.value is None or number.value < 0 or "e" in number.text or "E" in number.text:
                yield from _check_number(number, may_be_negative, line.record_id)
        yield from _check_line(line)
    yield from _check_records(invoice)
    if invoice.balance is not None:
        for number in _numbers_of_balance(invoice.balance):
            yield from _check_number(number, may_be_negative)
        yield from _check_sum(invoice, invoice.balance)
        yield from _check_vat(invoice, invoice.balance)


def _numbers_of(line: Line) -> list[Number]:
    numbers = [line.quantity, line.amount, line.vat_rate]
    for product in line.products:
        numbers += (product.price, *product.factors)
    return numbers


def _numbers_of_balance(balance: Balance) -> Iterator[Number]:
    yield from (balance.amount, balance.reminder, balance.prepaid, balance.due, balance.vat)
    for rate in balance.rates:
        yield from (rate.rate, rate.amount, rate.vat)


def _check_number(number: Number, may_be_negative: bool, record_id: int | None = None) -> Iterator[Finding]:
    if not number.text:
        return
    if number.value is None:
        yield finding("number.unreadable", number.line, number.path, record_id, value=number.text)
    elif number.value < 0 and not may_be_negative:
        yield finding("number.negative", number.line, number.path, record_id, value=number.text)
    elif "e" in number.text.lower():
        yield finding(
            "number.exponent", number.line, number.path, record_id, value=number.text, other=number.value
        )


def _centimes(number: Number) -> Decimal | None:
    """The amount in centimes; None when it has finer parts that are more than noise of floating point."""
    value = number.value
    if value is None:
        return None
    rounded = to_centimes(value)
    return rounded if rounded == value or abs(rounded - value) < ARTEFACT else None


def _check_line(line: Line) -> Iterator[Finding]:
    """Quantity × price × factors is the amount."""
    if line.amount.value is None:
        return
    amount = _centimes(line.amount)
    where = (line.amount.line, line.amount.path, line.record_id)
    if amount is None:
        yield finding("amount.centimes", *where, value=line.amount.text)
        return
    expected = _expected(line)
    if expected is not None and expected != amount:
        yield finding("line.amount", *where, value=amount, expected=expected)


def _expected(line: Line) -> Decimal | None:
    total = Decimal(0)
    for product in line.products:
        values = [number.value for number in (line.quantity, product.price, *product.factors)]
        if None in values:
            return None
        total += amount_of(*values)  # type: ignore[arg-type]
    return total


def _check_records(invoice: Invoice) -> Iterator[Finding]:
    """The number of a line is given once."""
    seen: dict[int, int] = {}
    for line in invoice.lines:
        if line.record_id in seen:
            yield finding(
                "record.twice",
                line.line,
                f"{line.path}/@record_id",
                value=line.record_id,
                other=seen[line.record_id],
            )
        seen.setdefault(line.record_id, line.line)


def _check_sum(invoice: Invoice, balance: Balance) -> Iterator[Finding]:
    amount, due = _centimes(balance.amount), _centimes(balance.due)
    for number, centimes in ((balance.amount, amount), (balance.due, due)):
        if number.value is not None and centimes is None:
            yield finding("amount.centimes", number.line, number.path, value=number.text)
    lines = [_centimes(line.amount) for line in invoice.lines]
    values = [value for value in lines if value is not None]
    if amount is not None and len(values) == len(lines) and sum(values) != amount:
        yield finding(
            "balance.sum", balance.amount.line, balance.amount.path, value=amount, expected=sum(values)
        )
    reminder, prepaid = balance.reminder.value, balance.prepaid.value
    if amount is None or due is None or reminder is None or prepaid is None:
        return
    expected = amount + reminder - prepaid
    if due == expected:
        return
    code = "balance.rounded" if due == _to_five_centimes(expected) else "balance.due"
    yield finding(code, balance.due.line, balance.due.path, value=due, expected=expected)


def _to_five_centimes(amount: Decimal) -> Decimal:
    """Rounded as cash is: what some programs still ask for."""
    return (amount / FIVE_CENTIMES).quantize(Decimal(1), ROUND_HALF_UP) * FIVE_CENTIMES


def _check_vat(invoice: Invoice, balance: Balance) -> Iterator[Finding]:
    """The rates add up to the whole, and each rate to its lines."""
    if any(None in (rate.rate.value, rate.amount.value, rate.vat.value) for rate in balance.rates):
        return
    vat = balance.vat.value
    total = sum((rate.vat.value or Decimal(0) for rate in balance.rates), Decimal(0))
    if vat is not None and balance.rates and to_centimes(total) != to_centimes(vat):
        yield finding("vat.sum", balance.vat.line, balance.vat.path, value=vat, expected=total)
    if any(line.amount.value is None or line.vat_rate.value is None for line in invoice.lines):
        return
    of_rate: dict[Decimal, Decimal] = defaultdict(Decimal)
    for line in invoice.lines:
        of_rate[line.vat_rate.value or Decimal(0)] += line.amount.value or Decimal(0)
    told: dict[Decimal, Decimal] = defaultdict(Decimal)
    for rate in balance.rates:
        told[rate.rate.value or Decimal(0)] += rate.amount.value or Decimal(0)
    for rate in balance.rates:
        value = rate.rate.value or Decimal(0)
        if to_centimes(told[value]) != to_centimes(of_rate[value]):
            yield finding(
                "vat.rate", rate.amount.line, rate.amount.path, value=told[value], expected=of_rate[value]
            )
        yield from _check_computed(rate.rate, rate.amount, rate.vat)
    for value in of_rate.keys() - told.keys():
        yield finding("vat.missing", balance.line, "request/payload/body/balance/vat/vat_rate", value=value)


def _check_computed(rate: Number, amount: Number, vat: Number) -> Iterator[Finding]:
    """The tax is contained in the amount, or was added to it; anything else is looked at."""
    percent, base, told = rate.value or Decimal(0), amount.value or Decimal(0), vat.value or Decimal(0)
    contained, added = base * percent / (100 + percent), base * percent / 100
    if min(abs(told - contained), abs(told - added)) > CENTIME:
        yield finding("vat.computed", vat.line, vat.path, value=vat.text, expected=to_centimes(contained))
