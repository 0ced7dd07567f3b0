"""The numbers and days that the words of an invoice say; the same word is read once."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from accord.kernel.clock import SWISS_TIME
from accord.purchasing.invoices.rules.invoice import Day, Number
from accord.purchasing.providers.rules.tariffs import to_centimes

ARTEFACT = Decimal("0.000001")
MOST_DIGITS = 12
NOISE = Decimal("0.000000001")
"""A binary number such as 0.6332999999999998 is meant as 0.6333."""


def whole_of(text: str) -> int | None:
    """A whole number; None when it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else None


@lru_cache(maxsize=8192)
def number_of(text: str) -> Number:
    """The number that a text says; the same text is read once."""
    plain = text.strip()
    value = decimal_of(plain)
    is_plain = value is not None and value >= 0 and "e" not in plain.lower()
    return Number(plain, value, is_plain, None if value is None else _centimes(value))


def _centimes(value: Decimal) -> Decimal | None:
    """The amount in centimes; None when it has finer parts that are more than noise of floating point."""
    rounded = to_centimes(value)
    return rounded if abs(rounded - value) < ARTEFACT else None


@lru_cache(maxsize=4096)
def decimal_of(text: str) -> Decimal | None:
    """The exact value of an `xs:double`: without sign when zero; None for NaN, infinity and what is too large."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or (value and value.adjusted() > MOST_DIGITS):
        return None
    if value and value.adjusted() < -MOST_DIGITS:
        return Decimal(0)
    exact = value.quantize(NOISE) if value.as_tuple().exponent < -9 else value  # type: ignore[operator]
    return exact if exact else Decimal(0)


@lru_cache(maxsize=8192)
def bare_day(text: str) -> Day:
    """A day of a line, which is found by the line itself."""
    return Day(text, day_of(text.strip()))


@lru_cache(maxsize=4096)
def day_of(text: str) -> date | None:
    """The day on the Swiss calendar; an instant with a zone is brought there, a bare date keeps its day."""
    try:
        if len(text) == 10 or text[10] != "T" or len(text) == 19:
            return date.fromisoformat(text[:10])
        moment = datetime.fromisoformat(text)
    except (ValueError, IndexError):
        return _only_day(text)
    try:
        return (moment.astimezone(SWISS_TIME) if moment.tzinfo else moment).date()
    except OverflowError:
        return moment.date()


def _only_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
