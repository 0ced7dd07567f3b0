"""The screens of the counsellor and the provider, and the walls around the provider."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.kernel.clock import today
from accord.purchasing.measures.models import Attendance, Delivery, IndividualMeasure, Mandate
from purchasing.measures.ordering import Office, admitted, around, days_later, ordered, proposed, validated
from purchasing.measures.test_services import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings, tmp_path) -> Office:
    settings.ACCORD_DOCUMENTS_DIR = tmp_path
    return around()


def post(browser, url, data=None, **headers):
    return browser.post(url, {"submission": uuid4().hex} | (data or {}), **headers)


def proposal(office: Office, **changed) -> dict[str, str]:
    words = office.words(**changed)
    fields = ("plan_measure", "kind", "title", "amount", "appropriate", "simple", "adequate")
    return {name: str(getattr(words, name)) for name in fields} | {
        "since": f"{words.since:%d.%m.%Y}",
        "until": f"{words.until:%d.%m.%Y}",
        "objectives": "\n".join(words.objectives),
    }


def test_a_counsellor_proposes_another_validates_and_orders(office):
    anne, bruno = office.anne.browser(), office.bruno.browser()
    address = reverse("measures:proposals", args=[office.case.pk])
    assert anne.get(address).status_code == 200
    wrong = post(anne, address, proposal(office, since=today()))
    assert wrong.status_code == 422
    assert "Coaching vers l’emploi" in wrong.content.decode(), "what was typed is kept"
    page = post(anne, address, proposal(office)).headers["Location"]
    measure = IndividualMeasure.objects.get()
    post(anne, reverse("measures:validation", args=[measure.pk]))
    measure.refresh_from_db()
    assert measure.state == "proposed", "not by who proposed"
    assert "Valider une mesure" in bruno.get("/?pour=institution").content.decode()
    post(bruno, reverse("measures:validation", args=[measure.pk]))
    assert "validée" in anne.get(page).content.decode()
    letter = anne.get(reverse("measures:letter", args=[measure.pk]))
    assert letter.content.startswith(b"%PDF")
    choice = anne.get(reverse("measures:provider-choice", args=[measure.pk])).content.decode()
    assert office.provider.institution.name in choice
    order = reverse("measures:order", args=[measure.pk, office.provider.pk])
    assert post(anne, order, {"intensity": "low"}).status_code == 422
    done = post(anne, order, {"intensity": "low", "position_1": "20"})
    assert done.status_code == 302
    assert Mandate.objects.get().decision_number in anne.get(done.headers["Location"]).content.decode()


def test_the_case_shows_measures_and_reports(office):
    ordered(office)
    page = office.anne.browser().get(f"/dossiers/{office.case.pk}/?panneau=mesures").content.decode()
    assert "Coaching vers l’emploi" in page
    assert Mandate.objects.get().decision_number in page


def test_the_provider_sees_her_mandate_and_nothing_of_the_case(office):
    mandate = ordered(office)
    chloe = office.chloe.browser()
    new = chloe.get("/mesures/espace/?liste=nouveaux").content.decode()
    assert mandate.person_name in new
    page = chloe.get(reverse("measures:given", args=[mandate.pk])).content.decode()
    for said in (mandate.decision_number, "Trouver un stage", "905.500.5", mandate.street):
        assert said in page
    for hidden in (office.case.number, "Elle répond au but du plan", "5000", str(office.case.pk)):
        assert hidden not in page
    assert chloe.get(reverse("measures:mandate", args=[mandate.pk])).status_code == 403


CASEWORK = (
    "/dossiers/", "/dossiers/{case}/", "/dossiers/{case}/?panneau=plan", "/personnes/", "/annonces/",
    "/mesures/", "/mesures/recherche/", "/mesures/{measure}/", "/mesures/dossiers/{case}/nouvelle/",
    "/plans/dossiers/{case}/versions/", "/capacite/dossiers/{case}/incapacites/", "/durees/", "/conseils/",
)  # fmt: skip


@pytest.mark.parametrize("address", CASEWORK)
def test_the_provider_never_enters_casework(office, address):
    mandate = ordered(office)
    url = address.format(case=office.case.pk, measure=mandate.measure_id)
    assert office.chloe.browser().get(url).status_code in (403, 404)


def test_the_provider_of_another_mandate_gets_404(office):
    mandate = ordered(office)
    _provider, _agreement, other = admitted(office.anne.institution)
    browser = other.browser()
    report = mandate.reports.first()
    for name in ("given", "presence", "presence-file", "documents"):
        assert browser.get(reverse(f"measures:{name}", args=[mandate.pk])).status_code == 404
    for name in ("goals", "extra-report", "presence"):
        assert post(browser, reverse(f"measures:{name}", args=[mandate.pk])).status_code == 404
    assert browser.get(reverse("measures:write-report", args=[report.pk])).status_code == 404


def test_presence_is_typed_in_a_grid_and_kept_line_by_line(office):
    mandate = ordered(office)
    address = reverse("measures:presence", args=[mandate.pk])
    chloe = office.chloe.browser()
    with days_later(12) as day:
        month = f"{address}?mois={day:%Y-%m}"
        assert chloe.get(month).status_code == 200
        line = {f"presence-{day}": "present", f"hours-{day}": "2,5"}
        kept = post(chloe, month, line, headers={"HX-Request": "true"})
        assert "enregistrées" in kept.content.decode()
        assert Attendance.objects.get().hours == Decimal("2.5")
        over = post(chloe, month, line | {f"hours-{day}": "7"})
        assert over.status_code == 422
        assert "plus" in over.content.decode()
        assert Attendance.objects.get().hours == Decimal("2.5"), "nothing half-kept"
        assert post(chloe, month, line | {f"hours-{day}": "x"}).status_code == 422
    assert chloe.get(f"{address}?mois=2026-99").status_code == 404


def test_a_file_with_bad_lines_explains_each(office):
    mandate = ordered(office)
    with days_later(12) as day:
        data = f"{day:%d.%m.%Y};présent;2\n99.99.2026;présent;2\n".encode()
        answer = post(
            office.chloe.browser(),
            reverse("measures:presence-file", args=[mandate.pk]),
            {"file": SimpleUploadedFile("p.csv", data)},
        )
    assert answer.status_code == 422
    assert "le jour ne se lit pas" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_a_report_goes_to_the_counsellor_and_comes_back_with_a_receipt(office):
    mandate = ordered(office)
    report = mandate.reports.first()
    chloe, anne = office.chloe.browser(), office.anne.browser()
    address = reverse("measures:write-report", args=[report.pk])
    empty = post(chloe, address, {"version": "1"})
    assert empty.status_code == 422
    sent = post(chloe, address, {"version": "1", "course": "Présente.", "progress": "Un stage."})
    receipt = chloe.get(sent.headers["Location"]).content.decode()
    delivery = Delivery.objects.get()
    assert delivery.number in receipt
    assert chloe.get(reverse("measures:receipt", args=[delivery.pk])).content.startswith(b"%PDF")
    assert "Lire le rapport" in anne.get("/?pour=institution").content.decode()
    assert "Un stage." in anne.get(reverse("measures:report", args=[report.pk])).content.decode()
    report.refresh_from_db()
    assert report.read_at is not None
    asked = post(anne, reverse("measures:question", args=[report.pk]), {"question": "Combien d’heures ?"})
    assert asked.status_code == 302
    assert "Combien d’heures" in chloe.get(address).content.decode()


def test_a_document_with_a_hint_is_confirmed_or_moved(office):
    mandate = ordered(office)
    address = reverse("measures:documents", args=[mandate.pk])
    chloe = office.chloe.browser()

    def sent(**more):
        return post(chloe, address, {"title": "Bilan", "file": SimpleUploadedFile("a.pdf", PDF)} | more)

    hint = sent()
    assert hint.status_code == 422
    assert "ressemble à un rapport" in hint.content.decode()
    assert sent(channel="on").status_code == 302
    delivery = Delivery.objects.get()
    file = office.anne.browser().get(reverse("measures:delivery-file", args=[delivery.pk]))
    assert file.status_code == 200
    _provider, _agreement, other = admitted(office.anne.institution)
    assert other.browser().get(reverse("measures:delivery", args=[delivery.pk])).status_code == 404


def test_an_unscanned_document_is_not_opened(office):
    mandate = ordered(office)
    post(
        office.chloe.browser(),
        reverse("measures:documents", args=[mandate.pk]),
        {"title": "Attestation", "file": SimpleUploadedFile("a.pdf", PDF)},
    )
    delivery = Delivery.objects.get()
    delivery.document.scan_state = "quarantined"
    delivery.document.save()
    address = reverse("measures:delivery-file", args=[delivery.pk])
    assert office.anne.browser().get(address).status_code == 403


def test_a_double_click_orders_once(office):
    measure = validated(office)
    order = reverse("measures:order", args=[measure.pk, office.provider.pk])
    token = {"submission": uuid4().hex, "intensity": "low", "position_1": "20"}
    browser = office.anne.browser()
    first, second = browser.post(order, token), browser.post(order, token)
    assert first.headers["Location"] == second.headers["Location"]
    assert Mandate.objects.count() == 1


def queries(browser, address) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def test_lists_ask_the_same_with_1_and_with_many_rows(office):
    def one_more(number: int) -> None:
        later = timedelta(days=100 * number)
        words = office.words()
        ordered(office, validated(office, since=words.since + later, until=words.until + later))

    one_more(0)
    proposed(office)
    chloe, bruno = office.chloe.browser(), office.bruno.browser()
    addresses = [
        (chloe, "/mesures/espace/?liste=nouveaux"),
        (chloe, "/mesures/envois/"),
        (bruno, "/mesures/"),
        (bruno, "/mesures/?liste=en-cours"),
        (bruno, "/mesures/recherche/"),
        (bruno, f"/dossiers/{office.case.pk}/?panneau=mesures"),
    ]
    few = [queries(browser, address) for browser, address in addresses]
    for number in range(1, 5):
        one_more(number)
        proposed(office)
        admitted(office.anne.institution)
    assert [queries(browser, address) for browser, address in addresses] == few
