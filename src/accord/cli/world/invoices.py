"""Invoices of the demo: written as a provider's program would, taken in and checked by the same code as any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from accord.cli.world.network import Network
from accord.foundation.accounts.models import User
from accord.kernel.actors import WORKER
from accord.kernel.clock import SWISS_TIME, today
from accord.kernel.identifiers import avs_check_digit
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution, Membership
from accord.purchasing.invoices.enums import InvoiceState, Source
from accord.purchasing.invoices.models import Batch, Invoice, PaymentTerms
from accord.purchasing.invoices.rules.writing import Address, Draft, DraftLine, write_invoice
from accord.purchasing.invoices.services.checking import check_one
from accord.purchasing.invoices.services.receiving import take_file
from accord.purchasing.measures.enums import MandateState
from accord.purchasing.measures.models import Attendance, Mandate, MandatePosition
from accord.purchasing.providers.models import Provider
from accord.purchasing.providers.rules.tariffs import Unit, share_of_period, weeks_of

ACCOUNTS = {"oai-ge": "CH5604835012345678009", "oai-vs": "CH9300762011623852957"}
PLACES = {"oai-ge": ("1201", "Genève", "GE"), "oai-vs": ("1950", "Sion", "VS")}
BILLED = (MandateState.RUNNING, MandateState.INTERRUPTED, MandateState.ENDED, MandateState.STOPPED)
MOST = 24
FAULTY = 7
"""Every seventh has a sum that is off by a centime, so that the desk has something to explain."""


def furnish(random: Random, network: Network) -> None:
    """Write the terms of the offices, then one invoice a mandate for its last whole month."""
    offices = [house for house in network.houses.values() if house.kind == Kind.AI_OFFICE]
    for serial, office in enumerate(offices, 1):
        postal_code, city, _canton = PLACES[office.slug]
        PaymentTerms.objects.create(
            office=office,
            gln=_gln(90 + serial),
            iban=ACCOUNTS[office.slug],
            postal_code=postal_code,
            city=city,
        )
    _identify_providers()
    mandates = Mandate.objects.filter(state__in=BILLED, owner__in=offices).exclude(avs_number="")
    rows = mandates.select_related("provider__institution", "owner").prefetch_related("positions")
    batches: dict[str, Batch] = {}
    for serial, mandate in enumerate(rows.order_by("decision_number")[:MOST], 1):
        slug = mandate.owner.slug
        batches.setdefault(slug, Batch.objects.create(office=mandate.owner, source=Source.FOLDER))
        _bill(serial, mandate, batches[slug])
    for office in offices:
        _approve_some(office)


def _gln(serial: int) -> str:
    first = f"760100000{serial:03d}"
    return first + avs_check_digit(first)


def _identify_providers() -> None:
    for serial, provider in enumerate(Provider.objects.filter(gln="").order_by("pk"), 1):
        provider.gln = _gln(200 + serial)
        provider.save(update_fields=["gln"])


def _bill(serial: int, mandate: Mandate, batch: Batch) -> None:
    lines = list(_lines(mandate))
    if not lines:
        return
    last = max(line.end or line.begin for line in lines)
    requested = datetime.combine(min(today(), last + timedelta(days=3)), time(9), SWISS_TIME)
    data = write_invoice(_draft(serial, mandate, lines, requested))
    if serial % FAULTY == 0:
        total = sum((line.amount for line in lines), Decimal(0))
        data = data.replace(
            f'amount_due="{total:.2f}"'.encode(), f'amount_due="{total + Decimal("0.01"):.2f}"'.encode()
        )
    invoice, _new = take_file(by=WORKER, data=data, office=mandate.owner, source=Source.FOLDER, batch=batch)
    if invoice is None:
        return
    received = datetime.combine(requested.date(), time(10), SWISS_TIME)
    Invoice.objects.filter(pk=invoice.pk).update(
        received_at=received, due_on=received.date() + timedelta(days=30), sender=mandate.provider.institution
    )
    check_one(invoice.pk)


def _draft(serial: int, mandate: Mandate, lines: list[DraftLine], requested: datetime) -> Draft:
    postal_code, city, canton = PLACES[mandate.owner.slug]
    provider, terms = mandate.provider, PaymentTerms.objects.get(pk=mandate.owner_id)
    place = (provider.places or city)[:35]
    return Draft(
        version="5.0" if serial % 2 else "4.5",
        request_id=f"{requested:%Y}-{serial:04d}",
        requested=requested,
        provider=Address(provider.institution.name, "", postal_code, place, provider.gln),
        office=Address(mandate.owner.name, "", postal_code, city, terms.gln),
        insured=Address(
            mandate.family_name, mandate.street, mandate.postal_code or postal_code, mandate.city or city,
            given_name=mandate.given_names,
        ),
        gender="female" if serial % 2 else "male",
        birth=date.fromisoformat(mandate.birth_date) if len(mandate.birth_date) == 10 else date(1980, 1, 1),
        ssn=mandate.avs_number,
        decision=mandate.decision_number,
        iban=provider.iban or ACCOUNTS[mandate.owner.slug],
        lines=lines,
        canton=canton,
        nif=provider.nif,
    )  # fmt: skip


def _lines(mandate: Mandate) -> Iterator[DraftLine]:
    """The first position of the mandate in the last whole month that it covers."""
    end = min(mandate.until, today().replace(day=1) - timedelta(days=1))
    begin = max(mandate.since, end.replace(day=1))
    position = next(iter(mandate.positions.all()), None)
    if position is None or begin > end:
        return
    yield from _lines_of(mandate, position, begin, end)


def _lines_of(mandate: Mandate, position: MandatePosition, begin: date, end: date) -> Iterator[DraftLine]:
    days = Attendance.objects.filter(mandate=mandate, presence="present", day__range=(begin, end))
    attended = list(days.values_list("day", "hours"))
    plain = DraftLine(position.code, position.label, Decimal(1), position.price, begin)
    match Unit(position.unit):
        case Unit.HOUR:
            for day, hours in attended[:4]:
                yield replace(plain, quantity=min(hours, Decimal(2)) or Decimal(1), begin=day)
        case Unit.DAY:
            yield replace(plain, quantity=Decimal(max(1, min(len(attended), 8))), end=end)
        case Unit.WEEK:
            yield replace(plain, quantity=Decimal(min(2, weeks_of(begin, end))), end=end)
        case Unit.MONTH:
            yield replace(plain, quantity=share_of_period(begin, end), end=end)
        case Unit.CASE:
            yield plain


def _approve_some(office: Institution) -> None:
    """Half of what is accepted was approved by a manager."""
    holding = Membership.objects.filter(institution=office, role=Role.MANAGER).values("user")
    manager = User.objects.filter(pk__in=holding).first()
    if manager is None:
        return
    accepted = Invoice.objects.filter(office=office, state=InvoiceState.ACCEPTED).order_by(
        "received_at", "id"
    )
    some = list(accepted.values_list("pk", flat=True))[::2]
    Invoice.objects.filter(pk__in=some).update(state=InvoiceState.APPROVED, approved_by=manager)
