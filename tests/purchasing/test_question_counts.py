"""The lists of the purchasing rooms ask as many questions with fifty rows as with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import NOT_PROVIDED, Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.kernel.clock import now, today
from accord.kernel.identifiers import new_id
from accord.network.agreements.models import Party
from accord.network.institutions.enums import Kind
from accord.purchasing.invoices.models import PaymentOrder
from accord.purchasing.measures.models import Delivery, IndividualMeasure, Mandate, Report
from accord.purchasing.providers.models import Finding, Offer, OfferExchange, Visit
from furnishing.providers import provider_of
from network.agreements.situations import in_force, table
from purchasing.invoices import billing
from purchasing.measures import ordering
from purchasing.providers import situations
from scenarios import institution

pytestmark = pytest.mark.django_db
MANY = 49


def copies(row: Model, count: int, *names: str, **changes: Any) -> list[Any]:
    """The same row again and again under other keys; `names` differ from row to row."""
    kind = type(row)
    held = {
        field.attname: getattr(row, field.attname)
        for field in kind._meta.concrete_fields
        if field.db_default is NOT_PROVIDED
    }
    rows = [
        kind(**held | {"id": new_id()} | {name: uuid4().hex[:14] for name in names} | changes)
        for _ in range(count)
    ]
    return list(kind._default_manager.bulk_create(rows))


def read(client: Client, address: str) -> tuple[int, int]:
    """How many questions a page asks, and how long it is."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert page.status_code == 200, address
    return len(queries), len(page.content)


def same_with_many(pages: Sequence[tuple[Client, str]], multiply: Callable[[], object]) -> None:
    """Each page shows more, and asks no more."""
    few = {address: read(client, address) for client, address in pages}
    multiply()
    many = {address: read(client, address) for client, address in pages}
    for address, (questions, length) in few.items():
        assert many[address][1] > length, f"{address} shows nothing more"
        assert many[address][0] == questions, address


def more_mandates(mandate: Mandate, count: int) -> list[Mandate]:
    """Each of a measure of its own."""
    measures = copies(mandate.measure, count)
    made = []
    for serial, measure in enumerate(measures, 1):
        number = f"{mandate.decision_number[:7]}{9_000_000 + serial}"
        made += copies(mandate, 1, measure_id=measure.pk, decision_number=number)
    return made


@pytest.mark.parametrize("state", ["given", "running", "ended"])
def test_mandates_of_a_provider_and_measures_of_an_office(state):
    office = ordering.around()
    mandate = ordering.ordered(office)
    Report.objects.update(due_on=today() - timedelta(days=1))

    def settle() -> None:
        Mandate.objects.update(state=state)
        IndividualMeasure.objects.update(state="validated" if state == "given" else state)

    def multiply() -> None:
        report = mandate.reports.first()
        for other in more_mandates(mandate, MANY):
            copies(report, 1, mandate_id=other.pk)
        settle()

    settle()
    shelf = {"given": "nouveaux", "running": "en-cours", "ended": "termines"}[state]
    space, measures = reverse("measures:space"), reverse("measures:list")
    chloe, bruno = office.chloe.browser(), office.bruno.browser()
    pages = [
        (chloe, f"{space}?liste={shelf}"),
        (chloe, f"{space}?liste=a-rapporter"),
        (bruno, f"{measures}?liste={'terminees' if state == 'ended' else 'en-cours'}"),
        (bruno, f"/dossiers/{office.case.pk}/?panneau=mesures"),
    ]
    same_with_many(pages, multiply)


def test_measures_to_validate():
    office = ordering.around()
    measure = ordering.proposed(office)
    page = (office.bruno.browser(), reverse("measures:list"))
    same_with_many([page], lambda: copies(measure, MANY))


def test_what_providers_sent_in():
    office = ordering.around()
    mandate = ordering.ordered(office)
    sent = Delivery.objects.create(
        number="Q-0", channel="documents", institution=office.chloe.institution, office=mandate.owner,
        mandate=mandate, title="x",
    )  # fmt: skip

    def multiply() -> None:
        for other in more_mandates(mandate, MANY):
            copies(sent, 1, "number", mandate_id=other.pk)

    page = reverse("measures:deliveries")
    same_with_many([(office.chloe.browser(), page), (office.bruno.browser(), page)], multiply)


def test_providers_found_by_the_counsellor():
    office = ordering.around()
    page = (office.bruno.browser(), reverse("measures:search"))
    same_with_many([page], lambda: [ordering.admitted(office.anne.institution) for _ in range(9)])


@pytest.mark.parametrize("state", ["received", "pending", "accepted", "rejected"])
def test_invoices_of_an_office_and_of_a_provider(state):
    desk = billing.desk()
    invoice = desk.checked()
    invoice.state = state
    invoice.save()

    def multiply() -> None:
        mandates = more_mandates(desk.mandate, MANY)
        for mandate in mandates:
            copies(invoice, 1, "sha256", "number", mandate_id=mandate.pk)

    shelf = "?etat=refusees" if state == "rejected" else ""
    pages = [
        (desk.anne.browser(), reverse("invoices:list") + shelf),
        (desk.chloe.browser(), reverse("invoices:sent") + shelf),
    ]
    same_with_many(pages, multiply)


def test_payments():
    desk = billing.desk()
    invoice = desk.checked()
    invoice.state, invoice.approved_by = "approved", desk.anne.user
    invoice.save()
    order = PaymentOrder.objects.create(
        office=desk.anne.institution, message_id="0", execute_on=today(), count=1, total=1, xml="<x/>",
        created_by=desk.anne.user, exported_at=now(), exported_by=desk.anne.user,
    )  # fmt: skip

    def multiply() -> None:
        copies(invoice, MANY, "sha256", "number")
        copies(order, MANY, "message_id")

    same_with_many(
        [(desk.anne.browser(), reverse(f"invoices:{name}")) for name in ("payments", "totals")], multiply
    )


def test_conventions():
    at = table()
    agreement = in_force(at, ends_on=today() + timedelta(days=20))

    def multiply() -> None:
        for other in copies(agreement, MANY, "number"):
            house = institution(Kind.PROVIDER)
            Party.objects.create(agreement=other, institution=at.drafter.institution, role="buyer")
            Party.objects.create(agreement=other, institution=house, role="provider")

    client = at.drafter.browser()
    pages = [(client, reverse("agreements:list")), (client, reverse("agreements:renewals"))]
    same_with_many(pages, multiply)


def test_offers_and_providers():
    at = situations.desk()
    offer = situations.submitted(at)
    provider_of(at.office, institution(Kind.PROVIDER))

    def multiply() -> None:
        copies(offer, MANY, "number")
        for _ in range(MANY):
            provider_of(at.office, institution(Kind.PROVIDER))
        Offer.objects.update(state="submitted")

    client = at.first.browser()
    pages = [(client, reverse(f"providers:{name}")) for name in ("offers", "list", "home")]
    same_with_many(pages, multiply)


def test_the_page_of_a_provider_and_of_an_offer():
    at = situations.desk()
    found = provider_of(at.office, institution(Kind.PROVIDER))
    offer = situations.submitted(at)
    visit = Visit.objects.create(
        provider=found, office=at.office, on=today(), summary="x", author=at.first.user
    )
    finding = Finding.objects.create(visit=visit, weight="demand", text="x", due_on=today())
    exchange = OfferExchange.objects.create(offer=offer, question="x", asked_by=at.first.user)

    def multiply() -> None:
        for other in copies(visit, 9):
            copies(finding, 5, visit_id=other.pk)
        copies(exchange, 9)

    client = at.first.browser()
    pages = [
        (client, reverse("providers:show", args=[found.pk])),
        (client, reverse("providers:review", args=[offer.pk])),
    ]
    same_with_many(pages, multiply)
