"""A provider's program hands in invoices with a key: who comes in, what is kept, what it is told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from lxml import etree

from accord.foundation.journal.models import Entry
from accord.kernel.actors import WORKER
from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.purchasing.invoices.models import Invoice, ReceptionKey
from accord.purchasing.invoices.services import check_waiting, draw_key, drawn, keep_key, revoke_key, use_key
from accord.purchasing.invoices.services.keys import fingerprint
from purchasing.invoices.billing import desk
from scenarios import Colleague, colleague

pytestmark = pytest.mark.django_db
ADDRESS = "/factures/reception/v1/"


def key_of(who: Colleague, name: str = "Logiciel") -> str:
    signed = draw_key()
    with acting_as(who.actor):
        keep_key(by=who.actor, name=name, signed=signed)
    return drawn(signed)


def hand_in(key: str, data: bytes, query: str = "", **headers: str) -> Any:
    headers = {"Authorization": f"Bearer {key}"} | headers
    return Client().post(ADDRESS + query, data, content_type="application/xml", headers=headers)


class TestHandingIn:
    def test_is_taken_under_a_number_and_told_what_became_of_it(self) -> None:
        office = desk()
        key = key_of(office.chloe)
        answer = hand_in(key, office.written())
        assert answer.status_code == 202
        said = answer.json()
        assert re.fullmatch(r"F-\d{6,}", said["receipt"]) and said["is_new"] and said["state"] == "received"
        invoice = Invoice.objects.get()
        assert (invoice.sender, invoice.office) == (office.chloe.institution, office.anne.institution)
        assert (invoice.receipt_number, invoice.source) == (said["receipt"], "program")
        with acting_as(WORKER):
            check_waiting(office.anne.institution.pk)
        state = Client().get(said["link"], headers={"Authorization": f"Bearer {key}"}).json()
        assert (state["receipt"], state["state"]) == (said["receipt"], "accepted")
        assert etree.fromstring(state["response"].encode()).find(".//{*}accepted") is not None
        desk_page = office.anne.browser().get(reverse("invoices:list"), {"q": said["receipt"].lower()})
        assert "2026-0017" in desk_page.content.decode()

    def test_the_same_bytes_are_the_same_invoice(self) -> None:
        office = desk()
        key, data = key_of(office.chloe), office.written()
        first, second = hand_in(key, data).json(), hand_in(key, data).json()
        assert (first["is_new"], second["is_new"]) == (True, False)
        assert first["receipt"] == second["receipt"]
        assert Invoice.objects.count() == 1

    def test_what_is_wrong_comes_back_at_once_with_what_to_do_and_is_not_kept(self) -> None:
        office = desk()
        wrong = office.written().replace(b'amount="960.00"', b'amount="960.01"')
        answer = hand_in(key_of(office.chloe), wrong, **{"Accept-Language": "de"})
        assert answer.status_code == 422
        found = next(one for one in answer.json()["findings"] if one["code"] == "line.amount")
        assert found["line"] > 1 and found["record_id"] == 2 and found["what_to_do"]
        assert answer.headers["Content-Language"] == "de"
        assert not Invoice.objects.exists()
        kept = Entry.objects.get(verb="invoice_turned_away")
        assert kept.institution_id == office.chloe.institution.pk and "line.amount" in kept.data["findings"]

    @pytest.mark.parametrize("data", [b" ", b"\xff", b"<a/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
    def test_what_is_no_invoice_is_refused(self, data: bytes) -> None:
        answer = hand_in(key_of(desk().chloe), data)
        assert answer.status_code == 422 and answer.json()["findings"]

    def test_a_file_of_sixty_megabytes_is_refused_unread(self) -> None:
        answer = hand_in(key_of(desk().chloe), b" ", **{"Content-Length": str(60 * 1024 * 1024)})
        assert answer.status_code == 413
        assert answer.json()["findings"][0]["code"] == "file.too_large"

    def test_more_than_was_announced_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        office = desk()
        monkeypatch.setattr("accord.purchasing.invoices.rules.reading.MOST_BYTES", 100)
        assert hand_in(key_of(office.chloe), office.written()).status_code == 413

    def test_a_form_is_no_message(self) -> None:
        key = key_of(desk().chloe)
        answer = Client().post(ADDRESS, {"a": "b"}, headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 415

    def test_an_office_may_be_named(self) -> None:
        office = desk()
        key, other = key_of(office.chloe), colleague()
        assert hand_in(key, office.written(), "?office=nowhere").status_code == 422
        assert hand_in(key, office.written(), f"?office={other.institution.slug}").status_code == 202
        assert Invoice.objects.get().office == other.institution

    def test_bytes_that_another_sent_are_not_shown(self) -> None:
        office = desk()
        office.taken(office.written())
        stranger = colleague(kind="provider")
        answer = hand_in(key_of(stranger), office.written(), f"?office={office.anne.institution.slug}")
        assert answer.status_code == 409 and "receipt" not in answer.json()

    def test_another_providers_invoice_does_not_exist(self) -> None:
        office = desk()
        link = hand_in(key_of(office.chloe), office.written()).json()["link"]
        stranger = key_of(colleague(kind="provider"))
        assert Client().get(link, headers={"Authorization": f"Bearer {stranger}"}).status_code == 404


class TestComingIn:
    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer accord-x", "Bearer é"])
    def test_nobody_comes_in_without_a_key_that_holds(self, header: str) -> None:
        office = desk()
        answer = Client().post(
            ADDRESS, office.written(), content_type="application/xml", headers={"Authorization": header}
        )
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert not Invoice.objects.exists()

    def test_a_session_is_no_key(self) -> None:
        office = desk()
        answer = office.chloe.browser().post(ADDRESS, office.written(), content_type="application/xml")
        assert answer.status_code == 401

    def test_a_revoked_key_opens_nothing_from_that_moment_on(self) -> None:
        office = desk()
        key = key_of(office.chloe)
        with acting_as(office.chloe.actor):
            for _twice in range(2):
                revoke_key(by=office.chloe.actor, key_id=ReceptionKey.objects.get().pk)
        assert hand_in(key, office.written()).status_code == 401
        assert Entry.objects.filter(verb="key_revoked").count() == 1

    def test_an_institution_that_left_has_no_key_either(self) -> None:
        office = desk()
        key = key_of(office.chloe)
        office.chloe.institution.is_active = False
        office.chloe.institution.save()
        assert hand_in(key, office.written()).status_code == 401

    def test_too_many_in_a_minute_wait(self, settings: Any) -> None:
        settings.ACCORD_RECEPTION_PER_MINUTE = 2
        office = desk()
        key, start = key_of(office.chloe), now()
        with frozen_at(start):
            assert [hand_in(key, b" ").status_code for _ in range(3)] == [422, 422, 429]
        with frozen_at(start + timedelta(seconds=20)):
            answer = hand_in(key, b" ")
            assert (answer.status_code, answer.headers["Retry-After"]) == (429, "40")
            assert hand_in(key_of(office.chloe, "Autre"), b" ").status_code == 422, "each key by itself"
        with frozen_at(start + timedelta(seconds=61)):
            assert hand_in(key, b" ").status_code == 422


class TestKeys:
    def test_a_key_is_shown_once_and_only_its_fingerprint_is_kept(self) -> None:
        office = desk()
        chloe = office.chloe.browser()
        page = chloe.get(reverse("invoices:new_key")).content.decode()
        signed = re.search(r'name="signed" value="([^"]+)"', page)
        assert signed
        key = drawn(signed[1])
        assert key in page
        form = {"submission": str(uuid4()), "name": "Comptabilité", "signed": signed[1]}
        for _double_click in range(2):
            assert chloe.post(reverse("invoices:new_key"), form).headers["Location"] == reverse(
                "invoices:keys"
            )
        kept = ReceptionKey.objects.get()
        assert (kept.sha256, kept.ending) == (fingerprint(key), key[-4:])
        listed = chloe.get(reverse("invoices:keys")).content.decode()
        assert "Comptabilité" in listed and key not in listed and kept.sha256 not in listed
        chloe.post(reverse("invoices:key_revocation", args=[kept.pk]), {"submission": str(uuid4())})
        assert use_key(key) is None

    def test_a_key_that_was_not_drawn_here_is_not_kept(self) -> None:
        office = desk()
        answer = office.chloe.browser().post(
            reverse("invoices:new_key"), {"name": "Faible", "signed": "accord-1234"}
        )
        assert answer.status_code == 422
        assert "accord-1234" not in answer.content.decode(), "another one is drawn"
        assert not ReceptionKey.objects.exists()

    def test_two_keys_that_hold_have_two_names(self) -> None:
        office = desk()
        key_of(office.chloe)
        with pytest.raises(Refused, match="déjà ce nom"):
            key_of(office.chloe)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReceptionKey.objects.create(institution=office.chloe.institution, name="Logiciel", sha256="x")

    def test_another_providers_keys_do_not_exist(self) -> None:
        office = desk()
        key_of(office.chloe)
        stranger = colleague(kind="provider").browser()
        assert "Logiciel" not in stranger.get(reverse("invoices:keys")).content.decode()
        revocation = reverse("invoices:key_revocation", args=[ReceptionKey.objects.get().pk])
        assert stranger.post(revocation).status_code == 404
        assert office.anne.browser().get(reverse("invoices:keys")).status_code == 403
