"""Bringing in a document."""

import hashlib
from datetime import timedelta

import pytest
from django.db import transaction

from accord.foundation.documents.enums import Finding, ScanState
from accord.foundation.documents.models import Document
from accord.foundation.documents.policies import can_read, may_be_opened, visible_to
from accord.foundation.documents.services import remove_orphans, store_document
from accord.foundation.documents.services.store import path_of
from accord.foundation.journal.models import Entry
from accord.kernel.actors import NOBODY, WORKER
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from foundation.documents.samples import container, docx, odt, pdf, picture, upload
from scenarios import colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne():
    return colleague()


def bring(by, content, name, **more):
    with acting_as(by.actor):
        return store_document(by=by.actor, file=upload(content, name), **more)


@pytest.mark.parametrize(
    ("content", "name", "pages"),
    [
        (pdf(pages=3), "decision.pdf", 3),
        (picture("PNG"), "photo.PNG", 1),
        (picture("JPEG"), "photo.jpeg", 1),
        (docx(), "lettre.docx", None),
        (odt(), "lettre.odt", None),
    ],
)
def test_what_is_accepted_is_kept_under_its_hash(anne, content, name, pages):
    document = bring(anne, content, name, title=" Décision ")
    address = hashlib.sha256(content).hexdigest()
    assert path_of(address).read_bytes() == content
    assert (document.sha256, document.pages, document.title) == (address, pages, "Décision")
    assert document.institution_id == anne.institution.pk
    assert document.original_name == name


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "vide.pdf", "vide"),
        (b"<html>", "page.html", "Vous pouvez déposer un PDF"),
        (b"MZ\x90", "programme.pdf", "Vous pouvez déposer un PDF"),
        (picture("PNG"), "decision.pdf", "image PNG"),
        (pdf(), "decision", "PDF"),
        (container({"a.exe": b"MZ"}), "archive.zip", "Vous pouvez déposer un PDF"),
        (docx({"../x": b"x"}), "lettre.docx", "chemins interdits"),
        (docx({"word/vbaProject.bin": b"x"}), "lettre.docx", "macros"),
        (docx({"z.xml": b"\0" * (11 * 1024 * 1024)}), "lettre.docx", "démesurée"),
        (b"%PDF-1.7 nothing more", "decision.pdf", "endommagé"),
        (picture("PNG")[:60], "photo.png", "endommagé"),
    ],
)
def test_what_is_not_accepted_says_why_beside_the_field(anne, documents_folder, content, name, says):
    with pytest.raises(Refused) as refusal:
        bring(anne, content, name)
    assert refusal.value.field == "file"
    assert says in refusal.value.sentence
    assert not Document.objects.exists()
    assert not list(documents_folder.rglob("*.*"))


def test_the_size_has_a_limit(anne, settings):
    settings.ACCORD_MAX_UPLOAD_BYTES = 1024 * 1024
    with pytest.raises(Refused, match="au plus 1 Mo"):
        bring(anne, pdf() + b" " * 1024 * 1024, "decision.pdf")


def test_a_picture_that_unfolds_without_measure_is_refused(anne, monkeypatch):
    monkeypatch.setattr("accord.foundation.documents.services.examining.MOST_PIXELS", 100)
    with pytest.raises(Refused, match="trop grande"):
        bring(anne, picture(size=(20, 20)), "photo.png")


def test_the_name_is_kept_for_people_and_used_for_nothing(anne, documents_folder):
    document = bring(anne, pdf(), "..\\..\\Dossier Favre \u202efdp.exe.pdf")
    assert document.original_name == "Dossier Favre fdp.exe.pdf"
    assert not [path for path in documents_folder.rglob("*") if "Favre" in path.name]
    assert "Favre" not in document.file_name
    assert document.file_name.endswith(".pdf")


@pytest.mark.parametrize(
    ("extra", "finding"),
    [
        (b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", Finding.ACTIVE_CONTENT),
        (b"/OpenAction << /S /Launch /F (calc.exe) >>", Finding.ACTIVE_CONTENT),
        (b"/Names << /EmbeddedFiles << /Names [] >> >>", Finding.ATTACHMENT),
    ],
)
def test_a_pdf_that_acts_is_held_back(anne, extra, finding):
    document = bring(anne, pdf(extra), "formulaire.pdf")
    assert (document.scan_state, document.scan_finding) == (ScanState.QUARANTINED, finding)
    assert not may_be_opened(document)
    assert str(finding.label) in may_be_opened(document).sentence


def test_without_an_antivirus_the_document_says_so(anne):
    document = bring(anne, pdf(), "decision.pdf")
    assert document.is_released
    assert document.is_unscanned


def test_that_it_was_brought_in_is_journalled(anne):
    document = bring(anne, pdf(), "Favre.pdf")
    entry = Entry.objects.get(verb="stored")
    assert entry.subject_id == document.pk
    assert "Favre" not in str(entry.data)


def test_only_a_member_of_an_institution_brings_something_in():
    with pytest.raises(Refused):
        store_document(by=NOBODY, file=upload(pdf(), "decision.pdf"))


def test_the_same_bytes_lie_there_once(anne, documents_folder):
    first, second = bring(anne, pdf(), "a.pdf"), bring(colleague(), pdf(), "b.pdf")
    assert first.sha256 == second.sha256
    assert len([path for path in documents_folder.rglob("*") if path.is_file()]) == 1


def test_an_upload_that_was_rolled_back_is_swept_away(anne, documents_folder, monkeypatch):
    kept = bring(anne, pdf(), "kept.pdf")
    with pytest.raises(RuntimeError), transaction.atomic():
        bring(anne, pdf(pages=2), "lost.pdf")
        raise RuntimeError
    assert len([path for path in documents_folder.rglob("*") if path.is_file()]) == 2
    assert remove_orphans() == 0
    monkeypatch.setattr("accord.foundation.documents.services.store.KEEP_ORPHANS", timedelta(days=-1))
    assert remove_orphans() == 1
    assert path_of(kept.sha256).exists()


def test_a_disk_that_fails_leaves_nothing_half_written(anne, documents_folder, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        bring(anne, pdf(), "decision.pdf")
    assert not [path for path in documents_folder.rglob("*") if path.is_file()]


def test_both_walls_show_the_documents_of_ones_own_institution(anne):
    bruno = colleague()
    ours, theirs = bring(anne, pdf(), "a.pdf"), bring(bruno, pdf(), "b.pdf")
    for actor, seen in (
        (anne.actor, {ours}),
        (bruno.actor, {theirs}),
        (NOBODY, set()),
        (WORKER, {ours, theirs}),
    ):
        assert {document for document in (ours, theirs) if can_read(actor, document)} == seen
        with acting_as(actor):
            assert set(Document.objects.all()) == seen
            assert set(Document.objects.filter(visible_to(actor))) == seen
