"""Invoices, for the tests of the whole house."""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

from accord.casework.cases.models import Case
from accord.kernel.clock import today
from accord.network.agreements.models import Agreement
from accord.network.institutions.enums import Kind, Role
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
    ReceptionKey,
    Response,
)
from accord.purchasing.invoices.policies import (
    batches_visible_to,
    invoices,
    invoices_visible_to,
    keeps_desk,
    keys_visible_to,
    of_own_office,
    of_visible_invoice,
    pays,
    reads_invoices,
)
from accord.purchasing.measures.models import IndividualMeasure, Mandate
from accord.purchasing.providers.models import Provider
from scenarios import colleague, institution

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
    ReceptionKey: keys_visible_to,
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
    ReceptionKey.objects.create(institution=house, name=uuid4().hex, sha256=uuid4().hex * 2)
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


def furnish_scene(scene: Any) -> dict[str, object]:
    """An invoice that a provider sent to some office, its batch, its answer, and a payment order."""
    office, house = institution(Kind.AI_OFFICE), institution(Kind.PROVIDER)
    provider = Provider.objects.create(institution=house, office=office, provider_kind="coach")
    batch = Batch.objects.create(office=office, sender=house, source="upload")
    order = PaymentOrder.objects.create(
        office=office, message_id=uuid4().hex, execute_on=today(), count=1, total=1, xml="<x/>"
    )
    invoice = Invoice.objects.create(
        office=office, sender=house, provider=provider, batch=batch, source="upload",
        sha256=uuid4().hex * 2, due_on=today() + timedelta(days=30), number="1",
    )  # fmt: skip
    InvoiceFile.objects.create(invoice=invoice, data=zlib.compress(b"<x/>"), size=4)
    response = Response.objects.create(invoice=invoice, outcome="accepted")
    key = ReceptionKey.objects.create(institution=house, name="Programme", sha256=uuid4().hex * 2)
    return {
        "key_id": key.pk, "invoice_id": invoice.pk, "batch_id": batch.pk, "order_id": order.pk,
        "response_id": response.pk,
    }  # fmt: skip


def _office(*roles: str) -> Any:
    return lambda scene: colleague(_invoice(scene).office, *roles).browser()


def _house(scene: Any) -> Any:
    return colleague(_invoice(scene).sender, Role.SECRETARY).browser()


def _invoice(scene: Any) -> Invoice:
    return Invoice.objects.select_related("office", "sender").get(pk=scene.arguments["invoice_id"])


CLIENTS = {
    keeps_desk: _office(Role.CASEWORKER),
    pays: _office(Role.MANAGER),
    reads_invoices: _office(Role.CASEWORKER),
    invoices: _house,
}
STATE_REFUSES = {
    "invoices:form": 404, "invoices:printed": 404, "invoices:response": 404,
    "invoices:reception_state": 401, "invoices:question": 403, "invoices:refusal": 403,
}  # fmt: skip
"""The scene's mandate is another provider's, and what was not understood is not printed."""
NOT_A_PAGE = {
    "invoices:reception_state", "invoices:file", "invoices:printed", "invoices:response",
    "invoices:totals_csv", "invoices:totals_excel",
}  # fmt: skip
DESK, PROVIDER = "achats08@accord.example", "achats03@accord.example"
AT_THE_DESK = (
    "list", "batch", "show", "question", "refusal", "totals", "upload", "payments", "terms", "statement",
)  # fmt: skip
BY = {
    **{f"invoices:{name}": DESK for name in AT_THE_DESK},
    **{f"invoices:{name}": PROVIDER for name in ("sent", "form", "keys", "new_key")},
}
PICTURES = {
    "invoice-desk": ("/factures/", DESK),
    "invoice": ("/factures/{invoice_id}/", DESK),
    "invoice-refused": ("/factures/{refused_id}/", PROVIDER),
    "payments": ("/factures/paiements/", DESK),
}
IN_STATE = (
    "select n.id from invoices_invoice n join institutions_institution i on i.id = n.office_id"
    " where i.slug = 'oai-ge' and n.state = %s and n.kind = 'normal' order by n.due_on desc limit 1"
)

BATCH = (
    "select b.id from invoices_batch b join institutions_institution i on i.id = b.office_id"
    " where i.slug = 'oai-ge' and b.source = 'folder' limit 1"
)


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """An invoice that waits to be clarified in Geneva, one that was refused, a batch, and a mandate to bill."""
    from furnishing.measures import GIVEN

    return {
        "invoice_id": site.value(IN_STATE, "pending"),
        "refused_id": site.value(IN_STATE, "rejected"),
        "batch_id": site.value(BATCH),
        "mandate_id": site.value(GIVEN),
    }
