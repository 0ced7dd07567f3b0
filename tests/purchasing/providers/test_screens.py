"""The screens of providers: without an account, at contract management's desk, and at a provider's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.kernel.clock import now
from accord.kernel.database import acting_as
from accord.purchasing.providers.models import MagicLink, Offer, Provider, TariffPosition, Visit
from accord.purchasing.providers.selectors import negotiations_of
from accord.purchasing.providers.services import publish_guidance, send_link
from accord.purchasing.providers.services.links import token_of
from network.agreements.situations import in_force, table
from purchasing.providers.situations import (
    COMPLETE,
    asked,
    completed,
    desk,
    last_mail,
    png,
    proposed,
    provider,
    submitted,
)
from scenarios import in_days

pytestmark = pytest.mark.django_db


def page(name: str, *arguments: object) -> str:
    return reverse(f"providers:{name}", args=arguments)


def test_from_the_public_page_to_the_receipt_without_an_account():
    at, visitor = desk("oai-public"), Client()
    with acting_as(at.first.actor):
        publish_guidance(by=at.first.actor, topic="quality", text="Un label reconnu.", base=0)
    assert at.office.name in visitor.get(page("becoming")).content.decode()
    assert "Un label reconnu." in visitor.get(page("expectations", "oai-public")).content.decode()
    visitor.post(page("start", "oai-public"), {"email": "Neuf@Example.org"})
    link = MagicLink.objects.get()
    send_link(link.pk)
    opening = page("opening", "oai-public", token_of(link))
    assert opening in last_mail()
    assert visitor.get(opening).status_code == 200
    link.refresh_from_db()
    assert link.used_at is None
    assert visitor.post(opening).headers["Location"] == page("my_offer")
    visitor.post(page("my_offer"), COMPLETE | {"version": "1", "nif": "41 000"})
    for piece in ("concept", "staff", "insurance"):
        assert visitor.post(page("my_pieces"), {"piece": piece, "file": png()}).status_code == 302
    visitor.post(page("my_sending"))
    offer = Offer.objects.get()
    assert (offer.state, offer.email, offer.nif) == ("submitted", "neuf@example.org", "41000")
    assert offer.number in visitor.get(page("my_offer")).content.decode()


def test_the_answer_is_the_same_whether_a_link_is_mailed_or_not():
    desk("oai-public")
    answers = set()
    for _ in range(5):
        visitor = Client()
        visitor.post(page("start", "oai-public"), {"email": "a@example.org"})
        answers.add(
            visitor.get(page("expectations", "oai-public"))
            .content.decode()
            .count("Si cette adresse est juste")
        )
    assert answers == {1}
    assert MagicLink.objects.count() == 3


def test_without_a_link_nothing_is_open():
    at, visitor = desk(), Client()
    submitted(at)
    assert visitor.get(page("my_offer")).headers["Location"] == page("becoming")
    assert visitor.post(page("my_sending")).headers["Location"] == page("becoming")
    session = visitor.session
    session["providers.offer"] = ["", "", "x"]
    session.save()
    assert visitor.get(page("my_offer")).headers["Location"] == page("becoming")


def test_a_link_that_was_used_leads_to_asking_for_another():
    at, visitor = desk("oai-public"), Client()
    link = asked(at)
    opening = page("opening", "oai-public", token_of(link))
    visitor.post(opening)
    other = Client()
    assert other.post(opening).headers["Location"] == page("start", "oai-public")
    assert other.get(page("my_offer")).status_code == 302


def opened(at, offer: Offer) -> Client:
    visitor = Client()
    session = visitor.session
    session["providers.offer"] = [str(at.office.pk), str(offer.pk), (now() + timedelta(hours=1)).isoformat()]
    session.save()
    return visitor


def test_wrong_numbers_come_back_and_nothing_typed_is_lost():
    at = desk()
    visitor = opened(at, completed(at))
    response = visitor.post(
        page("my_offer"), COMPLETE | {"version": "2", "gln": "123", "iban": "DE1", "name": "Neuf"}
    )
    shown = response.content.decode()
    assert response.status_code == 422
    assert "13 chiffres" in shown
    assert 'value="Neuf"' in shown


def test_another_window_is_told_and_may_save_over():
    at = desk()
    visitor = opened(at, completed(at))
    response = visitor.post(page("my_offer"), COMPLETE | {"version": "1", "name": "Deux"})
    shown = response.content.decode()
    assert response.status_code == 409
    assert 'value="Deux"' in shown
    assert 'name="version" value="2"' in shown


def test_contract_management_examines_and_a_second_person_decides():
    at = desk()
    offer = submitted(at)
    first, second = at.first.browser(), at.second.browser()
    assert offer.number in first.get(page("offers")).content.decode()
    first.post(page("question", offer.pk), {"question": "Combien ?"})
    opened(at, offer).post(page("my_answer"), {"answer": "Six."})
    assert "Six." in first.get(page("review", offer.pk)).content.decode()
    assert first.post(page("proposition", offer.pk), {"verdict": "refuse"}).status_code == 422
    first.post(page("proposition", offer.pk), {"verdict": "accept"})
    first.post(page("decision", offer.pk), {"accord": "oui"})
    assert not Provider.objects.exists()
    second.post(page("decision", offer.pk), {"accord": "oui"})
    found = Provider.objects.get()
    assert second.get(page("show", found.pk)).status_code == 200
    piece = offer.pieces.all()[0]
    assert first.get(page("offer_piece", offer.pk, piece.pk)).status_code == 200


def test_another_office_does_not_know_of_the_offer():
    at, other = desk(), desk()
    offer = proposed(at)
    client = other.first.browser()
    assert client.get(page("review", offer.pk)).status_code == 404
    assert client.post(page("decision", offer.pk), {"accord": "oui"}).status_code == 404


def test_a_provider_sees_its_page_and_not_the_desk():
    at = desk()
    found, who = provider(at)
    client = who.browser()
    home = client.get(page("home")).content.decode()
    assert page("show", found.pk) in home
    assert page("offers") not in home
    assert client.get(page("offers")).status_code == 403
    other, _them = provider(at)
    assert client.get(page("show", other.pk)).status_code == 404


def test_a_visit_with_its_findings():
    at = desk()
    found, _who = provider(at)
    sent = {
        "on": f"{in_days(-1):%d.%m.%Y}", "summary": "Bien", "finding-TOTAL_FORMS": "2", "finding-INITIAL_FORMS": "0",
        "finding-0-weight": "demand", "finding-0-text": "Affichage", "finding-1-weight": "remark",
    }  # fmt: skip
    client = at.first.browser()
    assert client.post(page("visit", found.pk), sent).status_code == 422
    sent["finding-0-due_on"] = f"{in_days(30):%d.%m.%Y}"
    assert client.post(page("visit", found.pk), sent).status_code == 302
    point = Visit.objects.get().findings.get()
    assert client.post(page("settle", point.pk), {"done_note": "Fait"}).status_code == 302
    assert "Fait" in client.get(page("show", found.pk)).content.decode()


def test_a_certificate_with_its_file():
    at = desk()
    found, who = provider(at)
    sent = {"label": "eduqua", "valid_from": "01.01.2026", "valid_until": "31.12.2028", "file": png()}
    assert who.browser().post(page("certificate", found.pk), sent).status_code == 302
    certificate = found.certificates.get()
    assert at.first.browser().get(page("certificate_file", certificate.pk)).status_code == 200
    _other, them = provider(at)
    assert them.browser().get(page("certificate_file", certificate.pk)).status_code == 404


def test_prices_are_haggled_over_on_the_page():
    at = table()
    agreement = in_force(at)
    sent = {
        "code": "905.500.2", "label": "Mesure", "unit": "day", "price": "5000",
        "valid_from": f"{in_days(0):%d.%m.%Y}",
    }  # fmt: skip
    theirs, ours = at.provider.browser(), at.drafter.browser()
    assert theirs.post(page("price", agreement.pk), sent).status_code == 422
    theirs.post(page("price", agreement.pk), sent | {"unit": "month"})
    (first,) = negotiations_of(agreement.pk)
    ours.post(page("counter", first.pk), {"price": "4900", "valid_from": sent["valid_from"]})
    second = negotiations_of(agreement.pk)[-1]
    theirs.post(page("answer_price", second.pk), {"acte": "accord"})
    assert TariffPosition.objects.get().price == 4900
    assert "4900,00" in ours.get(page("tariffs", agreement.pk)).content.decode().replace("\u202f", "")


@pytest.mark.parametrize("name", ["list", "offers", "home"])
def test_lists_ask_as_many_questions_with_many_rows(name, django_assert_num_queries):
    at = desk()
    client = at.first.browser()
    provider(at)
    Offer.objects.create(office=at.office, email="0@example.org", state="submitted", number="OS-0")
    client.get(page(name))
    with CaptureQueriesContext(connection) as few:
        client.get(page(name))
    for serial in range(1, 12):
        provider(at)
        Offer.objects.create(
            office=at.office, email="x@example.org", state="submitted", number=f"OS-{serial}"
        )
    with django_assert_num_queries(len(few)):
        client.get(page(name))
