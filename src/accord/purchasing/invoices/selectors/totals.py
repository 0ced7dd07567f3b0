"""Sums and durations of invoices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, today
from accord.purchasing.invoices.enums import COUNTING, OPEN, InvoiceState, MessageKind
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.invoices.policies import of_own_office

BY = {
    "mesure": "mandate__measure__kind",
    "personne": "mandate__case__number",
    "prestataire": "provider__institution__short_name",
    "mois": "month",
}
STEPS = ((0, 7), (8, 14), (15, 21), (22, 30), (31, None))
"""Days since the reception, as the clock shows them."""


@dataclass(frozen=True, slots=True)
class Total:
    """What was billed under one heading."""

    heading: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Clock:
    """How long what is open has waited, and how long what was paid took."""

    open_by_age: tuple[tuple[str, int], ...]
    overdue: int
    median_days: int | None
    paid: int


def _counting(actor: Actor, since: date | None, until: date | None) -> QuerySet[Invoice]:
    query = Invoice.objects.filter(
        of_own_office(actor), state__in=COUNTING, kind=MessageKind.NORMAL, is_test=False
    )
    if since:
        query = query.filter(begin__gte=since)
    if until:
        query = query.filter(begin__lte=until)
    return query


def totals_of(actor: Actor, by: str, since: date | None = None, until: date | None = None) -> list[Total]:
    """Sums per measure, person, provider or month of service, the largest first; months in their order."""
    field = BY[by]
    query = _counting(actor, since, until).annotate(month=TruncMonth("begin"))
    rows = query.values(field).annotate(n=Count("id"), total=Sum("amount"))
    found = [Total(_heading(row[field]), row["n"], row["total"]) for row in rows]
    return sorted(found, key=lambda one: one.heading) if by == "mois" else sorted(found, key=_largest)


def _largest(total: Total) -> tuple[Decimal, str]:
    return -total.amount, total.heading


def _heading(value: object) -> str:
    return f"{value:%Y-%m}" if isinstance(value, date) else str(value or "–")


def clock_of(actor: Actor) -> Clock:
    """The thirty-day clock of the office."""
    mine = Invoice.objects.filter(of_own_office(actor), is_test=False)
    ages = [_age(received) for received in mine.filter(state__in=OPEN).values_list("received_at", flat=True)]
    paid = mine.filter(state=InvoiceState.PAID).values_list("received_at", "paid_on")
    took = [(on - received.astimezone(SWISS_TIME).date()).days for received, on in paid if on]
    return Clock(
        open_by_age=tuple(_by_step(ages)),
        overdue=mine.filter(state__in=OPEN, due_on__lt=today()).count(),
        median_days=int(median(took)) if took else None,
        paid=len(took),
    )


def _age(received: object) -> int:
    return (today() - received.astimezone(SWISS_TIME).date()).days  # type: ignore[attr-defined, no-any-return]


def _by_step(ages: Iterable[int]) -> Iterable[tuple[str, int]]:
    known = list(ages)
    for low, high in STEPS:
        count = sum(low <= age and (high is None or age <= high) for age in known)
        yield (f"{low}–{high}" if high is not None else f"> {low - 1}"), count
