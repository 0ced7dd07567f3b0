"""Invoices, for the tests of the whole house."""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

from accord.casework.cases.models import Case
from accord.kernel.clock import today
from accord.network.agreements.models import Agreement
from accord.network.institutions.models import Institution
from accord.purchasing.invoices.models import (
    Batch,
    BilledMonth,
    Booking,
    Invoice,
    InvoiceFile,
    InvoiceFinding,
    InvoiceLine,
    PaymentOrder,
    Response,
)
from accord.purchasing.invoices.policies import (
    batches_visible_to,
    invoices_visible_to,
    of_own_office,
    of_visible_invoice,
)
from accord.purchasing.measures.models import IndividualMeasure, Mandate
from accord.purchasing.providers.models import Provider

WALLS = {
    Batch: batches_visible_to,
    Invoice: invoices_visible_to,
    InvoiceFile: of_visible_invoice,
    InvoiceLine: of_visible_invoice,
    InvoiceFinding: of_visible_invoice,
    BilledMonth: of_visible_invoice,
    Response: of_visible_invoice,
    PaymentOrder: of_own_office,
    Booking: of_own_office,
}


def furnish_world(world: Any, case: Case) -> None:
    """An invoice of some provider to some office, with all that hangs on it."""
    office, house, sender = world.anyone(), world.anyone(), world.dice.choice([None, world.anyone()])
    provider, _new = Provider.objects.get_or_create(
        institution=house, defaults={"office": office, "provider_kind": "coach"}
    )
    batch = Batch.objects.create(office=office, sender=sender, source="upload")
    order = PaymentOrder.objects.create(
        office=office, message_id=uuid4().hex, execute_on=today(), count=1, total=1, xml="<x/>"
    )
    invoice = Invoice.objects.create(
        office=office, sender=sender, provider=world.dice.choice([None, provider]), batch=batch, source="upload",
        sha256=uuid4().hex * 2, due_on=today() + timedelta(days=30), number=uuid4().hex, order=order,
    )  # fmt: skip
    InvoiceFile.objects.create(invoice=invoice, data=zlib.compress(b"<x/>"), size=4)
    InvoiceLine.objects.create(
        invoice=invoice,
        record_id=1,
        code="905.500.5",
        label="x",
        quantity=1,
        price=1,
        amount=1,
        begin=today(),
    )
    InvoiceFinding.objects.create(invoice=invoice, code="nif.missing", weight="info")
    Response.objects.create(invoice=invoice, outcome="accepted")
    Booking.objects.create(office=office, invoice=invoice, entry=uuid4().hex, booked_on=today(), amount=1)
    mandate = _mandate(world, case, office, provider)
    BilledMonth.objects.create(invoice=invoice, mandate=mandate, month=today().replace(day=1))


def _mandate(world: Any, case: Case, office: Institution, provider: Provider) -> Mandate:
    """Some order, so that a month can be billed."""
    agreement = Agreement.objects.create(
        number=uuid4().hex, kind="provider", title="x", owner=office, starts_on=today()
    )
    written: dict[str, Any] = {
        "case": case, "owner": office, "audience": "own", "since": today(), "until": today(), "title": "x",
    }  # fmt: skip
    measure = IndividualMeasure.objects.create(
        person=case.person, plan_measure=uuid4(), kind="advice", phase="rehabilitation",
        planned_until=today(), amount=1, **written,
    )  # fmt: skip
    return Mandate.objects.create(
        measure=measure, provider=provider, agreement=agreement, legal_article="x",
        decision_number=f"3252025{world.dice.randrange(10**7):07d}", family_name="x", given_names="x", **written,
    )  # fmt: skip
