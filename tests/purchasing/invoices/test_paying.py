"""Approved by two, ordered once, given out once, booked once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from lxml import etree

from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.purchasing.invoices.enums import InvoiceState
from accord.purchasing.invoices.models import Booking, Invoice, PaymentOrder, PaymentTerms
from accord.purchasing.invoices.rules.paying import PAIN, read_statement
from accord.purchasing.invoices.services import (
    approve_invoice,
    ask_provider,
    export_order,
    mark_paid,
    order_payments,
    reject_invoice,
    set_terms,
)
from purchasing.invoices.billing import IBAN, Desk, desk
from scenarios import Colleague

pytestmark = pytest.mark.django_db
NS = {"p": PAIN}


def act(who: Colleague, verb, **words):
    with acting_as(who.actor):
        return verb(by=who.actor, **words)


def approve(who: Colleague, invoice: Invoice) -> Invoice:
    invoice.refresh_from_db()
    return act(who, approve_invoice, invoice_id=invoice.pk, version=invoice.version)


def ordered(office: Desk) -> tuple[Invoice, PaymentOrder]:
    invoice = office.checked()
    approve(office.anne, invoice)
    order = act(office.bruno, order_payments, execute_on=today())
    invoice.refresh_from_db()
    return invoice, order


def statement(*entries: tuple[str, str, str]) -> bytes:
    rows = "".join(
        "<Ntry><Amt Ccy='CHF'>{1}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-26</Dt>"
        "</BookgDt><AcctSvcrRef>{2}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>{0}</EndToEndId></Refs>"
        "<Amt Ccy='CHF'>{1}</Amt></TxDtls></NtryDtls></Ntry>".format(*entry)
        for entry in entries
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.054.001.08'>"
        f"<BkToCstmrDbtCdtNtfctn><Ntfctn>{rows}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    ).encode()


class TestApproval:
    def test_below_the_amount_one_person_is_enough(self) -> None:
        office = desk()
        assert approve(office.anne, office.checked()).state == InvoiceState.APPROVED

    def test_above_it_a_second_person_approves(self) -> None:
        office = desk()
        PaymentTerms.objects.update(four_eyes_above=Decimal("4126.49"))
        invoice = office.checked()
        assert approve(office.anne, invoice).state == InvoiceState.ACCEPTED
        with pytest.raises(Refused, match="deuxième personne"):
            approve(office.anne, invoice)
        assert approve(office.bruno, invoice).state == InvoiceState.APPROVED

    def test_the_database_refuses_the_same_eyes_twice(self) -> None:
        office = desk()
        invoice = office.checked()
        with pytest.raises(IntegrityError), transaction.atomic():
            Invoice.objects.filter(pk=invoice.pk).update(
                approved_by=office.anne.user, second_by=office.anne.user
            )

    def test_the_exact_amount_needs_one_person(self) -> None:
        office = desk()
        PaymentTerms.objects.update(four_eyes_above=Decimal("4126.50"))
        assert approve(office.anne, office.checked()).state == InvoiceState.APPROVED

    def test_what_changed_meanwhile_is_not_approved(self) -> None:
        office = desk()
        invoice = office.checked()
        with pytest.raises(Stale):
            act(office.anne, approve_invoice, invoice_id=invoice.pk, version=invoice.version - 1)

    def test_a_provider_decides_nothing(self) -> None:
        office = desk()
        invoice = office.checked()
        with pytest.raises((Refused, Invoice.DoesNotExist)):
            act(office.chloe, approve_invoice, invoice_id=invoice.pk, version=invoice.version)


class TestAskingAndRefusing:
    def test_a_question_is_answered_in_the_same_xml(self) -> None:
        office = desk()
        invoice = office.checked()
        act(office.anne, ask_provider, invoice_id=invoice.pk, version=invoice.version, question="Quel jour ?")
        invoice.refresh_from_db()
        response = invoice.responses.first()
        assert response is not None
        assert (invoice.state, response.outcome) == (InvoiceState.PENDING, "pending")
        assert "Quel jour ?" in response.xml and "office.asks" in response.xml
        assert approve(office.anne, invoice).state == InvoiceState.APPROVED

    def test_a_refusal_needs_its_reason_and_frees_the_month(self) -> None:
        office = desk()
        invoice = office.checked()
        with pytest.raises(Refused):
            act(office.anne, reject_invoice, invoice_id=invoice.pk, version=invoice.version, reason=" ")
        act(office.anne, reject_invoice, invoice_id=invoice.pk, version=invoice.version, reason="Déjà payé.")
        said = invoice.responses.get(outcome="rejected")
        assert "Déjà payé." in said.xml and "office.refused" in said.xml
        assert office.checked(request_id="2026-0018").state == InvoiceState.ACCEPTED


class TestOrders:
    def test_the_file_is_a_swiss_payment_order(self) -> None:
        office = desk()
        invoice, order = ordered(office)
        root = etree.fromstring(order.xml.encode())
        assert root.tag == f"{{{PAIN}}}Document"
        assert root.findtext(".//p:GrpHdr/p:MsgId", namespaces=NS) == order.message_id
        assert root.findtext(".//p:GrpHdr/p:CtrlSum", namespaces=NS) == "4126.50"
        assert root.findtext(".//p:CdtrAcct/p:Id/p:IBAN", namespaces=NS) == IBAN
        assert root.findtext(".//p:EndToEndId", namespaces=NS) == invoice.pk.hex
        assert root.findtext(".//p:PmtInf/p:DbtrAcct/p:Id/p:IBAN", namespaces=NS) == "CH5604835012345678009"
        assert len(order.message_id) <= 35 and invoice.state == InvoiceState.ORDERED

    def test_an_invoice_is_in_one_order_only(self) -> None:
        office = desk()
        ordered(office)
        with pytest.raises(Refused, match="Aucune facture approuvée"):
            act(office.bruno, order_payments, execute_on=today())

    def test_the_file_is_given_out_once(self) -> None:
        office = desk()
        _invoice, order = ordered(office)
        assert act(office.bruno, export_order, order_id=order.pk).exported_by == office.bruno.user
        with pytest.raises(Refused, match="deux fois"):
            act(office.anne, export_order, order_id=order.pk)

    def test_a_past_day_and_a_missing_account_are_refused(self) -> None:
        office = desk()
        approve(office.anne, office.checked())
        with pytest.raises(Refused):
            act(office.bruno, order_payments, execute_on=today() - timedelta(days=1))
        PaymentTerms.objects.update(iban="")
        with pytest.raises(Refused, match="compte"):
            act(office.bruno, order_payments, execute_on=today())

    def test_a_qr_reference_goes_with_its_account(self) -> None:
        office = desk(iban="CH4431999123000889012")
        invoice = office.checked(iban="CH4431999123000889012", reference="210000000003139471430009017")
        approve(office.anne, invoice)
        order = act(office.bruno, order_payments, execute_on=today())
        assert "<Prtry>QRR</Prtry>" in order.xml and "210000000003139471430009017" in order.xml


class TestStatements:
    def test_marks_paid_once_however_often_it_is_read(self) -> None:
        office = desk()
        invoice, _order = ordered(office)
        data = statement((invoice.pk.hex, "4126.50", "BANK1"))
        assert act(office.bruno, mark_paid, statement=data).paid == 1
        assert act(office.bruno, mark_paid, statement=data).known == 1
        invoice.refresh_from_db()
        assert (invoice.state, invoice.paid_on, Booking.objects.count()) == ("paid", date(2026, 11, 26), 1)

    def test_what_is_not_ours_or_of_another_amount_changes_nothing(self) -> None:
        office = desk()
        invoice, _order = ordered(office)
        counted = act(
            office.bruno,
            mark_paid,
            statement=statement(
                (invoice.pk.hex, "4126.51", "A"), ("NOTPROVIDED", "4126.50", "B"), ("0" * 32, "1", "C")
            ),
        )
        invoice.refresh_from_db()
        assert (counted.different, counted.foreign, invoice.state) == (1, 2, InvoiceState.ORDERED)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"<a/>",
            b"<!DOCTYPE x SYSTEM 'x'><a/>",
            b"\xff",
            statement().replace(b"camt.054", b"camt.053"),
        ],
    )
    def test_what_is_no_statement_is_refused_in_a_sentence(self, data: bytes) -> None:
        office = desk()
        with pytest.raises(Refused) as refused:
            act(office.bruno, mark_paid, statement=data)
        assert refused.value.field == "statement" and len(refused.value.sentence) > 10

    def test_credits_and_odd_numbers_are_left_out(self) -> None:
        assert read_statement(statement(("x", "NaN", "A"))).booked == ()
        assert read_statement(statement(("x", "1", "A")).replace(b"DBIT", b"CRDT")).booked == ()


class TestTerms:
    def test_an_account_is_checked(self) -> None:
        office = desk()
        words = {
            "gln": "",
            "postal_code": "1201",
            "city": "Genève",
            "four_eyes_above": Decimal(1000),
            "days": 20,
        }
        with pytest.raises(Refused):
            act(office.anne, set_terms, iban="CH9300762011623852958", **words)
        with pytest.raises(Refused):
            act(office.anne, set_terms, iban="CH4431999123000889012", **words)
        assert act(office.anne, set_terms, iban="CH93 0076 2011 6238 5295 7", **words).days == 20
        assert office.checked().due_on == today() + timedelta(days=20)
