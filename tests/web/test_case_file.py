"""The whole case as one page and one PDF: only what the reader may see, with her name on each page."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

import scenarios
from accord.casework.cases.enums import Audience, Category
from accord.casework.cases.models import Disclosure, WorkingCopy
from accord.casework.cases.services import add_note, add_step, end_disclosures, file_document
from accord.foundation.documents.models import Document
from accord.foundation.documents.services import store_document
from accord.foundation.journal.models import Entry
from accord.kernel.actors import WORKER
from accord.kernel.clock import now
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind
from accord.web.case_file import printing
from accord.web.case_file.chapters import CHAPTERS
from accord.web.case_file.copying import forget_old_copies, make_copy
from screens.test_every_address import PNG

pytestmark = pytest.mark.django_db

SECRET = "Un secret de santé"


@pytest.fixture(autouse=True)
def _ground(settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path
    scenarios.programmes()


@pytest.fixture
def anne():
    return scenarios.colleague(kind=Kind.AI_OFFICE, last_name="Blanc")


@pytest.fixture
def case(anne):
    about = scenarios.person(anne.institution, "Favre", "Claire", avs_number=scenarios.avs_number())
    case = scenarios.open_case(anne, about=about, subject="Retour à l’emploi")
    with acting_as(anne.actor):
        for text, category in ((SECRET, Category.MEDICAL), ("Le plan avance", Category.PLAN)):
            add_note(by=anne.actor, case_id=case.pk, text=text, category=category, audience=Audience.CIRCLE)
        add_step(
            by=anne.actor,
            case_id=case.pk,
            title="Bilan de compétences",
            assignee_id=anne.institution.pk,
            due_on=None,
        )
    return case


@pytest.fixture
def bruno(case):
    bruno = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE, last_name="Noir")
    scenarios.opened_to(case, bruno.institution, Category.PLAN)
    return bruno


def filed(anne, case, title="Certificat", category=Category.WORK):
    with acting_as(anne.actor):
        stored = store_document(by=anne.actor, file=SimpleUploadedFile("a.png", PNG, "image/png"))
        return file_document(
            by=anne.actor,
            case_id=case.pk,
            document=stored,
            title=title,
            category=int(category),
            audience="circle",
        )


def printed(who, case) -> PdfReader:
    response = who.browser().get(reverse("web:case-print", args=[case.pk]))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert "Favre" not in response.headers["Content-Disposition"]
    return PdfReader(io.BytesIO(response.content))


def words_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


class TestPage:
    def test_everything_stands_on_one_page(self, anne, case):
        filed(anne, case)
        text = anne.browser().get(reverse("web:case-file", args=[case.pk])).content.decode()
        for said in ("Claire Favre", SECRET, "Le plan avance", "Bilan de compétences", "Certificat"):
            assert said in text
        assert Entry.objects.filter(purpose="read a case file", cases=[case.pk]).exists()

    def test_what_is_hidden_is_not_there_and_says_why(self, bruno, case):
        text = bruno.browser().get(reverse("web:case-file", args=[case.pk])).content.decode()
        assert "Le plan avance" in text
        for secret in (SECRET, "Favre", "Montbrillant", case.person.avs_number):
            assert secret not in text
        assert "Masqué : la personne n’a pas autorisé" in text

    def test_the_same_number_of_queries_with_one_note_and_with_fifty(self, anne, case):
        def queries() -> int:
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(reverse("web:case-file", args=[case.pk])).status_code == 200
            return len(caught)

        browser = anne.browser()
        queries()
        few = queries()
        with acting_as(anne.actor):
            for number in range(50):
                add_note(
                    by=anne.actor,
                    case_id=case.pk,
                    text=f"Note {number}",
                    category=Category.PLAN,
                    audience=Audience.CIRCLE,
                )
        assert queries() == few


class TestPrint:
    def test_each_page_names_the_reader_her_house_and_the_day(self, anne, case):
        pdf = printed(anne, case)
        for page in pdf.pages:
            text = " ".join(page.extract_text().split())
            assert f"Copie de travail pour Anne Blanc, {anne.institution.name}" in text
            assert "copie de travail" in text
        count = len(pdf.pages)
        assert f"page 1 / {count}" in words_of(pdf)
        assert Entry.objects.filter(purpose="print a case file", cases=[case.pk], is_read=True).exists()

    def test_it_has_a_table_of_contents_labels_and_tags(self, anne, case):
        pdf = printed(anne, case)
        assert "Table des matières" in words_of(pdf)
        assert len(pdf.outline) >= len(CHAPTERS)
        assert pdf.page_labels[0] == "1"
        catalogue = pdf.trailer["/Root"]
        assert catalogue["/MarkInfo"]["/Marked"] == True  # noqa: E712
        assert "/StructTreeRoot" in catalogue
        assert catalogue["/Lang"] == "fr"
        metadata = catalogue["/Metadata"].get_data().decode()
        assert "pdfuaid" in metadata
        assert "pdfaid" in metadata

    def test_nothing_of_a_hidden_category_is_in_it(self, bruno, case):
        pdf = printed(bruno, case)
        text = words_of(pdf)
        assert "Le plan avance" in text
        assert "Bilan de compétences" in text
        for secret in (SECRET, "Favre", "Claire", "Montbrillant", case.person.avs_number, "1980"):
            assert secret not in text
        assert "Masqué" in text

    def test_what_was_revoked_is_not_printed_any_more(self, bruno, case):
        end_disclosures(
            Disclosure.objects.filter(recipient=bruno.institution).exclude(basis="party"), because="revoked"
        )
        assert "Le plan avance" not in words_of(printed(bruno, case))

    def test_words_are_data_and_not_typesetting(self, anne, case):
        with acting_as(anne.actor):
            add_note(
                by=anne.actor,
                case_id=case.pk,
                text='#panic("x") $ * _ \\ <b> @ref',
                category=Category.PLAN,
                audience=Audience.CIRCLE,
            )
        assert '#panic("x")' in words_of(printed(anne, case)).replace("”", '"').replace("“", '"')


class TestCopyWithDocuments:
    def ask(self, who, case) -> WorkingCopy:
        response = who.browser().post(reverse("web:case-copy", args=[case.pk]))
        assert response.status_code == 302
        return WorkingCopy.objects.get(user=who.user, ready_at=None)

    def made(self, who, case) -> WorkingCopy:
        copy = self.ask(who, case)
        with acting_as(WORKER):
            make_copy(copy.pk)
        copy.refresh_from_db()
        return copy

    def fetch(self, who, copy) -> object:
        return who.browser().get(reverse("web:working-copy-file", args=[copy.pk]))

    def test_the_documents_follow_each_under_its_cover_line(self, anne, case):
        filed(anne, case)
        copy = self.made(anne, case)
        assert copy.sentence == ""
        pdf = PdfReader(io.BytesIO(self.fetch(anne, copy).content))
        assert "Documents joints" in words_of(pdf)
        assert "Déposé par" in words_of(pdf)
        assert any(page.images for page in pdf.pages)
        assert Entry.objects.filter(subject_kind="document", purpose="print a case file").exists()
        assert Entry.objects.filter(verb="downloaded", cases=[case.pk]).exists()

    def test_a_document_that_one_may_not_see_is_not_joined(self, anne, bruno, case):
        filed(anne, case, "Rapport médical", Category.MEDICAL)
        copy = self.made(bruno, case)
        assert "Rapport médical" not in words_of(PdfReader(io.BytesIO(self.fetch(bruno, copy).content)))

    def test_a_document_that_was_not_found_clean_is_named_and_not_joined(self, anne, case):
        filed(anne, case)
        Document.objects.update(scan_state="pending")
        pdf = PdfReader(io.BytesIO(self.fetch(anne, self.made(anne, case)).content))
        assert "son examen n’est pas terminé" in words_of(pdf)
        assert not any(page.images for page in pdf.pages)

    def test_too_many_pages_are_refused_with_a_sentence(self, anne, case, monkeypatch):
        monkeypatch.setattr(printing, "MOST_PAGES", 0)
        filed(anne, case)
        copy = self.made(anne, case)
        assert copy.pdf is None
        page = anne.browser().get(reverse("web:working-copy", args=[copy.pk])).content.decode()
        assert "une copie en porte 0 au plus" in page

    def test_the_right_that_ended_meanwhile_counts(self, bruno, case):
        copy = self.ask(bruno, case)
        Disclosure.objects.filter(recipient=bruno.institution).update(
            valid_from=now() - timedelta(days=2), valid_until=now() - timedelta(days=1)
        )
        with acting_as(WORKER):
            make_copy(copy.pk)
        copy.refresh_from_db()
        assert (copy.pdf, copy.sentence) == (None, "Ce dossier ne vous est plus ouvert.")

    def test_only_its_requester_fetches_it(self, anne, case):
        copy = self.made(anne, case)
        colleague = scenarios.colleague(anne.institution)
        assert self.fetch(colleague, copy).status_code == 404
        assert self.fetch(anne, copy).status_code == 200
        with acting_as(colleague.actor):
            assert not WorkingCopy.objects.exists()

    def test_it_is_kept_for_a_day(self, anne, case):
        copy = self.made(anne, case)
        WorkingCopy.objects.update(expires_at=now() - timedelta(seconds=1))
        assert self.fetch(anne, copy).status_code == 404
        with acting_as(WORKER):
            assert forget_old_copies() == 1

    def test_asking_twice_makes_one(self, anne, case):
        assert self.ask(anne, case) == self.ask(anne, case)

    def test_a_worker_that_comes_twice_makes_it_once(self, anne, case):
        copy = self.made(anne, case)
        with acting_as(WORKER):
            make_copy(copy.pk)
        assert WorkingCopy.objects.get().ready_at == copy.ready_at
