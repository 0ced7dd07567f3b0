"""An AI office, a provider under a convention, a mandate of the examples' decision, and invoices for it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from accord.casework.cases.enums import Audience
from accord.kernel.actors import WORKER
from accord.kernel.clock import SWISS_TIME
from accord.kernel.database import acting_as
from accord.network.agreements.models import Agreement, Party
from accord.network.institutions.enums import Kind, Role
from accord.purchasing.invoices.enums import Source
from accord.purchasing.invoices.models import Invoice, PaymentTerms
from accord.purchasing.invoices.rules.writing import Address, Draft, DraftLine, write_invoice
from accord.purchasing.invoices.services import check_one, take_file
from accord.purchasing.measures.models import (
    Attendance,
    IndividualMeasure,
    Mandate,
    MandatePosition,
    OfficeCode,
)
from accord.purchasing.providers.models import Provider, TariffPosition
from scenarios import Colleague, colleague, open_case, person, programmes

GLN = "7601000000057"
OFFICE_GLN = "7601000000064"
IBAN = "CH9300762011623852957"
SSN = "7563026070592"
DECISION = "32520261000896"
MONTH = DraftLine(
    "905.500.2", "Réinsertion", Decimal("0.6333"), Decimal(5000), date(2026, 7, 1), date(2026, 7, 19)
)
DAYS = DraftLine("905.300.4", "Stage", Decimal(6), Decimal(160), date(2026, 7, 20), date(2026, 7, 31))
PRICES = {"905.500.2": ("month", 5000), "905.300.4": ("day", 160), "905.310.5": ("hour", 150)}


@dataclass
class Desk:
    """Anne and Bruno at the office, Chloé at the provider."""

    anne: Colleague
    bruno: Colleague
    chloe: Colleague
    provider: Provider
    agreement: Agreement
    mandate: Mandate

    def written(self, version: str = "5.0", **changes: Any) -> bytes:
        """The bytes of an invoice under the mandate."""
        draft = Draft(
            version=version,
            request_id="2026-0017",
            requested=datetime(2026, 8, 3, 9, tzinfo=SWISS_TIME),
            provider=Address("Atelier du Rhône", "Rue des Artisans 12", "1227", "Carouge", GLN),
            office=Address("Office AI", "Rue des Gares 12", "1201", "Genève", OFFICE_GLN),
            insured=Address("Favre", "Rue du Lac 3", "1207", "Genève", given_name="Camille"),
            gender="female",
            birth=date(1988, 4, 12),
            ssn=SSN,
            decision=DECISION,
            iban=IBAN,
            lines=(MONTH, DAYS),
            canton="GE",
        )
        return write_invoice(dataclasses.replace(draft, **changes))

    def taken(self, data: bytes) -> Invoice:
        """Received from the provider, not yet checked."""
        with acting_as(self.chloe.actor):
            invoice, _new = take_file(
                by=self.chloe.actor, data=data, office=self.anne.institution, source=Source.UPLOAD
            )
        assert invoice is not None
        return invoice

    def checked(self, data: bytes | None = None, **changes: Any) -> Invoice:
        """Received and checked by the worker."""
        invoice = self.taken(data if data is not None else self.written(**changes))
        with acting_as(WORKER):
            return check_one(invoice.pk)

    def codes(self, invoice: Invoice) -> set[str]:
        """What was found, without mere notes."""
        return set(invoice.findings.exclude(weight="info").values_list("code", flat=True))


def desk(**provider: Any) -> Desk:
    """All that must stand before an invoice can be accepted."""
    programmes()
    anne = colleague(None, Role.MANAGER, kind=Kind.AI_OFFICE, last_name="Aubry")
    bruno = colleague(anne.institution, Role.SECRETARY, last_name="Bonvin")
    chloe = colleague(None, Role.SECRETARY, kind=Kind.PROVIDER, last_name="Clerc")
    office = anne.institution
    case = open_case(anne, about=person(office, avs_number=SSN))
    OfficeCode.objects.create(institution=office, code="325")
    PaymentTerms.objects.create(
        office=office, gln=OFFICE_GLN, iban="CH5604835012345678009", postal_code="1201", city="Genève"
    )
    admitted = Provider.objects.create(
        **{
            "institution": chloe.institution,
            "office": office,
            "provider_kind": "coach",
            "gln": GLN,
            "iban": IBAN,
        }
        | provider
    )
    agreement = Agreement.objects.create(
        number=uuid4().hex, kind="provider", title="Réinsertion", owner=office, state="in_force",
        starts_on=date(2026, 1, 1),
    )  # fmt: skip
    for house, role in ((office, "buyer"), (chloe.institution, "provider")):
        Party.objects.create(agreement=agreement, institution=house, role=role)
    for code, (unit, price) in PRICES.items():
        TariffPosition.objects.create(
            agreement=agreement,
            code=code,
            unit=unit,
            label="Réinsertion",
            price=price,
            valid_from=date(2026, 1, 1),
        )
    shared: dict[str, Any] = {
        "case": case, "owner": office, "audience": Audience.OWN, "since": date(2026, 3, 2), "title": "Réinsertion",
    }  # fmt: skip
    measure = IndividualMeasure.objects.create(
        person=case.person, plan_measure=uuid4(), kind="advice", phase="rehabilitation", amount=Decimal(20000),
        planned_until=date(2026, 12, 31), until=date(2026, 12, 31), **shared,
    )  # fmt: skip
    mandate = Mandate.objects.create(
        measure=measure, provider=admitted, agreement=agreement, decision_number=DECISION, legal_article="LAI 14a",
        family_name="Favre", given_names="Camille", avs_number=SSN, birth_date="1988-04-12", street="Rue du Lac 3",
        postal_code="1207", city="Genève", until=date(2026, 12, 31), state="running", **shared,
    )  # fmt: skip
    for code, quantity in (("905.500.2", 6), ("905.300.4", 20), ("905.310.5", 40)):
        MandatePosition.objects.create(
            mandate=mandate,
            code=code,
            unit=PRICES[code][0],
            label="Réinsertion",
            price=PRICES[code][1],
            quantity=quantity,
        )
    for offset in range(8):
        Attendance.objects.create(
            mandate=mandate, day=date(2026, 7, 20) + timedelta(days=offset), presence="present", hours=4
        )
    return Desk(anne, bruno, chloe, admitted, agreement, mandate)
