"""Invoices of the demo: written as a provider's program would, taken in and checked by the same code as any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from accord.cli.world.network import Network
from accord.cli.world.payments import pay_some
from accord.kernel.actors import WORKER
from accord.kernel.clock import SWISS_TIME, today
from accord.kernel.identifiers import avs_check_digit
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from accord.purchasing.invoices.enums import Source
from accord.purchasing.invoices.models import Batch, Invoice, PaymentTerms
from accord.purchasing.invoices.rules.invoice import Subtype
from accord.purchasing.invoices.rules.writing import Address, Draft, DraftLine, write_invoice
from accord.purchasing.invoices.services.checking import check_one
from accord.purchasing.invoices.services.receiving import take_file
from accord.purchasing.measures.enums import MandateState
from accord.purchasing.measures.models import Attendance, Mandate, MandatePosition
from accord.purchasing.providers.models import Provider
from accord.purchasing.providers.rules.tariffs import Unit, share_of_period, weeks_of
from accord.purchasing.providers.selectors import position_on

ACCOUNTS = {"oai-ge": "CH5604835012345678009", "oai-vs": "CH9300762011623852957"}
PLACES = {"oai-ge": ("1201", "Genève", "GE"), "oai-vs": ("1950", "Sion", "VS")}
BILLED = (MandateState.RUNNING, MandateState.INTERRUPTED, MandateState.ENDED, MandateState.STOPPED)
WHOLLY, LATELY = 10, 4
"""Mandates of an office that are billed from their first month on, and more of which the last invoice is here."""
SPOILT, TAKEN_BACK, DOUBTFUL, WAITING = (1, 4), 2, -3, -2
"""By their place: wrong sums, one that its provider cancels, an account that nobody agreed, one not yet checked."""
SOURCES = (Source.FOLDER, Source.UPLOAD, Source.FORM)


def furnish(random: Random, network: Network) -> None:
    """Write the terms of the offices, then an invoice for each whole month of their mandates; and pay some."""
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
    for office in offices:
        Desk(office).fill()
        pay_some(office)


def _gln(serial: int) -> str:
    first = f"760100000{serial:03d}"
    return first + avs_check_digit(first)


def _identify_providers() -> None:
    for serial, provider in enumerate(Provider.objects.filter(gln="").order_by("pk"), 1):
        provider.gln = _gln(200 + serial)
        provider.save(update_fields=["gln"])


class Desk:
    """What comes in at the invoice desk of one office."""

    def __init__(self, office: Institution) -> None:
        self.office, self.serial = office, 0
        self.terms = PaymentTerms.objects.get(pk=office.pk)
        self.batch = Batch.objects.create(office=office, source=Source.FOLDER)

    def fill(self) -> None:
        """Month by month, mandate by mandate; then a copy, a cancellation, and one that still waits."""
        mandates = Mandate.objects.filter(state__in=BILLED, owner=self.office).exclude(avs_number="")
        rows = mandates.select_related("provider__institution", "owner").prefetch_related("positions")
        drafts = [
            (mandate, draft)
            for place, mandate in enumerate(rows.order_by("decision_number")[: WHOLLY + LATELY])
            for draft in list(self._drafts(mandate))[-1 if place >= WHOLLY else 0 :]
        ]
        drafts.sort(key=lambda one: one[1].requested)
        waiting = drafts.pop(WAITING)
        for place, (mandate, draft) in enumerate(drafts):
            is_doubtful = place == len(drafts) + DOUBTFUL
            self._send(mandate, draft, is_spoilt=place in SPOILT, is_doubtful=is_doubtful)
        for (mandate, draft), subtype in ((drafts[0], Subtype.COPY), (drafts[TAKEN_BACK], Subtype.STORNO)):
            self._take(mandate, replace(draft, subtype=subtype))
        self._take(*waiting, source=Source.UPLOAD, is_checked=False)

    def _send(self, mandate: Mandate, draft: Draft, *, is_spoilt: bool, is_doubtful: bool) -> None:
        """What a program wrote; when the sum was wrong it comes again, corrected."""
        source = SOURCES[int(draft.request_id[-4:]) % len(SOURCES)]
        if is_spoilt:
            self._take(mandate, draft, spoil=Decimal("0.01"), source=source)
            draft = replace(draft, request_id=f"{draft.request_id}-B")
        if is_doubtful:
            draft = replace(draft, iban=ACCOUNTS["oai-vs" if self.office.slug == "oai-ge" else "oai-ge"])
        self._take(mandate, draft, source=source)

    def _take(
        self,
        mandate: Mandate,
        draft: Draft,
        *,
        spoil: Decimal = Decimal(0),
        source: Source = Source.FOLDER,
        is_checked: bool = True,
    ) -> None:
        data = write_invoice(draft)
        if spoil:
            due, wrong = (
                f'amount_due="{total:.2f}"'.encode() for total in (draft.total, draft.total + spoil)
            )
            data = data.replace(due, wrong)
        house = mandate.provider.institution
        batch = self.batch if source == Source.FOLDER else None
        if source == Source.UPLOAD:
            batch = Batch.objects.create(office=self.office, sender=house, source=source)
        invoice, _new = take_file(by=WORKER, data=data, office=self.office, source=source, batch=batch)
        if invoice is None:
            return
        received = datetime.combine(draft.requested.date(), time(10), SWISS_TIME)
        Invoice.objects.filter(pk=invoice.pk).update(
            received_at=received, due_on=received.date() + timedelta(days=self.terms.days), sender=house
        )
        if is_checked:
            check_one(invoice.pk)

    def _drafts(self, mandate: Mandate) -> Iterator[Draft]:
        """One for each month that is over; who has worked for two months sends them together."""
        position = mandate.positions.all()[0]
        months = list(_months(mandate))
        together = [months] if len(months) == 2 else [[month] for month in months]
        for periods in together:
            lines = [line for begin, end in periods for line in _lines_of(mandate, position, begin, end)]
            if lines:
                last = max(line.end or line.begin for line in lines)
                self.serial += 1
                sent = min(today(), last + timedelta(days=2 + self.serial % 5 * 3))
                requested = datetime.combine(sent, time(9), SWISS_TIME)
                yield self._draft(mandate, lines, requested)

    def _draft(self, mandate: Mandate, lines: list[DraftLine], requested: datetime) -> Draft:
        postal_code, city, canton = PLACES[self.office.slug]
        provider = mandate.provider
        place = (provider.places or city)[:35]
        return Draft(
            version="5.0" if self.serial % 2 else "4.5",
            request_id=f"{requested:%Y}-{self.serial:04d}",
            requested=requested,
            provider=Address(provider.institution.name, "", postal_code, place, provider.gln),
            office=Address(self.office.name, "", postal_code, city, self.terms.gln),
            insured=Address(
                mandate.family_name, mandate.street, mandate.postal_code or postal_code, mandate.city or city,
                given_name=mandate.given_names,
            ),
            gender="female" if self.serial % 2 else "male",
            birth=date.fromisoformat(mandate.birth_date) if len(mandate.birth_date) == 10 else date(1980, 1, 1),
            ssn=mandate.avs_number,
            decision=mandate.decision_number,
            iban=provider.iban or ACCOUNTS[self.office.slug],
            lines=lines,
            canton=canton,
            nif=provider.nif,
        )  # fmt: skip


def _months(mandate: Mandate) -> Iterator[tuple[date, date]]:
    """The calendar months of the mandate that are over, each as far as the mandate covers it."""
    begin, last = mandate.since, min(mandate.until, today().replace(day=1) - timedelta(days=1))
    while begin <= last:
        following = (begin.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield begin, min(following - timedelta(days=1), last)
        begin = following


def _lines_of(mandate: Mandate, position: MandatePosition, begin: date, end: date) -> Iterator[DraftLine]:
    agreed = position_on(mandate.agreement_id, position.code, begin)
    price = agreed.price if agreed else position.price
    plain = DraftLine(position.code, position.label, Decimal(1), price, begin)
    match Unit(position.unit):
        case Unit.HOUR:
            for day, hours in _attended(mandate, begin, end)[:4]:
                yield replace(plain, quantity=min(hours, Decimal(2)) or Decimal(1), begin=day)
        case Unit.DAY:
            if days := len(_attended(mandate, begin, end)):
                yield replace(plain, quantity=Decimal(min(days, 8)), end=end)
        case Unit.WEEK:
            yield replace(plain, quantity=Decimal(min(2, weeks_of(begin, end))), end=end)
        case Unit.MONTH:
            yield replace(plain, quantity=share_of_period(begin, end), end=end)
        case Unit.CASE:
            if begin == mandate.since:
                yield plain


def _attended(mandate: Mandate, begin: date, end: date) -> list[tuple[date, Decimal]]:
    days = Attendance.objects.filter(mandate=mandate, presence="present", day__range=(begin, end))
    return list(days.values_list("day", "hours"))
