"""The arithmetic of the tariff: positions `90x.xxx.u`, their units, and what a period may count.

Source: ZAS/CdC, « Exigences relatives à la facturation électronique », positions of the vocational measures.
Everything is pure and exact: amounts are `Decimal`, rounded half up to the centime, once, at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import lru_cache

CENTIME = Decimal("0.01")
EXACT = Context(prec=80)
"""Enough digits that no product is rounded before its end."""
SHARE = Decimal("0.0001")
"""A part of a month has four decimals."""
DAYS_OF_A_MONTH = 30
"""Every month counts thirty days: 19 days of July are 19/30, not 19/31."""
HOURS_OF_A_DAY = 24
FRIDAY = 4

_CODE = re.compile(r"90[0-9]\.[0-9]{3}\.([0-9])")


class Unit(StrEnum):
    """What a position counts; its last digit says which."""

    CASE = "case"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"


UNITS = {"1": Unit.CASE, "2": Unit.MONTH, "3": Unit.WEEK, "4": Unit.DAY, "5": Unit.HOUR}


class Misfit(StrEnum):
    """Why a quantity does not fit its unit and its period."""

    NO_END = "no_end"
    TWO_MONTHS = "two_months"
    TOO_MUCH = "too_much"
    NOT_WHOLE = "not_whole"
    NO_SHARE = "no_share"
    PART_WITHOUT_PERIOD = "part_without_period"
    SEVERAL_DAYS = "several_days"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What stands against a quantity, and what the period would allow at most."""

    misfit: Misfit
    most: Decimal | None = None


@lru_cache(maxsize=1024)
def unit_of(code: str) -> Unit | None:
    """The unit of a position code; None when it is not of the form `90x.xxx.u` with a known unit."""
    found = _CODE.fullmatch(code)
    return UNITS.get(found[1]) if found else None


def to_centimes(amount: Decimal) -> Decimal:
    """Rounded half up to the centime."""
    return amount.quantize(CENTIME, ROUND_HALF_UP, EXACT)


def amount_of(quantity: Decimal, price: Decimal, *factors: Decimal) -> Decimal:
    """What a line costs: quantity × price × factors, rounded once."""
    product = EXACT.multiply(quantity, price)
    for factor in factors:
        product = EXACT.multiply(product, factor)
    return to_centimes(product)


def days_between(begin: date, end: date) -> int:
    """Calendar days of a period, both ends included."""
    return (end - begin).days + 1


def is_whole_month(begin: date, end: date) -> bool:
    """Whether the period is a calendar month from its first to its last day."""
    return begin.day == 1 and same_month(begin, end) and not same_month(end, end + timedelta(days=1))


def same_month(one: date, other: date) -> bool:
    """Whether both days lie in one calendar month."""
    return (one.year, one.month) == (other.year, other.month)


def month_share(days: int) -> Decimal:
    """The part of a month for so many days: days / 30 to four decimals, a whole month at most."""
    return min(Decimal(1), (Decimal(days) / DAYS_OF_A_MONTH).quantize(SHARE, ROUND_HALF_UP))


def share_of_period(begin: date, end: date) -> Decimal:
    """The part of a month that a period counts; February from the 1st to the 28th is a whole month."""
    return Decimal(1) if is_whole_month(begin, end) else month_share(days_between(begin, end))


def days_of_share(share: Decimal) -> int | None:
    """The days that make this part of a month; None when no number of days does."""
    days = int((share * DAYS_OF_A_MONTH).to_integral_value(ROUND_HALF_UP))
    return days if 0 <= days <= DAYS_OF_A_MONTH and month_share(days) == share else None


def friday_of(day: date) -> date:
    """The Friday of the week in which a day lies: the month of a week is that of its Friday."""
    return day + timedelta(days=FRIDAY - day.weekday())


def weeks_of(begin: date, end: date) -> int:
    """Whole weeks that a period counts: no half weeks, a started week goes to the following month.

    29 March to 30 April 2021 are five weeks of April; 1 to 31 March are four, since that of 29 March is April's.
    """
    first, last = friday_of(begin), friday_of(end)
    weeks = (last - first).days // 7 + 1
    goes_on = not same_month(last, end) and last > end
    return weeks - 1 if goes_on and weeks > 1 else weeks


def month_of(unit: Unit, begin: date, end: date | None) -> tuple[int, int]:
    """The calendar month (year, month) in which a line is billed: that of its first day, or of its first Friday.

    A measure that ends before the Friday of its only week is billed in the month of its last day.
    """
    day = friday_of(begin) if unit is Unit.WEEK else begin
    if end is not None:
        day = min(day, end)
    return day.year, day.month


def judge(unit: Unit, quantity: Decimal, begin: date, end: date | None) -> Judgement | None:
    """What stands against this quantity of a unit in this period; None when all is well."""
    match unit:
        case Unit.HOUR:
            return _judge_hours(quantity, begin, end)
        case Unit.DAY:
            return _judge_days(quantity, begin, end)
        case Unit.WEEK:
            return _judge_weeks(quantity, begin, end)
        case Unit.MONTH:
            return _judge_month(quantity, begin, end)
        case Unit.CASE:
            return _judge_case(quantity, end)


def _judge_case(quantity: Decimal, end: date | None) -> Judgement | None:
    """Billed once; a part of it says which part, from when to when."""
    if quantity > 1:
        return Judgement(Misfit.TOO_MUCH, Decimal(1))
    return Judgement(Misfit.PART_WITHOUT_PERIOD) if quantity < 1 and end is None else None


def _judge_month(quantity: Decimal, begin: date, end: date | None) -> Judgement | None:
    """From-to within one calendar month; days / 30 with four decimals when it was interrupted."""
    if end is None:
        return Judgement(Misfit.NO_END)
    if not same_month(begin, end):
        return Judgement(Misfit.TWO_MONTHS)
    most = share_of_period(begin, end)
    if quantity > most:
        return Judgement(Misfit.TOO_MUCH, most)
    return Judgement(Misfit.NO_SHARE, most) if days_of_share(quantity) is None else None


def _judge_weeks(quantity: Decimal, begin: date, end: date | None) -> Judgement | None:
    """Consecutive whole weeks of one month."""
    if quantity != quantity.to_integral_value():
        return Judgement(Misfit.NOT_WHOLE)
    if end is None:
        return Judgement(Misfit.NO_END)
    most = Decimal(weeks_of(begin, end))
    if quantity > most:
        return Judgement(Misfit.TOO_MUCH, most)
    last = friday_of(begin) + timedelta(weeks=int(most) - 1)
    return None if same_month(friday_of(begin), last) else Judgement(Misfit.TWO_MONTHS)


def _judge_days(quantity: Decimal, begin: date, end: date | None) -> Judgement | None:
    """From-to in the month, and how many days of it."""
    last = end or begin
    if not same_month(begin, last):
        return Judgement(Misfit.TWO_MONTHS)
    most = Decimal(days_between(begin, last))
    if quantity > most:
        return Judgement(Misfit.NO_END if end is None else Misfit.TOO_MUCH, most)
    return None


def _judge_hours(quantity: Decimal, begin: date, end: date | None) -> Judgement | None:
    """A line for each day, with the hours of that day."""
    if end is not None and end != begin:
        return Judgement(Misfit.SEVERAL_DAYS)
    return Judgement(Misfit.TOO_MUCH, Decimal(HOURS_OF_A_DAY)) if quantity > HOURS_OF_A_DAY else None
