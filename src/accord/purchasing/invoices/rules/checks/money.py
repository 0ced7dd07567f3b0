"""Arithmetic to the centime, with exact decimals, on what the schema lets through as floating point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from accord.purchasing.invoices.rules.findings import Finding, finding
from accord.purchasing.invoices.rules.invoice import Balance, Invoice, Line, Number, Subtype, VatRate
from accord.purchasing.invoices.rules.lines import expected_amount
from accord.purchasing.invoices.rules.values import decimal_of
from accord.purchasing.providers.rules.tariffs import CENTIME, to_centimes

ZERO = Decimal(0)
FIVE_CENTIMES = Decimal("0.05")
BALANCE = "request/payload/body/balance"
BACKWARDS = (Subtype.STORNO, Subtype.REFUND)
"""Only these may carry amounts below zero."""
Where = tuple[int, str, int | None]


def check_money(invoice: Invoice) -> Iterator[Finding]:
    """Numbers that are numbers, lines that multiply, sums that add up."""
    may_be_negative = invoice.subtype in BACKWARDS
    for line in invoice.lines:
        if not line.is_right:
            yield from _check_numbers_of(line, may_be_negative)
            yield from _check_line(line)
    yield from _check_records(invoice)
    if invoice.balance is not None:
        yield from _check_numbers_of_balance(invoice.balance, may_be_negative)
        yield from _check_sum(invoice, invoice.balance)
        yield from _check_vat(invoice, invoice.balance)


def _check_numbers_of(line: Line, may_be_negative: bool) -> Iterator[Finding]:
    named = [("quantity", line.quantity), ("amount", line.amount), ("vat_rate", line.vat_rate)]
    for product in line.products:
        named += [("unit", product.price), *(("unit_factor", factor) for factor in product.factors)]
    for name, number in named:
        yield from _check_number(number, (line.line, f"{line.path}/@{name}", line.record_id), may_be_negative)


def _check_numbers_of_balance(balance: Balance, may_be_negative: bool) -> Iterator[Finding]:
    named = [
        ("amount", balance.amount),
        ("amount_reminder", balance.reminder),
        ("amount_prepaid", balance.prepaid),
        ("amount_due", balance.due),
    ]
    for name, number in named:
        yield from _check_number(number, (balance.line, f"{BALANCE}/@{name}", None), may_be_negative)
    yield from _check_number(balance.vat, (balance.vat_line, f"{BALANCE}/vat/@vat", None), may_be_negative)
    for rate in balance.rates:
        for name, number in (("vat_rate", rate.rate), ("amount", rate.amount), ("vat", rate.vat)):
            yield from _check_number(
                number, (rate.line, f"{BALANCE}/vat/vat_rate/@{name}", None), may_be_negative
            )


def _check_number(number: Number, where: Where, may_be_negative: bool) -> Iterator[Finding]:
    if not number.text or number.is_plain:
        return
    if number.value is None:
        yield finding("number.unreadable", *where, value=number.text)
    elif number.value < 0 and not may_be_negative:
        yield finding("number.negative", *where, value=number.text)
    elif "e" in number.text.lower():
        yield finding("number.exponent", *where, value=number.text, other=number.value)


def _check_line(line: Line) -> Iterator[Finding]:
    """Quantity × price × factors is the amount."""
    if line.amount.value is None:
        return
    amount = line.amount.centimes
    if amount is None:
        where = (line.line, f"{line.path}/@amount", line.record_id)
        yield finding("amount.centimes", *where, value=line.amount.text)
        return
    expected = expected_amount(line.quantity, line.products)
    if expected is not None and expected != amount:
        where = (line.line, f"{line.path}/@amount", line.record_id)
        yield finding("line.amount", *where, value=amount, expected=expected)


def _check_records(invoice: Invoice) -> Iterator[Finding]:
    """The number of a line is given once."""
    if len({line.record_id for line in invoice.lines}) == len(invoice.lines):
        return
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
    amount, due = balance.amount.centimes, balance.due.centimes
    for name, number in (("amount", balance.amount), ("amount_due", balance.due)):
        if number.value is not None and number.centimes is None:
            yield finding("amount.centimes", balance.line, f"{BALANCE}/@{name}", value=number.text)
    lines = [line.amount.centimes for line in invoice.lines]
    values = [value for value in lines if value is not None]
    if amount is not None and len(values) == len(lines) and sum(values) != amount:
        yield finding("balance.sum", balance.line, f"{BALANCE}/@amount", value=amount, expected=sum(values))
    reminder, prepaid = balance.reminder.value, balance.prepaid.value
    if amount is None or due is None or reminder is None or prepaid is None:
        return
    expected = amount + reminder - prepaid
    if due == expected:
        return
    code = "balance.rounded" if due == _to_five_centimes(expected) else "balance.due"
    yield finding(code, balance.line, f"{BALANCE}/@amount_due", value=due, expected=expected)


def _to_five_centimes(amount: Decimal) -> Decimal:
    """Rounded as cash is: what some programs still ask for."""
    return (amount / FIVE_CENTIMES).quantize(Decimal(1), ROUND_HALF_UP) * FIVE_CENTIMES


def _check_vat(invoice: Invoice, balance: Balance) -> Iterator[Finding]:
    """The rates add up to the whole, and each rate to its lines."""
    if any(None in (rate.rate.value, rate.amount.value, rate.vat.value) for rate in balance.rates):
        return
    vat = balance.vat.value
    total = sum((rate.vat.value or ZERO for rate in balance.rates), ZERO)
    if vat is not None and balance.rates and to_centimes(total) != to_centimes(vat):
        yield finding("vat.sum", balance.vat_line, f"{BALANCE}/vat/@vat", value=vat, expected=total)
    if any(line.amount.value is None or line.vat_rate.value is None for line in invoice.lines):
        return
    of_rate = _sums((line.vat_rate, line.amount) for line in invoice.lines)
    told = _sums((rate.rate, rate.amount) for rate in balance.rates)
    for rate in balance.rates:
        value = rate.rate.value or ZERO
        expected = of_rate.get(value, ZERO)
        path = f"{BALANCE}/vat/vat_rate/@amount"
        if to_centimes(told[value]) != to_centimes(expected):
            yield finding("vat.rate", rate.line, path, value=told[value], expected=expected)
        yield from _check_computed(rate)
    for value in of_rate.keys() - told.keys():
        yield finding("vat.missing", balance.line, f"{BALANCE}/vat/vat_rate", value=value)


def _sums(amounts: Iterable[tuple[Number, Number]]) -> dict[Decimal, Decimal]:
    """Amounts by their rate, however the rate is written."""
    by_text: dict[str, list[Decimal]] = defaultdict(list)
    for rate, amount in amounts:
        by_text[rate.text].append(amount.value or ZERO)
    sums: dict[Decimal, Decimal] = defaultdict(Decimal)
    for text, values in by_text.items():
        sums[decimal_of(text) or ZERO] += sum(values, ZERO)
    return sums


def _check_computed(rate: VatRate) -> Iterator[Finding]:
    """The tax is contained in the amount, or was added to it; anything else is looked at."""
    percent, base = rate.rate.value or ZERO, rate.amount.value or ZERO
    told = rate.vat.value or ZERO
    contained, added = base * percent / (100 + percent), base * percent / 100
    if min(abs(told - contained), abs(told - added)) > CENTIME:
        path = f"{BALANCE}/vat/vat_rate/@vat"
        yield finding("vat.computed", rate.line, path, value=rate.vat.text, expected=to_centimes(contained))
