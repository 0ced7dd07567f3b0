"""The desk and the provider's own pages, as those meet them who may, and those who may not."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accord.foundation.journal.models import Entry
from accord.kernel.actors import WORKER
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.purchasing.invoices.enums import InvoiceState
from accord.purchasing.invoices.models import Invoice, PaymentOrder, PaymentTerms
from accord.purchasing.invoices.services import check_waiting
from purchasing.invoices.billing import Desk, desk
from scenarios import colleague

pytestmark = pytest.mark.django_db


def at(name: str, *keys: object) -> str:
    return reverse(f"invoices:{name}", args=keys)


def post(client: Client, address: str, **data: object):
    return client.post(address, {"submission": uuid4().hex, **data})


def checked(office: Desk) -> str:
    with acting_as(WORKER):
        check_waiting(office.anne.institution.pk)
    return Invoice.objects.latest("received_at").state


class TestTheDesk:
    def test_lists_what_is_open_and_shows_the_clock(self) -> None:
        office = desk()
        invoice = office.checked()
        page = office.anne.browser().get(at("list"))
        assert page.status_code == 200
        shown = page.content.decode()
        assert "2026-0017" in shown and at("show", invoice.pk) in shown and "<svg" in shown

    def test_asks_as_many_questions_with_fifty_rows_as_with_one(self, django_assert_max_num_queries) -> None:
        office, client = desk(), None
        client = office.anne.browser()
        office.checked()
        client.get(at("list"))
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as one:
            client.get(at("list"))
        for number in range(50):
            office.checked(request_id=f"B{number}", decision="32520261000899")
        Invoice.objects.filter(state="rejected").update(state="pending")
        with CaptureQueriesContext(connection) as many:
            client.get(at("list"))
        assert len(many) == len(one)

    def test_finds_by_number_and_by_decision_with_dots(self) -> None:
        office = desk()
        office.checked()
        client = office.anne.browser()
        assert b"2026-0017" in client.get(at("list"), {"q": "325.2026"}).content
        assert b"2026-0017" not in client.get(at("list"), {"q": "999"}).content

    def test_a_finding_names_line_and_what_to_do(self) -> None:
        office = desk()
        invoice = office.checked(data=office.written().replace(b'amount="3166.50"', b'amount="3166.51"'))
        shown = office.anne.browser().get(at("show", invoice.pk)).content.decode()
        assert "3166.51" in shown and "du fichier" in shown and "Recalculez" in shown

    def test_approves_asks_and_refuses(self) -> None:
        office = desk()
        invoice = office.checked()
        client = office.anne.browser()
        assert post(client, at("refusal", invoice.pk), version=invoice.version, text=" ").status_code == 422
        assert (
            post(client, at("question", invoice.pk), version=invoice.version, text="Quel jour ?").status_code
            == 302
        )
        invoice.refresh_from_db()
        post(client, at("approval", invoice.pk), version=invoice.version)
        invoice.refresh_from_db()
        assert invoice.state == InvoiceState.APPROVED
        post(client, at("approval", invoice.pk), version=1)
        assert Entry.objects.filter(verb="invoice_approved").count() == 1

    def test_pays_once(self) -> None:
        office = desk()
        invoice = office.checked()
        client = office.anne.browser()
        post(client, at("approval", invoice.pk), version=invoice.version)
        post(client, at("payments"), execute_on=today().strftime("%d.%m.%Y"))
        order = PaymentOrder.objects.get()
        assert post(client, at("export", order.pk))["Content-Type"] == "application/xml"
        again = post(client, at("export", order.pk))
        assert again.status_code == 302 and PaymentOrder.objects.count() == 1
        assert (
            post(client, at("statement"), statement=SimpleUploadedFile("x.xml", b"<a/>")).status_code == 422
        )

    def test_totals_as_page_and_files(self) -> None:
        office = desk()
        office.checked()
        client = office.anne.browser()
        for by in ("mesure", "personne", "prestataire", "mois", "rien"):
            shown = (
                client.get(at("totals"), {"par": by}).content.decode().replace("\u202f", "").replace("’", "")
            )
            assert "4126" in shown
            assert ("Conseils et suivi" in shown) == (by == "mesure")
        assert "4126.50" in client.get(at("totals_csv"), {"par": "mois"}).content.decode("utf-8-sig")
        assert client.get(at("totals_excel")).content.startswith(b"PK")

    def test_fixes_the_terms(self) -> None:
        office = desk()
        data = {"gln": "", "postal_code": "1201", "city": "Genève", "four_eyes_above": "1000", "days": "20"}
        client = office.anne.browser()
        assert post(client, at("terms"), iban="CH93", **data).status_code == 422
        assert post(client, at("terms"), iban="CH93 0076 2011 6238 5295 7", **data).status_code == 302
        assert post(client, at("terms"), iban="CH93", **data | {"gln": "7601"}).status_code == 422
        assert PaymentTerms.objects.count() == 1


class TestTheProvider:
    def test_sends_files_and_sees_how_far_they_are(self) -> None:
        office = desk()
        client = office.chloe.browser()
        answer = post(
            client,
            at("upload"),
            office=str(office.anne.institution.pk),
            messages=[
                SimpleUploadedFile("a.xml", office.written()),
                SimpleUploadedFile("b.xml", b"<not"),
            ],
        )
        assert answer.status_code == 302
        assert "0 contrôlées sur 2" in client.get(answer.url).content.decode()
        checked(office)
        assert "2 contrôlées sur 2" in client.get(answer.url).content.decode()
        assert b"2026-0017" in client.get(at("sent")).content

    def test_downloads_file_answer_and_print(self) -> None:
        office = desk()
        invoice = office.checked()
        client = office.chloe.browser()
        assert client.get(at("file", invoice.pk)).content == office.written()
        response = invoice.responses.get()
        assert client.get(at("response", invoice.pk, response.pk)).content.decode() == response.xml
        assert client.get(at("printed", invoice.pk)).content.startswith(b"%PDF")

    def test_types_the_same_invoice_without_a_program(self) -> None:
        office = desk()
        form = at("form", office.mandate.pk)
        client = office.chloe.browser()
        assert client.get(form).status_code == 200
        data = {
            "number": "F-1", "gender": "female", "reference": "", "code_1": "905.300.4", "quantity_1": "6",
            "begin_1": "20.07.2026", "end_1": "31.07.2026",
        }  # fmt: skip
        assert post(client, form, **{**data, "quantity_1": ""}).status_code == 422
        assert post(client, form, **data).status_code == 302
        assert checked(office) == InvoiceState.ACCEPTED
        assert Invoice.objects.get().amount == 960

    def test_a_file_that_is_no_invoice_or_too_large_keeps_the_form(self) -> None:
        office = desk()
        client = office.chloe.browser()
        empty = post(client, at("upload"), office=str(office.anne.institution.pk))
        assert empty.status_code == 422


class TestNobodyElse:
    def test_another_provider_finds_nothing_and_another_institution_has_no_desk(self) -> None:
        office = desk()
        invoice = office.checked()
        stranger = colleague(kind="provider").browser()
        assert stranger.get(at("show", invoice.pk)).status_code == 404
        assert stranger.get(at("file", invoice.pk)).status_code == 404
        assert colleague(kind="social_aid").browser().get(at("list")).status_code == 403
        assert Client().get(at("list")).status_code == 302
        assert office.chloe.browser().get(at("payments")).status_code == 403

    def test_another_office_finds_nothing(self) -> None:
        office = desk()
        invoice = office.checked()
        other = colleague(kind="ai_office").browser()
        assert other.get(at("show", invoice.pk)).status_code == 404
        assert post(other, at("approval", invoice.pk), version=invoice.version).status_code == 404
