"""The screens of reports, examinations, measures and of the exchange, as doctor and secretariat meet them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import scenarios
from accord.casework.medical.models import Examination, Icd10Code, Incoming, MedicalMeasure, Report
from accord.foundation.documents.services import store
from accord.foundation.journal.models import Entry
from accord.network.institutions.enums import Kind
from casework.medical.reporting import SECRET, drafted, exam_of, filed, prepared, room, signed
from casework.medical.test_exchange import PDF
from casework.medical.test_report_services import certificate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path / "documents"
    settings.ACCORD_DEMO_CERTIFICATE = certificate()


@pytest.fixture
def here():
    return room()


def at(name: str, thing: object) -> str:
    return reverse(f"medical:{name}", args=[thing.pk])


def typed(report: Report, page: str = "", **words: object) -> dict[str, object]:
    """The form of a report as a browser would send it."""
    said = {
        "diagnosis_0_code": "m545", "diagnosis_0_text": "Lombalgies", "diagnosis_0_affects": "on",
        "incapacity_0_rate": "50", "incapacity_0_since": "01.03.2026", "incapacity_0_until": "",
        "usual_time": "0", "usual_performance": "0", "usual_since": "1.3.2026",
        "limitation_load_effect": "Pas plus de 5 kg.", "fitness": "yes",
        "measure_0_kind": "opinion", "measure_0_text": "Avis du rhumatologue",
        "answer_0": "Le dos.", "answer_1": "Oui.",
    }  # fmt: skip
    return {**said, "version": report.version, "submission": page or uuid4().hex, **words}


def test_the_doctor_writes_reads_again_and_signs(here):
    report, browser = prepared(here), here.doctor.browser()
    shown = browser.get(at("report-draft", report))
    assert shown.status_code == 200
    assert "Peut-elle conduire" in shown.content.decode()
    kept = browser.post(at("report-draft", report), typed(report, preview="1"))
    assert kept.url == at("report-preview", report)
    page = browser.get(kept.url).content.decode()
    others, whole = page.split("report-whole")
    assert "Pas plus de 5 kg." in others
    assert "Lombalgies" not in others
    assert "M54.5" in whole
    report.refresh_from_db()
    answer = browser.post(
        at("report-signature", report),
        {"audience": "circle", "version": report.version, "submission": uuid4().hex},
    )
    assert answer.url == at("report", report)
    report.refresh_from_db()
    assert report.state == "signed"


def test_errors_stand_beside_their_fields_and_what_was_typed_stays(here):
    report = prepared(here)
    answer = here.doctor.browser().post(
        at("report-draft", report),
        typed(
            report,
            complaints="Elle dort mal.",
            usual_time="120",
            incapacity_2_rate="20",
            incapacity_2_since="01.04.2026",
            diagnosis_1_code="dos",
            diagnosis_1_text="x",
        ),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Elle dort mal." in page
    assert answer.context["form"].errors.keys() == {"usual_time"}
    answer = here.doctor.browser().post(
        at("report-draft", report),
        typed(
            report,
            incapacity_2_rate="20",
            incapacity_2_since="01.04.2026",
            diagnosis_1_code="dos",
            diagnosis_1_text="x",
        ),
    )
    assert answer.context["form"].errors.keys() == {"incapacity_2_since", "diagnosis_1_code"}


def test_a_half_said_row_is_asked_to_be_completed(here):
    report = prepared(here)
    answer = here.doctor.browser().post(
        at("report-draft", report),
        typed(report, incapacity_1_until="01.02.2026", measure_1_text="x", adapted_time="50"),
    )
    assert answer.context["form"].errors.keys() == {
        "incapacity_1_rate", "incapacity_1_since", "measure_1_kind", "adapted_performance", "adapted_since",
    }  # fmt: skip


def test_the_page_saves_by_itself_and_is_never_in_conflict_with_itself(here):
    report, browser, page = prepared(here), here.doctor.browser(), uuid4().hex
    kept = browser.post(at("report-draft", report), typed(report, page, by_itself="1", complaints="a"))
    assert "Enregistré" in kept.content.decode()
    assert browser.post(at("report-draft", report), typed(report, page, complaints="b")).status_code == 302
    report.refresh_from_db()
    assert report.said.complaints == "b"


def test_two_windows_are_shown_both_versions(here):
    report, browser = prepared(here), here.doctor.browser()
    browser.post(at("report-draft", report), typed(report, complaints="Première fenêtre"))
    answer = browser.post(at("report-draft", report), typed(report, complaints="Seconde fenêtre"))
    assert answer.status_code == 409
    assert "Première fenêtre" in answer.content.decode()
    assert "Seconde fenêtre" in answer.content.decode()


def test_the_secretariat_reads_and_does_not_write_or_sign(here):
    report, browser = drafted(here), here.secretary.browser()
    assert browser.get(at("report", report)).status_code == 200
    assert browser.get(at("report-draft", report)).status_code == 403
    assert browser.get(at("report-preview", report)).status_code == 403
    answer = browser.post(at("report-signature", report), {"audience": "circle", "version": report.version})
    assert answer.status_code == 403


def test_the_office_that_asked_does_not_even_know_of_the_report(here):
    report = filed(here)
    browser = here.office.browser()
    for name in ("report", "report-file", "report-check"):
        assert browser.get(at(name, report)).status_code == 404


def test_who_may_read_medical_detail_reads_the_filed_report_and_each_reading_is_journalled(here):
    report = signed(here)
    reader = scenarios.colleague(kind=Kind.SOCIAL_AID)
    scenarios.opened_to(here.case, reader.institution, 1 << 5)
    assert reader.browser().get(at("report", report)).status_code == 404
    browser = here.secretary.browser()
    for name in ("report-hand-in", "report-filing", "report-filing"):
        assert browser.post(at(name, report), {"submission": uuid4().hex}).status_code == 302
    page = reader.browser().get(at("report", report))
    assert SECRET in page.content.decode()
    entry = Entry.objects.filter(subject_id=report.pk, user_id=reader.user.pk).latest("at")
    assert (entry.is_read, entry.purpose) == (True, "read a medical report")


def test_the_signature_is_checked_on_a_page(here):
    report, browser = signed(here), here.doctor.browser()
    assert "rien n’y a été changé" in browser.get(at("report-check", report)).content.decode()
    path = store.path_of(report.document.sha256)
    path.write_bytes(path.read_bytes() + b"\n%")
    assert "a été modifié après la signature" in browser.get(at("report-check", report)).content.decode()
    path.unlink()
    assert "introuvable" in browser.get(at("report-check", report)).content.decode()


def test_a_certificate_that_cannot_be_used_is_said_on_the_page(here, settings, tmp_path):
    report = drafted(here)
    settings.ACCORD_SIGNING_CERTIFICATE = tmp_path / "nothing.p12"
    answer = here.doctor.browser().post(
        at("report-signature", report),
        {"audience": "circle", "version": report.version, "submission": uuid4().hex},
    )
    assert answer.status_code == 422
    assert "le rapport reste un brouillon" in answer.content.decode()


def test_a_code_without_words_is_called_as_the_list_calls_it(here):
    report = prepared(here)
    Icd10Code.objects.create(
        release="x", language="fr", code="M54.5", title="Lombalgie basse", is_current=True
    )
    address = at("report-draft", report)
    assert here.doctor.browser().post(address, typed(report, diagnosis_0_text="")).status_code == 302
    report.refresh_from_db()
    assert report.said.diagnoses[0].text == "Lombalgie basse"
    unknown = typed(report, diagnosis_0_code="M17.1", diagnosis_0_text="")
    assert here.doctor.browser().post(address, unknown).status_code == 422


def test_a_code_is_found_by_words(here):
    Icd10Code.objects.create(release="x", language="fr", code="M54.5", title="Lombalgies", is_current=True)
    browser = here.doctor.browser()
    found = browser.post(reverse("medical:codes"), {"words": "lomb"}, headers={"HX-Request": "true"})
    assert "M54.5" in found.content.decode()
    assert "<html" not in found.content.decode()
    assert "<html" in browser.post(reverse("medical:codes"), {"words": "lomb"}).content.decode()


def test_lists_ask_as_many_questions_with_one_report_as_with_many(here):
    browser = here.secretary.browser()
    first = drafted(here)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert browser.get(reverse("medical:reports")).status_code == 200
        return len(seen)

    asked()
    before = asked()
    for edition in range(2, 12):
        Report.objects.create(
            case=first.case, service=first.service, request=first.request, kind="rf", edition=edition
        )
    assert asked() == before


def test_an_examination_from_the_order_to_the_final_report(here):
    doctor, secretary = here.doctor.browser(), here.secretary.browser()
    address = at("order", here.request)
    assert secretary.get(address).status_code == 403
    words = {"kind": "clinical", "disciplines": ["psychiatry"], "reason": "x", "questions": "y"}
    assert doctor.post(address, words | {"disciplines": []}).status_code == 422
    assert doctor.post(address, words | {"submission": uuid4().hex}).status_code == 302
    found = Examination.objects.get()
    when = {"day": "20.01.2030", "hour": "25:00", "place": "Sion"}
    assert secretary.post(at("appointment", found), when).status_code == 422
    assert secretary.post(at("appointment", found), when | {"hour": "14:30"}).status_code == 302
    paper = SimpleUploadedFile("rapport.pdf", PDF)
    assert secretary.post(at("reception", found), {"file": paper}).status_code == 302
    assert secretary.post(at("examination-read", found)).status_code == 403
    assert doctor.post(at("final-report", found)).status_code == 403
    assert doctor.post(at("examination-read", found)).status_code == 302
    begun = doctor.post(at("final-report", found))
    report = Report.objects.get(kind="rf")
    assert begun.url == at("report-draft", report)
    assert doctor.post(at("final-report", found)).url == begun.url
    said = {"summary": "La pathologie chronique.", "in_plain_words": "on", "fitness": "yes", "preview": "1"}
    answer = doctor.post(begun.url, {**said, "version": report.version, "submission": uuid4().hex})
    assert "plutôt «" in doctor.get(answer.url).content.decode()
    assert here.office.browser().get(at("examination", found)).status_code == 404


def test_an_examination_is_called_off_with_its_reason(here):
    found = exam_of(here.request)
    assert (
        here.secretary.browser().post(at("examination-cancellation", found), {"reason": ""}).status_code
        == 422
    )
    here.secretary.browser().post(at("examination-cancellation", found), {"reason": "Renoncé."})
    found.refresh_from_db()
    assert (found.state, found.cancelled_because) == ("cancelled", "Renoncé.")


def test_a_measure_is_followed_and_two_windows_are_shown_both_versions(here):
    measure = MedicalMeasure.objects.create(
        case=here.case, service=here.request.service, request=here.request, kind="other", text="x"
    )
    browser = here.secretary.browser()
    words = {"text": "Message laissé.", "state": "underway", "due_on": "01.02.2030", "version": 1}
    assert browser.post(at("measure", measure), words | {"submission": uuid4().hex}).status_code == 302
    answer = browser.post(at("measure", measure), words | {"text": "Autre.", "submission": uuid4().hex})
    assert answer.status_code == 409
    assert "Message laissé." in answer.content.decode()
    page = browser.get(at("course", here.request)).content.decode()
    assert "en cours" in page


def test_the_tray_is_sorted_by_the_secretariat(here, settings):
    from django.core.files.base import ContentFile

    from accord.foundation.documents.services import store_document
    from accord.kernel.database import acting_as

    with acting_as(here.secretary.actor):
        document = store_document(by=here.secretary.actor, file=ContentFile(PDF, name="x.pdf"))
    found = Incoming.objects.create(service=here.request.service, sha256=document.sha256, document=document)
    browser = here.secretary.browser()
    assert "Trier" in browser.get(reverse("medical:exchange")).content.decode()
    assert here.doctor.browser().get(at("sorting", found)).status_code == 403
    assert browser.get(at("incoming-file", found)).status_code == 200
    assert browser.post(at("sorting", found), {"number": "nowhere"}).status_code == 422
    assert browser.post(at("sorting", found), {"number": here.case.number}).status_code == 302
    found.refresh_from_db()
    assert found.state == "filed"
