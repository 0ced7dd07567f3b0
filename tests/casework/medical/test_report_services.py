"""Reports between the doctor and the dossier: who may, once, and what the others see."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader

import scenarios
from accord.casework.capacity.models import FunctionalSummary, IncapacityPeriod
from accord.casework.cases.models import CaseDocument
from accord.casework.medical.models import (
    Absence,
    MedicalMeasure,
    Outgoing,
    RegionDoctor,
    Report,
)
from accord.casework.medical.rules.rubrics import Capacity, Diagnosis, Incapacity
from accord.casework.medical.services.certificates import DEMO_PASSWORD, make_demo_certificate
from accord.casework.medical.services.drafting import amend_report, save_report
from accord.casework.medical.services.filing import file_report, hand_in_report
from accord.casework.medical.services.sealing import read_seal
from accord.casework.medical.services.signing import sign_report
from accord.foundation.documents.models import Document
from accord.foundation.documents.services import store
from accord.foundation.journal.models import Entry
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Kind, Role
from casework.medical.reporting import (
    SAID,
    SECRET,
    act,
    answered,
    drafted,
    prepared,
    room,
    signed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path / "documents"
    settings.ACCORD_DEMO_CERTIFICATE = certificate()


OPEN = Incapacity(50, date(2026, 1, 1))


def certificate() -> Path:
    """One certificate for all tests: making a key takes a moment."""
    path = Path("/tmp") / "accord-tests-demonstration.p12"  # noqa: S108
    if not path.exists():
        make_demo_certificate(path)
    return path


@pytest.fixture
def here():
    return room()


def pdf_of(report: Report) -> bytes:
    return store.path_of(report.document.sha256).read_bytes()


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_form_is_prepared_once_with_the_questions_and_what_sources_certified(here):
    IncapacityPeriod.objects.create(
        case=here.case, owner=here.office.institution, category=1 << 4, source_kind="treating_doctor",
        source_name="Dr Zen", rate=100, since=date(2026, 3, 23),
    )  # fmt: skip
    report = prepared(here)
    assert prepared(here).pk == report.pk
    assert [one.question for one in report.said.answers] == [
        "Quelles sont les limitations\u00a0?",
        "Peut-elle conduire ?",
    ]
    assert [(one.source, one.rate) for one in report.said.certified] == [("Médecin traitant (Dr Zen)", 100)]


def test_the_first_draft_brings_the_request_on_and_a_second_window_is_told(here):
    report = drafted(here)
    here.request.refresh_from_db()
    assert here.request.state == "drafted"
    with pytest.raises(Stale):
        act(
            here.doctor,
            save_report,
            report_id=report.pk,
            version=1,
            rubrics=answered(report, replace(SAID, prognosis="x")),
        )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (replace(SAID, incapacities=(Incapacity(101, date(2026, 1, 1)),)), "incapacity_0_rate"),
        (replace(SAID, incapacities=(Incapacity(50, date(2026, 2, 1), date(2026, 1, 1)),)), "incapacity_0_until"),
        (replace(SAID, incapacities=(OPEN, Incapacity(20, date(2026, 2, 1)))), "incapacity_1_since"),
        (replace(SAID, usual=Capacity(50, 120, date(2026, 1, 1))), "usual_performance"),
        (replace(SAID, adapted=Capacity(50, 90, date(2026, 2, 1), date(2026, 1, 1))), "adapted_until"),
        (replace(SAID, diagnoses=(Diagnosis("dos", "Mal de dos"),)), "diagnosis_0_code"),
        (replace(SAID, conditions=""), "conditions"),
    ],
)  # fmt: skip
def test_what_cannot_stand_in_a_report_is_refused_beside_its_field(here, said, field):
    report = prepared(here)
    with pytest.raises(Refused) as refusal:
        act(here.doctor, save_report, report_id=report.pk, version=report.version, rubrics=said)
    assert refusal.value.field == field
    report.refresh_from_db()
    assert report.version == 1


def test_signing_seals_publishes_and_agrees_in_one_go(here):
    report = signed(here)
    here.request.refresh_from_db()
    assert (report.state, report.signed_by, here.request.state) == ("signed", here.doctor.user, "signed")
    assert report.summary.adapted.performance == 80
    periods = IncapacityPeriod.objects.filter(case=here.case, source_kind="medical_service")
    assert sorted(periods.values_list("rate", flat=True)) == [50, 100]
    assert MedicalMeasure.objects.get(case=here.case).text == "Avis du rhumatologue"


def test_the_signed_pdf_is_accessible_whole_and_names_the_doctor(here):
    pdf = pdf_of(signed(here))
    seal = read_seal(pdf)
    assert seal.is_unchanged
    assert seal.signer == here.doctor.user.name
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "fr"
    metadata = root["/Metadata"].get_object().get_data()
    assert b'pdfuaid:part="1"' in metadata
    assert b'pdfaid:conformance="A"' in metadata
    words = words_of(pdf)
    assert SECRET in words
    assert "Peut-elle conduire" in words
    assert "sans valeur" in words


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_tampering_is_found(here, place):
    pdf = bytearray(pdf_of(signed(here)))
    at = int(len(pdf) * 0.6 * place)
    pdf[at] ^= 0x01
    seal = read_seal(bytes(pdf))
    assert seal is None or not seal.is_unchanged


def test_something_added_behind_the_signature_is_found(here):
    pdf = pdf_of(signed(here))
    assert not read_seal(pdf + b"\n% one more line\n").is_unchanged


def test_the_others_read_no_diagnosis(here):
    report = signed(here)
    summary = FunctionalSummary.objects.get(pk=report.summary_id)
    told = json.dumps(
        {field.name: str(getattr(summary, field.attname)) for field in summary._meta.fields},
        ensure_ascii=False,
    )
    for hidden in (SECRET, "F33", "M54", "Lombalgies", "Dort mal"):
        assert hidden not in told
    assert summary.limitations[0]["effect"] == "Ne porte pas plus de 5 kg."


def test_signing_twice_is_signing_once(here):
    report = signed(here)
    again = act(here.doctor, sign_report, report_id=report.pk, version=report.version)
    assert again.signed_at == report.signed_at
    assert FunctionalSummary.objects.filter(case=here.case).count() == 1
    assert Entry.objects.filter(verb="signed", subject_id=report.pk).count() == 1


def test_nobody_but_the_doctor_of_the_request_signs(here):
    report = drafted(here)
    another = scenarios.colleague(here.request.service, Role.DOCTOR)
    elsewhere = scenarios.colleague(None, Role.DOCTOR, kind=Kind.MEDICAL_SERVICE)
    for who in (here.secretary, another):
        with pytest.raises(Refused):
            act(who, sign_report, report_id=report.pk, version=report.version)
    with pytest.raises(Report.DoesNotExist):
        act(elsewhere, sign_report, report_id=report.pk, version=report.version)
    report.refresh_from_db()
    assert report.is_draft


def test_the_recorded_replacement_signs_while_the_doctor_is_away_and_only_then(here):
    report = drafted(here)
    other = scenarios.colleague(here.request.service, Role.DOCTOR)
    RegionDoctor.objects.create(
        programme="cii-valais", region="bas-valais", service=here.request.service,
        doctor=here.doctor.user, replacement=other.user,
    )  # fmt: skip
    with pytest.raises(Refused):
        act(other, sign_report, report_id=report.pk, version=report.version)
    Absence.objects.create(
        service=here.request.service, doctor=here.doctor.user, since=today(), until=today()
    )
    assert act(other, sign_report, report_id=report.pk, version=report.version).signed_by == other.user


def test_a_doctor_named_between_interview_and_report_signs_and_the_former_does_not(here):
    report = drafted(here)
    other = scenarios.colleague(here.request.service, Role.DOCTOR)
    here.request.refresh_from_db()
    here.request.doctor = other.user
    here.request.save()
    with pytest.raises(Refused):
        act(here.doctor, sign_report, report_id=report.pk, version=report.version)
    assert act(other, sign_report, report_id=report.pk, version=report.version).state == "signed"


def test_an_unanswered_question_keeps_the_report_a_draft(here):
    report = prepared(here)
    saved = act(
        here.doctor, save_report, report_id=report.pk, version=1,
        rubrics=replace(SAID, answers=report.said.answers),
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        act(here.doctor, sign_report, report_id=report.pk, version=saved.version)
    assert refusal.value.field == "answer_0"


def broken(path: Path) -> None:
    path.write_bytes(b"no certificate at all")


def missing(path: Path) -> None:
    path.unlink(missing_ok=True)


def over(path: Path) -> None:
    make_demo_certificate(path, days=-30)


@pytest.mark.parametrize("fault", [broken, missing, over])
def test_a_certificate_that_cannot_be_used_leaves_the_draft_and_nothing_else(here, settings, tmp_path, fault):
    report = drafted(here)
    path, password = tmp_path / "operator.p12", tmp_path / "password"
    password.write_bytes(DEMO_PASSWORD)
    fault(path)
    settings.ACCORD_SIGNING_CERTIFICATE, settings.ACCORD_SIGNING_PASSWORD_FILE = path, password
    with pytest.raises(Refused, match="reste un brouillon"):
        act(here.doctor, sign_report, report_id=report.pk, version=report.version)
    report.refresh_from_db()
    assert report.is_draft
    assert not FunctionalSummary.objects.exists()
    assert not Document.objects.exists()
    assert not MedicalMeasure.objects.exists()


def test_a_wrong_password_is_said_and_the_right_one_signs(here, settings, tmp_path):
    report = drafted(here)
    path, password = tmp_path / "operator.p12", tmp_path / "password"
    make_demo_certificate(path)
    settings.ACCORD_SIGNING_CERTIFICATE, settings.ACCORD_SIGNING_PASSWORD_FILE = path, password
    password.write_text("wrong")
    with pytest.raises(Refused, match="illisible"):
        act(here.doctor, sign_report, report_id=report.pk, version=report.version)
    password.write_bytes(DEMO_PASSWORD + b"\n")
    assert act(here.doctor, sign_report, report_id=report.pk, version=report.version).state == "signed"


def test_what_was_signed_is_never_edited_not_even_in_the_database(here):
    report = signed(here)
    with pytest.raises(Refused):
        act(here.doctor, save_report, report_id=report.pk, version=report.version, rubrics=SAID)
    for change in ("rubrics = '{}'", "state = 'draft'", "signed_by_id = null", "document_id = null"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update medical_report set {change} where id = %s", [report.pk])  # noqa: S608
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from medical_report where id = %s", [report.pk])


def test_an_amendment_is_a_new_version_and_the_earlier_stays_legible(here):
    report = signed(here)
    draft = act(here.doctor, amend_report, report_id=report.pk)
    with pytest.raises(Refused):
        act(here.doctor, amend_report, report_id=report.pk)
    said = replace(
        draft.said,
        incapacities=(
            Incapacity(100, date(2026, 3, 23), date(2026, 5, 14)),
            Incapacity(40, date(2026, 5, 15)),
        ),
    )
    draft = act(here.doctor, save_report, report_id=draft.pk, version=draft.version, rubrics=said)
    second = act(here.doctor, sign_report, report_id=draft.pk, version=draft.version)
    report.refresh_from_db()
    assert (second.edition, second.state, report.state) == (2, "signed", "signed")
    assert report.said.incapacities[1].rate == 50
    periods = IncapacityPeriod.objects.filter(case=here.case, source_kind="medical_service")
    assert sorted(periods.filter(withdrawn_at__isnull=True).values_list("rate", flat=True)) == [40, 100]
    assert periods.get(rate=50).withdrawn_because
    assert MedicalMeasure.objects.filter(case=here.case).count() == 1


def test_from_the_doctor_through_the_secretariat_into_the_dossier(here, settings, tmp_path):
    settings.ACCORD_OUTBOX_DIR = tmp_path / "outbox"
    report = signed(here)
    with pytest.raises(Refused):
        act(here.secretary, file_report, report_id=report.pk)
    act(here.secretary, hand_in_report, report_id=report.pk)
    with pytest.raises(Refused):
        act(here.doctor, file_report, report_id=report.pk)
    done = act(here.secretary, file_report, report_id=report.pk)
    assert act(here.secretary, file_report, report_id=report.pk).filed_at == done.filed_at
    here.request.refresh_from_db()
    assert (done.state, here.request.state) == ("filed", "filed")
    kept = CaseDocument.objects.get(case=here.case)
    assert (kept.category, kept.document_id) == (1 << 5, done.document_id)
    assert Outgoing.objects.get().document_id == done.document_id


def test_a_report_is_the_services_own_until_it_is_filed(here):
    reader = scenarios.colleague(kind=Kind.SOCIAL_AID)
    scenarios.opened_to(here.case, reader.institution, 1 << 5)
    report = signed(here)

    def seen(who):
        by = who.actor.inside
        with acting_as(by):
            return Report.objects.filter(pk=report.pk).exists()

    assert seen(here.secretary)
    assert not seen(reader)
    act(here.secretary, hand_in_report, report_id=report.pk)
    act(here.secretary, file_report, report_id=report.pk)
    assert seen(reader)
    assert not seen(here.office)
