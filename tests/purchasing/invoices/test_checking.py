"""From reception to the answer: substance, the month, cancellations, copies, crashes, and many at once."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from lxml import etree

from accord.kernel.actors import WORKER
from accord.kernel.clock import SWISS_TIME, today
from accord.kernel.database import acting_as
from accord.purchasing.invoices.enums import InvoiceState, Source
from accord.purchasing.invoices.models import Batch, BilledMonth, Invoice, Response
from accord.purchasing.invoices.rules.invoice import Subtype
from accord.purchasing.invoices.rules.schemas import schema_of
from accord.purchasing.invoices.services import (
    UnknownOffice,
    check_one,
    check_waiting,
    checking,
    take_file,
    take_folder,
)
from accord.purchasing.invoices.states import INVOICE
from accord.purchasing.providers.models import Provider
from purchasing.invoices.billing import DAYS, DECISION, GLN, MONTH, Desk, desk
from purchasing.invoices.official import FOLDER, IS_HERE
from scenarios import colleague

pytestmark = pytest.mark.django_db
AUGUST = dataclasses.replace(MONTH, quantity=Decimal(1), begin=date(2026, 8, 1), end=date(2026, 8, 31))
SEPTEMBER_INVOICE = {"request_id": "2026-0020", "requested": datetime(2026, 9, 2, tzinfo=SWISS_TIME)}


class TestAnInvoiceInOrder:
    @pytest.mark.parametrize("version", ["4.5", "5.0"])
    def test_is_accepted_and_answered_in_its_version(self, version: str) -> None:
        office = desk()
        invoice = office.checked(version=version)
        assert office.codes(invoice) == set()
        assert (invoice.state, invoice.amount, invoice.mandate) == (
            InvoiceState.ACCEPTED,
            Decimal("4126.50"),
            office.mandate,
        )
        response = invoice.responses.get()
        assert response.outcome == "accepted" and "accepted" in response.xml
        if IS_HERE:
            schema = schema_of(FOLDER, "response", version)
            assert schema is not None
            schema.assertValid(etree.fromstring(response.xml.encode()))

    def test_has_thirty_days_and_takes_its_month(self) -> None:
        invoice = desk().checked()
        assert invoice.due_on == today() + timedelta(days=30)
        assert list(invoice.months.values_list("month", flat=True)) == [date(2026, 7, 1)]
        assert invoice.lines.count() == 2

    def test_is_here_once_however_often_it_is_sent(self) -> None:
        office = desk()
        data = office.written()
        first, again = office.checked(data), office.taken(data)
        assert first == again and Invoice.objects.count() == Response.objects.count() == 1

    def test_checking_twice_answers_once(self) -> None:
        invoice = desk().checked()
        with acting_as(WORKER):
            check_one(invoice.pk)
        assert invoice.responses.count() == 1


def other(**changes: Any) -> dict[str, Any]:
    return changes


REFUSED = {
    "a decision of another office": (other(decision="32220261000896"), "mandate.other_office"),
    "no such decision": (other(decision="32520261000897"), "mandate.unknown"),
    "another person": (other(ssn="7561234567897"), "mandate.other_person"),
    "a price that was not agreed": (
        other(lines=[dataclasses.replace(DAYS, price=Decimal(170))]),
        "position.price",
    ),
    "an unknown position": (other(lines=[dataclasses.replace(DAYS, code="905.999.4")]), "position.unknown"),
    "days without presence": (
        other(lines=[dataclasses.replace(DAYS, quantity=Decimal(9))]),
        "quantity.attendance",
    ),
    "before the mandate": (
        other(lines=[dataclasses.replace(MONTH, begin=date(2026, 2, 1), end=date(2026, 2, 19))]),
        "mandate.period",
    ),
    "a provider nobody admitted": ({"gln": "7601000000125"}, "provider.unknown"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_was_not_ordered_is_refused_at_its_line(why: str) -> None:
    changes, code = dict(REFUSED[why][0]), REFUSED[why][1]
    office = desk(gln=changes.pop("gln", GLN))
    invoice = office.checked(**changes)
    assert invoice.state == InvoiceState.REJECTED
    assert code in office.codes(invoice)
    assert invoice.findings.filter(code=code, line__gt=0).exists()
    assert invoice.responses.get().outcome == "rejected"
    assert not BilledMonth.objects.exists()


def test_a_convention_that_expired_pays_nothing_after_its_last_day() -> None:
    office = desk()
    office.agreement.ends_on = date(2026, 6, 30)
    office.agreement.state = "expired"
    office.agreement.save()
    invoice = office.checked()
    assert (invoice.state, "agreement.expired" in office.codes(invoice)) == (InvoiceState.REJECTED, True)


def test_a_cancelled_mandate_and_another_providers_mandate() -> None:
    office = desk()
    office.mandate.state = "cancelled"
    office.mandate.save()
    assert "mandate.stopped" in office.codes(office.checked())
    office.mandate.state = "running"
    office.mandate.save()
    other = Provider.objects.create(
        institution=colleague(kind="provider").institution, office=office.anne.institution, provider_kind="coach",
        gln="7601000000132",
    )  # fmt: skip
    office.mandate.provider = other
    office.mandate.save()
    assert "mandate.other_provider" in office.codes(office.checked(request_id="2026-0018"))


def test_a_position_of_the_convention_that_the_mandate_does_not_grant() -> None:
    office = desk()
    office.mandate.positions.filter(code=DAYS.code).delete()
    invoice = office.checked()
    assert (invoice.state, office.codes(invoice)) == (InvoiceState.REJECTED, {"position.not_granted"})


def test_the_ceiling_counts_what_was_billed_before() -> None:
    office = desk()
    office.mandate.positions.filter(code="905.500.2").update(quantity=Decimal("1.5"))
    assert office.checked().state == InvoiceState.ACCEPTED
    second = office.checked(lines=[AUGUST], **SEPTEMBER_INVOICE)
    assert "quantity.ceiling" in office.codes(second)


@pytest.mark.parametrize(
    ("what", "code"), [("no presence noted", "quantity.unseen"), ("another account", "provider.account")]
)
def test_what_a_person_must_look_at_is_pending(what: str, code: str) -> None:
    office = desk(**({"iban": "CH5604835012345678009"} if what == "another account" else {}))
    if what == "no presence noted":
        office.mandate.attendance.all().delete()
    invoice = office.checked()
    assert (invoice.state, invoice.responses.get().outcome) == (InvoiceState.PENDING, "pending")
    assert office.codes(invoice) == {code}


class TestOneInvoiceADecisionAndMonth:
    def test_the_second_of_a_month_is_refused(self) -> None:
        office = desk()
        office.checked()
        second = office.checked(request_id="2026-0018")
        assert (second.state, "month.taken" in office.codes(second)) == (InvoiceState.REJECTED, True)

    def test_another_month_is_accepted(self) -> None:
        office = desk()
        office.checked()
        assert office.checked(lines=[AUGUST], **SEPTEMBER_INVOICE).state == InvoiceState.ACCEPTED

    def test_the_database_keeps_it_too(self) -> None:
        office = desk()
        first = office.checked()
        with pytest.raises(IntegrityError), transaction.atomic():
            BilledMonth.objects.create(invoice=first, mandate=office.mandate, month=date(2026, 7, 1))

    def test_the_same_number_with_other_bytes_is_a_duplicate(self) -> None:
        office = desk()
        office.checked()
        again = office.checked(remark="encore")
        assert (again.state, office.codes(again)) == (InvoiceState.REJECTED, {"invoice.duplicate"})


class TestCancellationsAndCopies:
    def test_a_storno_cancels_and_frees_the_month_for_a_correction(self) -> None:
        office = desk()
        original = office.checked()
        storno = office.checked(subtype=Subtype.STORNO)
        original.refresh_from_db()
        assert (storno.state, original.state) == (InvoiceState.NOTED, InvoiceState.CANCELLED)
        assert storno.findings.filter(code="storno.done").exists()
        assert office.checked(request_id="2026-0018").state == InvoiceState.ACCEPTED

    @pytest.mark.parametrize("state", ["ordered", "paid"])
    def test_a_storno_of_what_is_paid_waits_for_a_person(self, state: str) -> None:
        office = desk()
        original = office.checked()
        paid(office, original, state)
        storno = office.checked(subtype=Subtype.STORNO)
        original.refresh_from_db()
        assert (storno.state, storno.cancels, original.state) == (InvoiceState.PENDING, original, state)
        assert office.codes(storno) == {"storno.paid"}

    def test_a_storno_of_nothing_is_refused_and_a_copy_pays_nothing(self) -> None:
        office = desk()
        assert office.codes(office.checked(subtype=Subtype.STORNO)) == {"storno.unknown"}
        office.checked()
        copy = office.checked(subtype=Subtype.COPY)
        assert copy.state == InvoiceState.NOTED and copy.findings.filter(code="invoice.copy").exists()
        assert Invoice.objects.filter(state=InvoiceState.ACCEPTED).count() == 1

    def test_a_test_message_is_answered_and_pays_nothing(self) -> None:
        invoice = desk().checked(is_test=True)
        assert (invoice.state, invoice.months.count()) == (InvoiceState.NOTED, 0)


def paid(office: Desk, invoice: Invoice, state: str) -> None:
    """As if it had gone to the bank."""
    from accord.purchasing.invoices.models import PaymentOrder

    order = PaymentOrder.objects.create(
        office=office.anne.institution, message_id="X", execute_on=today(), count=1, total=1, xml="<x/>"
    )
    Invoice.objects.filter(pk=invoice.pk).update(
        state=state, order=order, approved_by=office.anne.user, paid_on=today()
    )


class TestWhenSomethingBreaks:
    def test_a_crash_between_acceptance_and_answer_leaves_neither(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        office = desk()
        invoice = office.taken(office.written())
        monkeypatch.setattr(checking, "answer_invoice", killed)
        with pytest.raises(Killed), acting_as(WORKER), transaction.atomic():
            check_waiting(office.anne.institution.pk)
        invoice.refresh_from_db()
        assert (invoice.state, invoice.responses.count(), invoice.months.count()) == ("received", 0, 0)
        monkeypatch.undo()
        with acting_as(WORKER):
            check_waiting(office.anne.institution.pk)
        invoice.refresh_from_db()
        assert (invoice.state, invoice.responses.count()) == ("accepted", 1)

    def test_one_that_fails_waits_for_a_person_and_stops_nobody(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        office = desk()
        bad = office.taken(b"<not xml")
        good = office.taken(office.written())
        odd = office.taken(office.written(request_id="2026-0019"))
        judge = checking._judge

        def fail(invoice: Invoice, message: Any) -> Any:
            if message.request_id == "2026-0019":
                raise RuntimeError
            return judge(invoice, message)

        monkeypatch.setattr(checking, "_judge", fail)
        with acting_as(WORKER):
            check_waiting(office.anne.institution.pk)
        states = {one.pk: one.state for one in Invoice.objects.all()}
        assert (states[bad.pk], states[good.pk], states[odd.pk]) == ("rejected", "accepted", "pending")
        assert office.codes(odd) == {"check.failed"}


class Killed(BaseException):
    """The worker is gone."""


def killed(**_: Any) -> None:
    raise Killed


class TestManyAtOnce:
    def folder(self, tmp_path: Path, office: Desk, count: int) -> Path:
        plain = office.written(lines=[AUGUST], **SEPTEMBER_INVOICE)
        for number in range(count):
            (tmp_path / f"{number:04}.xml").write_bytes(
                plain.replace(b"2026-0020", b"2026-%04d" % (number + 100))
            )
        (tmp_path / "bad.xml").write_bytes(b"\xff\xfe\x00")
        return tmp_path

    def test_a_killed_worker_goes_on_and_each_is_checked_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        office = desk()
        slug, key = office.anne.institution.slug, office.anne.institution.pk
        folder = self.folder(tmp_path, office, 230)
        taken = take_folder(folder, office=slug)
        assert (taken.new, taken.known, taken.refused) == (231, 0, 0)
        assert take_folder(folder, office=slug).known == 231
        assert len(list(folder.iterdir())) == 231
        answer, answered = checking.answer_invoice, 0

        def dies_once(**words: Any) -> Any:
            nonlocal answered
            answered += 1
            if answered == 70:
                raise Killed
            return answer(**words)

        monkeypatch.setattr(checking, "answer_invoice", dies_once)
        rounds = 0
        while Invoice.objects.filter(state="received").exists():
            rounds += 1
            assert rounds < 20
            try:
                with acting_as(WORKER), transaction.atomic():
                    check_waiting(key)
            except Killed:
                continue
        assert Invoice.objects.count() == Response.objects.count() == 231
        assert Invoice.objects.filter(state="accepted").count() == 1
        assert Batch.objects.filter(source=Source.FOLDER).count() == 2

    def test_an_unknown_office_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(UnknownOffice):
            take_folder(tmp_path, office="nowhere")


def test_bytes_that_another_sent_are_not_shown() -> None:
    """A second sender learns that the file is here, and sees nothing of it."""
    office = desk()
    data = office.written()
    office.taken(data)
    stranger = colleague(kind="provider")
    with acting_as(stranger.actor):
        _invoice, is_new = take_file(
            by=stranger.actor, data=data, office=office.anne.institution, source=Source.UPLOAD
        )
    assert not is_new and Invoice.objects.count() == 1


@pytest.mark.parametrize("state", ["paid", "rejected", "cancelled", "noted"])
def test_what_is_over_stays_over(state: str) -> None:
    assert INVOICE.allowed[state] == ()


def test_what_was_ordered_can_only_be_paid() -> None:
    assert INVOICE.allowed["ordered"] == ("paid",)
    assert DECISION.startswith("325")
