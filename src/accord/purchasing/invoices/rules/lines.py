"""The services of an invoice: its only long part, so that each word is read once and each sum reckoned once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from lxml import etree

from accord.purchasing.invoices.rules.invoice import Line, Number, Product
from accord.purchasing.invoices.rules.reading import NAMESPACE
from accord.purchasing.invoices.rules.values import bare_day, number_of, whole_of
from accord.purchasing.providers.rules.tariffs import amount_of

SERVICES: dict[str, str] = defaultdict(
    lambda: "request/payload/body/services",
    {f"{{{NAMESPACE}}}{name}": f"request/payload/body/services/{name}" for name in ("service", "service_ex")},
)
WORDS = {
    "record_id": "", "tariff_type": "", "code": "", "name": "", "date_begin": "", "date_end": "",
    "provider_id": "", "responsible_id": "", "unit_mt": "",
    "quantity": "", "amount": "", "vat_rate": "0", "unit": "", "unit_factor": "1", "external_factor": "1",
}  # fmt: skip
"""What is read of a line, and what holds where it is not said."""
UNSAID = list(WORDS.values())
FACTORS = ("unit_factor", "scale_factor", "external_factor")
NO_FACTOR = ("1", "1.0", "1.00")
Reckoned = tuple[Number, tuple[Product, ...], Number, Number, bool]
"""Quantity, products, amount, rate of the tax; and whether nothing stands against them."""


def lines_of(services: etree._Element | None) -> tuple[Line, ...]:
    """The lines; nearly all of a file have the same attributes in the same order, so that only values are read."""
    lines: list[Line] = []
    names: list[str] = []
    said = _said_by(names)
    for element in () if services is None else services:
        if (given := element.keys()) != names:
            names, said = given, _said_by(given)
        number, tariff, code, name, begin, end, provider, responsible, medical, *priced = said(
            element.values() + UNSAID
        )
        lines.append(
            Line(
                whole_of(number) or 0,
                tariff,
                code,
                name,
                *(_reckoned_parts(element) if medical else _reckoned_line(*priced)),
                bare_day(begin),
                bare_day(end) if end else None,
                element.sourceline or 0,
                SERVICES[element.tag],
                (provider, responsible),
            )
        )
    return tuple(lines)


def _said_by(names: list[str]) -> Callable[[list[str]], tuple[str, ...]]:
    """Picks our words from the values of these attributes, behind which stands what is not said."""
    places = {name: len(names) + place for place, name in enumerate(WORDS)}
    places |= {name: place for place, name in enumerate(names) if name in WORDS}
    return itemgetter(*places.values())


@lru_cache(maxsize=8192)
def _reckoned_line(quantity: str, amount: str, vat_rate: str, price: str, *factors: str) -> Reckoned:
    """A line of one price, with those of its factors that are not one."""
    product = _product_of(price, [factor for factor in factors if factor not in NO_FACTOR])
    return _reckoned(quantity, (product,), amount, vat_rate)


def _reckoned_parts(element: etree._Element) -> Reckoned:
    """A line of a medical and a technical price."""
    given = dict(element.items())
    products = tuple(
        _product_of(
            given.get(f"unit{part}", ""),
            [given[name] for factor in FACTORS if (name := factor + part) in given],
        )
        for part in ("_mt", "_tt")
    )
    return _reckoned(given.get("quantity", ""), products, given.get("amount", ""), given.get("vat_rate", "0"))


def _reckoned(quantity: str, products: tuple[Product, ...], amount: str, vat_rate: str) -> Reckoned:
    times, asked, rate = number_of(quantity), number_of(amount), number_of(vat_rate)
    is_plain = times.is_plain and asked.is_plain and rate.is_plain and all(one.is_plain for one in products)
    is_right = is_plain and asked.centimes is not None and expected_amount(times, products) == asked.centimes
    return times, products, asked, rate, is_right


def _product_of(price: str, factors: Sequence[str]) -> Product:
    numbers = [number_of(price), *map(number_of, factors)]
    return Product(numbers[0], tuple(numbers[1:]), all(number.is_plain for number in numbers))


def expected_amount(quantity: Number, products: tuple[Product, ...]) -> Decimal | None:
    """Quantity × price × factors, over all products; None when one of the numbers is none."""
    total = Decimal(0)
    for product in products:
        price = product.price.value
        factors = [factor.value for factor in product.factors if factor.value is not None]
        if quantity.value is None or price is None or len(factors) < len(product.factors):
            return None
        total += amount_of(quantity.value, price, *factors)
    return total
