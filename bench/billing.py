"""A provider with many mandates at an office of its own, and an invoice for each month of each mandate."""

from __future__ import annotations

import calendar
import os
import time
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction

from accord.casework.cases.models import Case
from accord.kernel.clock import SWISS_TIME
from accord.network.agreements.models import Agreement, Party
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.invoices.rules.writing import Address, Draft, DraftLine, write_invoice
from accord.purchasing.measures.models import IndividualMeasure, Mandate, MandatePosition, OfficeCode
from accord.purchasing.providers.models import Provider, TariffPosition

YEAR = 2025
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
MONTHS = 12
CODE, LABEL, PRICE = "905.500.2", "Forfait mensuel", Decimal(900)
OFFICE_CODE = "350"
GLN, OFFICE_GLN, IBAN, SSN = "7601000000057", "7601000000064", "CH9300762011623852957", "7563026070592"
LONG_AGO = 3600


def write_files(folder: Path, office: str, files: int, *, bad_one_in: int) -> tuple[int, int]:
    """Make the mandates and drop the files; returns how many are right, and how many are no invoices."""
    folder.mkdir(parents=True)
    bad = files // bad_one_in
    good = files - bad
    numbers = _mandates(office, -(-good // MONTHS))
    places = [(number, month) for number in numbers for month in range(1, MONTHS + 1)][:good]
    for serial, (number, month) in enumerate(places):
        _write(folder / f"{serial:06}.xml", write_invoice(_bill(f"{serial:06}", number, month)))
    for serial in range(bad):
        _write(folder / f"{serial * bad_one_in:06}-bad.xml", b"\xff\xfe\x00<")
    return good, bad


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    os.utime(path, (time.time() - LONG_AGO,) * 2)


def _bill(serial: str, decision: str, month: int) -> Draft:
    begin = date(YEAR, month, 1)
    end = begin.replace(day=calendar.monthrange(YEAR, month)[1])
    return replace(
        _DRAFT,
        request_id=serial,
        decision=decision,
        lines=[DraftLine(CODE, LABEL, Decimal(1), PRICE, begin, end)],
    )


_DRAFT = Draft(
    version="5.0",
    request_id="",
    requested=datetime(YEAR + 1, 1, 5, 9, tzinfo=SWISS_TIME),
    provider=Address("Atelier du Rhône", "Rue des Artisans 12", "1227", "Carouge", GLN),
    office=Address("Office AI", "Rue des Gares 12", "1201", "Genève", OFFICE_GLN),
    insured=Address("Favre", "Rue du Lac 3", "1207", "Genève", given_name="Camille"),
    gender="female",
    birth=date(1988, 4, 12),
    ssn=SSN,
    decision="",
    iban=IBAN,
    lines=[],
    canton="GE",
)


@transaction.atomic
def _mandates(slug: str, count: int) -> list[str]:
    """The decision numbers of so many mandates under one measure of some case."""
    Invoice.objects.all().delete()
    office = Institution.objects.create(slug=slug, name="Office AI", short_name="OAI", kind=Kind.AI_OFFICE)
    house = Institution.objects.create(
        slug=f"{slug}-atelier", name="Atelier", short_name="Atelier", kind=Kind.PROVIDER
    )
    OfficeCode.objects.filter(code=OFFICE_CODE).delete()
    OfficeCode.objects.create(institution=office, code=OFFICE_CODE)
    Provider.objects.filter(gln=GLN).update(gln="")
    provider = Provider.objects.create(
        institution=house, office=office, provider_kind="association", gln=GLN, iban=IBAN
    )
    agreement = Agreement.objects.create(
        number=f"BENCH-{uuid4().hex[:8]}",
        kind="provider",
        title=LABEL,
        owner=office,
        state="in_force",
        starts_on=FIRST,
    )
    for institution, role in ((office, "buyer"), (house, "provider")):
        Party.objects.create(agreement=agreement, institution=institution, role=role)
    TariffPosition.objects.create(
        agreement=agreement, code=CODE, unit="month", label=LABEL, price=PRICE, valid_from=FIRST
    )
    case = Case.objects.select_related("person").order_by("pk")[0]
    shared: dict[str, Any] = {
        "case": case, "owner": office, "audience": "own", "since": FIRST, "title": LABEL, "until": LAST,
    }  # fmt: skip
    measure = IndividualMeasure.objects.create(
        person=case.person, plan_measure=uuid4(), kind="advice", phase="rehabilitation", amount=PRICE * MONTHS,
        planned_until=LAST, **shared,
    )  # fmt: skip
    mandates = Mandate.objects.bulk_create(
        Mandate(
            measure=measure, provider=provider, agreement=agreement, legal_article="LAI 14quater",
            decision_number=f"{OFFICE_CODE}{YEAR}{serial:07d}", family_name="Favre", given_names="Camille",
            avs_number=SSN, birth_date="1988-04-12", state="ended", **shared,
        )
        for serial in range(count)
    )  # fmt: skip
    MandatePosition.objects.bulk_create(
        MandatePosition(mandate=mandate, code=CODE, unit="month", label=LABEL, price=PRICE, quantity=MONTHS)
        for mandate in mandates
    )
    return [mandate.decision_number for mandate in mandates]
