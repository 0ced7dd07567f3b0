"""The exchange with an external dossier: whole or not at all, again when it fails, the same bytes once."""

from __future__ import annotations

import errno
import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

import scenarios
from accord.casework.cases.models import CaseDocument, Event
from accord.casework.medical.models import Icd10Code, Incoming, Outgoing
from accord.casework.medical.rules import envelope as letters
from accord.casework.medical.rules.envelope import Envelope, read_envelope, write_envelope
from accord.casework.medical.selectors.reports import search_codes
from accord.casework.medical.services import sending
from accord.casework.medical.services.codes import load_codes
from accord.casework.medical.services.receiving import read_inbox, set_aside, sort_incoming
from accord.casework.medical.services.sending import send_again, send_report, wake_due_reports
from accord.foundation.documents.models import Document
from accord.foundation.documents.services import scanner, store_document
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import WORKER
from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from casework.medical.reporting import act, room

pytestmark = pytest.mark.django_db
PDF = (Path(__file__).parent / "paper.pdf").read_bytes()


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path / "documents"
    settings.ACCORD_OUTBOX_DIR = tmp_path / "outbox"
    settings.ACCORD_INBOX_DIR = tmp_path / "inbox"
    settings.ACCORD_INBOX_DIR.mkdir()


@pytest.fixture
def here(settings):
    found = room()
    settings.ACCORD_EXCHANGE_HOUSE = found.request.service.slug
    return found


@pytest.fixture
def waiting(here):
    """A filed report that waits to be sent."""
    with acting_as(here.secretary.actor):
        document = store_document(by=here.secretary.actor, file=ContentFile(PDF, name="rapport.pdf"))
    return Outgoing.objects.create(case=here.case, service=here.request.service, document=document)


def work(job, *arguments):
    with acting_as(WORKER):
        return job(*arguments)


def in_inbox(settings, number: str, data: bytes = PDF, name: str = "a.pdf", sha256: str = "") -> None:
    inbox = settings.ACCORD_INBOX_DIR
    letter = Envelope(
        sender="sedex://T0-DOSSIER-1",
        recipient="sedex://T0-ACCORD-1",
        message_id="m-1",
        message_type="document",
        at=now(),
        case_number=number,
        file_name=name,
        sha256=sha256 or hashlib.sha256(data).hexdigest(),
    )
    (inbox / name).write_bytes(data)
    (inbox / f"{name}.xml").write_bytes(write_envelope(letter))


def receipt_in(settings, outgoing: Outgoing, state: str, reason: str = "") -> None:
    (settings.ACCORD_INBOX_DIR / f"{outgoing.pk}.receipt.xml").write_text(
        f'<r xmlns="{letters.CONTENT}"><referenceMessageId>{outgoing.pk}</referenceMessageId>'
        f"<state>{state}</state><reason>{reason}</reason></r>"
    )


def test_a_filed_report_lies_in_the_outbox_with_its_envelope(settings, waiting):
    work(send_report, waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == "written"
    letter = read_envelope((settings.ACCORD_OUTBOX_DIR / f"{waiting.pk}.xml").read_bytes())
    assert (letter.case_number, letter.is_test) == (waiting.case.number, True)
    sent = (settings.ACCORD_OUTBOX_DIR / letter.file_name).read_bytes()
    assert hashlib.sha256(sent).hexdigest() == letter.sha256
    assert len(list(settings.ACCORD_OUTBOX_DIR.iterdir())) == 2


def test_sending_twice_writes_once(settings, waiting):
    work(send_report, waiting.pk)
    (settings.ACCORD_OUTBOX_DIR / f"{waiting.pk}.pdf").unlink()
    work(send_report, waiting.pk)
    assert not (settings.ACCORD_OUTBOX_DIR / f"{waiting.pk}.pdf").exists()


def full(*_arguments: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_outbox_leaves_a_clear_line_and_is_tried_again_until_it_works(
    settings, here, waiting, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(sending.os, "fsync", full)
        work(send_report, waiting.pk)
        waiting.refresh_from_db()
        assert waiting.state == "failed"
        assert "No space left" in waiting.trouble
        assert list(settings.ACCORD_OUTBOX_DIR.iterdir()) == []
        first_wait = waiting.due_at
        work(send_report, waiting.pk)
        waiting.refresh_from_db()
        assert waiting.due_at > first_wait + timedelta(seconds=30)
    assert Notification.objects.filter(user=here.secretary.user, kind="medical.unsent").count() == 1
    assert work(wake_due_reports) == 0
    with frozen_at(waiting.due_at + timedelta(seconds=1)):
        assert work(wake_due_reports) == 1
    work(send_report, waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.trouble, waiting.attempts) == ("written", "", 3)


def test_an_outbox_that_cannot_be_written_fails_clearly_too(settings, tmp_path, waiting):
    (tmp_path / "file").write_text("")
    settings.ACCORD_OUTBOX_DIR = tmp_path / "file" / "outbox"
    work(send_report, waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == "failed"
    assert waiting.trouble


def test_a_receipt_settles_what_was_sent_and_a_refusal_can_be_sent_again(settings, here, waiting):
    work(send_report, waiting.pk)
    receipt_in(settings, waiting, "refused", "Numéro inconnu")
    assert work(read_inbox) == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.trouble) == ("refused", "Numéro inconnu")
    act(here.secretary, send_again, outgoing_id=waiting.pk)
    work(send_report, waiting.pk)
    receipt_in(settings, waiting, "accepted")
    work(read_inbox)
    waiting.refresh_from_db()
    assert waiting.state == "accepted"
    assert act(here.secretary, send_again, outgoing_id=waiting.pk).state == "accepted"


def test_a_receipt_for_nothing_that_we_sent_is_put_aside(settings, here):
    receipt_in(settings, Outgoing(), "accepted")
    assert work(read_inbox) == 0
    assert len(list((settings.ACCORD_INBOX_DIR / "aside").iterdir())) == 1


def test_a_document_lands_in_the_case_of_its_number_under_medical_detail(settings, here):
    in_inbox(settings, here.case.number)
    assert work(read_inbox) == 1
    kept = CaseDocument.objects.get(case=here.case)
    assert (kept.category, kept.owner_id) == (1 << 5, here.request.service_id)
    assert Incoming.objects.get().state == "filed"
    assert Event.objects.filter(case=here.case, kind="document").exists()
    assert sorted(path.name for path in (settings.ACCORD_INBOX_DIR / "taken").iterdir()) == [
        "a.pdf",
        "a.pdf.xml",
    ]


def test_the_same_bytes_are_taken_once(settings, here):
    in_inbox(settings, here.case.number)
    work(read_inbox)
    in_inbox(settings, here.case.number, name="b.pdf")
    work(read_inbox)
    assert Incoming.objects.count() == CaseDocument.objects.count() == 1


@pytest.mark.parametrize("number", ["", "CII-VS-9999-9"])
def test_without_a_case_it_waits_in_the_tray_until_somebody_says_which(settings, here, number):
    in_inbox(settings, number)
    work(read_inbox)
    found = Incoming.objects.get()
    assert found.state == "to_sort"
    assert Notification.objects.filter(user=here.secretary.user, kind="medical.to_sort").exists()
    with pytest.raises(Refused):
        act(here.doctor, sort_incoming, incoming_id=found.pk, number=here.case.number)
    with pytest.raises(Refused) as refusal:
        act(here.secretary, sort_incoming, incoming_id=found.pk, number="nowhere")
    assert refusal.value.field == "number"
    act(here.secretary, sort_incoming, incoming_id=found.pk, number=here.case.number.lower())
    act(here.secretary, sort_incoming, incoming_id=found.pk, number=here.case.number)
    assert CaseDocument.objects.get(case=here.case).document_id == found.document_id
    with pytest.raises(Refused):
        act(here.secretary, set_aside, incoming_id=found.pk, reason="Erreur.")


def test_a_case_in_which_the_service_takes_no_part_is_not_reached_from_outside(settings, here):
    other = scenarios.open_case(scenarios.colleague(), "cii-valais")
    in_inbox(settings, other.number)
    work(read_inbox)
    assert Incoming.objects.get().state == "to_sort"
    assert not CaseDocument.objects.filter(case=other).exists()


def test_a_virus_is_not_kept(settings, here, monkeypatch):
    monkeypatch.setattr(scanner, "is_configured", lambda: True)
    monkeypatch.setattr(scanner, "scan", lambda _data: scanner.Verdict("Eicar", "ClamAV 1", None))
    in_inbox(settings, here.case.number)
    work(read_inbox)
    found = Incoming.objects.get()
    assert found.state == "set_aside"
    assert "malveillant" in found.trouble
    assert not Document.objects.exists()
    assert not CaseDocument.objects.exists()


def test_a_file_that_is_not_the_one_of_its_envelope_is_put_aside(settings, here):
    in_inbox(settings, here.case.number, sha256="b" * 64)
    assert work(read_inbox) == 0
    assert not Incoming.objects.exists()
    assert (settings.ACCORD_INBOX_DIR / "aside" / "a.pdf.xml").exists()


def test_an_envelope_whose_file_has_not_come_yet_waits(settings, here):
    in_inbox(settings, here.case.number)
    (settings.ACCORD_INBOX_DIR / "a.pdf").unlink()
    assert work(read_inbox) == 0
    assert (settings.ACCORD_INBOX_DIR / "a.pdf.xml").exists()


def test_what_belongs_to_nobody_is_put_aside_with_its_reason(settings, here):
    in_inbox(settings, "")
    work(read_inbox)
    found = Incoming.objects.get()
    act(here.secretary, set_aside, incoming_id=found.pk, reason="Adressé par erreur.")
    found.refresh_from_db()
    assert (found.state, found.trouble) == ("set_aside", "Adressé par erreur.")


def load(text: str, release: str) -> int:
    with acting_as(WORKER):
        return load_codes(by=WORKER, data=text.encode(), release=release, language="fr")


def test_a_list_of_codes_is_searched_by_code_and_by_words_in_ones_language(here):
    assert load("M54.4;Lumbago avec sciatique\nM54.5;Lombalgies\nM54.5;Kreuzschmerz;de\n", "2026") == 3

    def found(words: str, language: str = "fr") -> list[str]:
        with acting_as(here.doctor.actor.inside):
            return [one.title for one in search_codes(words, language)]

    assert found("m545") == ["Lombalgies"]
    assert found("M54") == ["Lumbago avec sciatique", "Lombalgies"]
    assert found("sciatique lumbago") == ["Lumbago avec sciatique"]
    assert found("kreuz", "de") == ["Kreuzschmerz"]
    assert found("lomb", "it") == ["Lombalgies"]
    assert found("") == found("introuvable") == []


def test_a_newer_list_takes_the_place_of_the_one_before_and_loading_twice_is_once(here):
    load("M54.5;Lombalgies\n", "2025")
    assert load("M54.5;Lombalgie basse\n", "2026") == load("M54.5;Lombalgie basse\n", "2026") == 1
    assert Icd10Code.objects.count() == 2
    with acting_as(here.doctor.actor.inside):
        assert [one.title for one in search_codes("M54", "fr")] == ["Lombalgie basse"]
