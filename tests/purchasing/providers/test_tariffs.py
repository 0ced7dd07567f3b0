"""The arithmetic of the tariff, with the examples that the payer gives."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.purchasing.providers.rules.tariffs import (
    Misfit,
    Unit,
    amount_of,
    days_between,
    days_of_share,
    judge,
    month_of,
    month_share,
    share_of_period,
    unit_of,
    weeks_of,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
PRICES = st.decimals("0.01", "99999.99", places=2)


class TestThePayersExamples:
    def test_nineteen_days_of_july_are_nineteen_thirtieths(self) -> None:
        share = share_of_period(date(2021, 7, 1), date(2021, 7, 19))
        assert share == Decimal("0.6333")
        assert amount_of(share, Decimal("5000.00")) == Decimal("3166.50")

    def test_five_weeks_from_the_end_of_march_are_aprils(self) -> None:
        begin, end = date(2021, 3, 29), date(2021, 4, 30)
        assert weeks_of(begin, end) == 5
        assert month_of(Unit.WEEK, begin, end) == (2021, 4)
        assert amount_of(Decimal(5), Decimal("540.00")) == Decimal("2700.00")

    def test_six_days(self) -> None:
        assert amount_of(Decimal(6), Decimal("160.00")) == Decimal("960.00")
        assert judge(Unit.DAY, Decimal(6), date(2021, 4, 12), date(2021, 4, 19)) is None

    def test_march_leaves_its_last_week_to_april(self) -> None:
        assert weeks_of(date(2021, 3, 1), date(2021, 3, 31)) == 4

    def test_a_measure_that_ends_within_a_week_counts_that_week(self) -> None:
        assert weeks_of(date(2021, 3, 29), date(2021, 3, 31)) == 1


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ("905.509.1", Unit.CASE),
        ("905.500.2", Unit.MONTH),
        ("905.220.3", Unit.WEEK),
        ("905.300.4", Unit.DAY),
        ("905.300.5", Unit.HOUR),
        ("905.300.6", None),
        ("905.300.0", None),
        ("805.300.4", None),
        ("905.30.4", None),
        ("905.300.4 ", None),
        ("", None),
    ],
)
def test_the_last_digit_says_the_unit(code: str, unit: Unit | None) -> None:
    assert unit_of(code) is unit


@pytest.mark.parametrize(
    ("unit", "quantity", "begin", "end", "misfit"),
    [
        (Unit.CASE, "1", "2026-03-02", None, None),
        (Unit.CASE, "0.5", "2026-03-02", "2026-05-29", None),
        (Unit.CASE, "0.5", "2026-03-02", None, Misfit.PART_WITHOUT_PERIOD),
        (Unit.CASE, "2", "2026-03-02", None, Misfit.TOO_MUCH),
        (Unit.MONTH, "1", "2026-02-01", "2026-02-28", None),
        (Unit.MONTH, "1", "2026-07-01", "2026-07-31", None),
        (Unit.MONTH, "0.6333", "2026-07-01", "2026-07-31", None),
        (Unit.MONTH, "0.6129", "2026-07-01", "2026-07-19", Misfit.NO_SHARE),
        (Unit.MONTH, "0.6667", "2026-07-01", "2026-07-19", Misfit.TOO_MUCH),
        (Unit.MONTH, "1", "2026-07-01", None, Misfit.NO_END),
        (Unit.MONTH, "1", "2026-07-15", "2026-08-14", Misfit.TWO_MONTHS),
        (Unit.WEEK, "5", "2021-03-29", "2021-04-30", None),
        (Unit.WEEK, "4.5", "2021-03-29", "2021-04-30", Misfit.NOT_WHOLE),
        (Unit.WEEK, "6", "2021-03-29", "2021-04-30", Misfit.TOO_MUCH),
        (Unit.WEEK, "4", "2021-03-29", None, Misfit.NO_END),
        (Unit.WEEK, "8", "2021-04-05", "2021-05-28", Misfit.TWO_MONTHS),
        (Unit.DAY, "1", "2026-07-01", None, None),
        (Unit.DAY, "2", "2026-07-01", None, Misfit.NO_END),
        (Unit.DAY, "6", "2026-07-01", "2026-07-05", Misfit.TOO_MUCH),
        (Unit.DAY, "6", "2026-07-29", "2026-08-05", Misfit.TWO_MONTHS),
        (Unit.HOUR, "1.5", "2026-07-01", None, None),
        (Unit.HOUR, "7.5", "2026-07-01", "2026-07-02", Misfit.SEVERAL_DAYS),
        (Unit.HOUR, "24.5", "2026-07-01", None, Misfit.TOO_MUCH),
    ],
)
def test_a_quantity_fits_its_unit_and_its_period(
    unit: Unit, quantity: str, begin: str, end: str | None, misfit: Misfit | None
) -> None:
    last = date.fromisoformat(end) if end else None
    found = judge(unit, Decimal(quantity), date.fromisoformat(begin), last)
    assert (found.misfit if found else None) is misfit


@given(days=st.integers(0, 30))
def test_the_days_of_a_share_are_found_again(days: int) -> None:
    assert days_of_share(month_share(days)) == days


@given(begin=DAYS, length=st.integers(0, 200))
def test_weeks_never_exceed_those_that_the_period_touches(begin: date, length: int) -> None:
    end = begin + timedelta(days=length)
    days = [begin + timedelta(days=place) for place in range(days_between(begin, end))]
    touched = {day.isocalendar()[:2] for day in days}
    assert len(touched) - 1 <= weeks_of(begin, end) <= len(touched)


@given(begin=DAYS, until=st.integers(1, 60), then=st.integers(1, 60))
def test_two_adjoining_periods_of_whole_weeks_count_as_one(begin: date, until: int, then: int) -> None:
    monday = begin - timedelta(days=begin.weekday())
    middle, end = monday + timedelta(weeks=until), monday + timedelta(weeks=until + then)
    one = timedelta(days=1)
    assert weeks_of(monday, middle - one) + weeks_of(middle, end - one) == weeks_of(monday, end - one)


@given(begin=DAYS, length=st.integers(0, 30), price=PRICES)
def test_a_part_of_a_month_never_costs_more_than_the_month(begin: date, length: int, price: Decimal) -> None:
    share = share_of_period(begin, begin + timedelta(days=length))
    assert Decimal(0) < share <= 1
    assert amount_of(share, price) <= price


@given(quantity=st.decimals("0", "1000", places=4), price=PRICES)
def test_an_amount_is_within_half_a_centime_of_the_product(quantity: Decimal, price: Decimal) -> None:
    assert abs(amount_of(quantity, price) - quantity * price) <= Decimal("0.005")
