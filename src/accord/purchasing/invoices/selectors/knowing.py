"""What the office knows beside the message: mandate, convention, prices, presence, earlier invoices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from accord.kernel.actors import WORKER
from accord.network.agreements.models import Agreement
from accord.purchasing.invoices.enums import COUNTING
from accord.purchasing.invoices.models import BilledMonth, InvoiceLine
from accord.purchasing.invoices.rules.invoice import Invoice as Message
from accord.purchasing.invoices.rules.substance import Order, months_of
from accord.purchasing.measures.enums import MandateState
from accord.purchasing.measures.models import Mandate, OfficeCode
from accord.purchasing.measures.selectors import attended, mandate_by_decision, mandates_by_decision
from accord.purchasing.providers.models import Provider
from accord.purchasing.providers.selectors import position_on


def office_code_of(office_id: UUID) -> str:
    """The three digits of an office; empty while nobody gave them."""
    return OfficeCode.objects.filter(pk=office_id).values_list("code", flat=True).first() or ""


def provider_named(message: Message) -> Provider | None:
    """The admitted provider whose GLN bills."""
    glns = [party.gln for party in (message.biller, message.provider) if party and party.gln]
    return Provider.objects.filter(gln__in=glns).select_related("institution").first() if glns else None


def mandate_of(message: Message) -> Mandate | None:
    """The mandate of a decision; one number of six digits stands for many, so the person decides."""
    number = message.decision_number
    if len(number) == 14:
        return mandate_by_decision(WORKER, number)
    ssn = message.law_ssn or (message.insured.ssn if message.insured else None)
    found = mandates_by_decision(WORKER, number, ssn.value) if ssn else []
    day = message.begin.value if message.begin else None
    return next((one for one in found if day and one.since <= day <= one.until), found[0] if found else None)


def facts_of(message: Message, mandate: Mandate) -> Order:
    """All that the rules hold a message against."""
    days = {line.begin.value for line in message.lines if line.begin.value is not None}
    return Order(
        provider_gln=mandate.provider.gln,
        person_ssn=mandate.avs_number,
        since=mandate.since,
        until=mandate.until,
        state=str(MandateState(mandate.state).label),
        is_cancelled=mandate.state == MandateState.CANCELLED,
        granted=dict(mandate.positions.values_list("code", "quantity")),
        billed=_billed(mandate),
        prices=_prices(mandate, message),
        bound_days={day: _binds(mandate, day) for day in days},
        attended=attended(WORKER, mandate.pk, *_span(message)).hours if days else {},
        months=_months_taken(mandate, message),
    )


def _span(message: Message) -> tuple[date, date]:
    begins = [line.begin.value for line in message.lines if line.begin.value]
    ends = [line.end.value for line in message.lines if line.end and line.end.value]
    return min(begins), max([*begins, *ends])


def _billed(mandate: Mandate) -> dict[str, Decimal]:
    lines = InvoiceLine.objects.filter(
        invoice__mandate=mandate, invoice__state__in=COUNTING, invoice__kind="normal"
    )
    return dict(lines.values("code").annotate(all=Sum("quantity")).values_list("code", "all"))


def _prices(mandate: Mandate, message: Message) -> dict[tuple[str, date], Decimal | None]:
    asked = {(line.code, line.begin.value) for line in message.lines if line.begin.value is not None}
    found = {(code, day): position_on(mandate.agreement_id, code, day) for code, day in asked if day}
    return {key: position.price if position else None for key, position in found.items()}


def _binds(mandate: Mandate, day: date) -> bool:
    return Agreement.objects.filter(Agreement.binds_on(day), pk=mandate.agreement_id).exists()


def _months_taken(mandate: Mandate, message: Message) -> dict[date, str]:
    taken = BilledMonth.objects.filter(mandate=mandate, month__in=months_of(message)).select_related(
        "invoice"
    )
    return {one.month: str(one.invoice) for one in taken}
