"""Letters: issued by a participant, shown once, kept as digests, revoked."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from django.urls import reverse

from accord.casework.cases.models import Case
from accord.casework.window.models import Code, Letter
from accord.casework.window.rules import ALPHABET, grouped
from accord.casework.window.services import issue_letter, revoke_letter
from accord.foundation.journal.models import Entry
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from casework.window.situations import Window
from scenarios import colleague, draft


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def issue(window: Window, addressee: str = "person") -> tuple[Letter, bytes]:
    with acting_as(window.anne.actor):
        return issue_letter(by=window.anne.actor, case_id=window.case.pk, addressee=addressee)


def test_a_letter_holds_the_codes_and_the_database_does_not(window):
    letter, pdf = issue(window)
    text = text_of(pdf)
    assert grouped(letter.number) in text and "Claire Favre" in text and "Rue de Montbrillant 40" in text
    sign = f"[{ALPHABET}]{{4}}"
    codes = set(re.findall(f"{sign} {sign}", text)) - {grouped(letter.number)}
    assert len(codes) == 6
    assert len(pypdfium2.PdfDocument(io.BytesIO(pdf))) == 1
    kept = set(Code.objects.filter(letter=letter).values_list("digest", flat=True))
    assert len(kept) == 6 and all(len(digest) == 64 for digest in kept)
    assert b"/MarkInfo" in pdf or b"StructTreeRoot" in pdf


def test_it_is_written_in_the_persons_language(window):
    window.case.person.language = "de"
    window.case.person.save()
    letter, _pdf = issue(window)
    assert letter.language == "de"


def test_a_new_letter_ends_the_one_before(window):
    issue(window)
    window.letter.refresh_from_db()
    assert window.letter.revoked_at is not None


def test_without_birth_date_nobody_could_enter(window):
    window.case.person.birth_date = ""
    window.case.person.save()
    with pytest.raises(Refused, match="date de naissance"):
        issue(window)


def test_a_representative_receives_it_when_there_is_one(window):
    with pytest.raises(Refused, match="Aucun représentant"):
        issue(window, "representative")
    person = window.case.person
    person.representative_kind, person.representative_name = "guardian", "Paul Rey"
    person.save()
    _letter, pdf = issue(window, "representative")
    text = text_of(pdf)
    assert "Paul Rey" in text and "Claire Favre" in text


def test_only_a_participant_issues_it_and_not_for_a_draft(window):
    with acting_as(window.sami.actor), pytest.raises(Case.DoesNotExist):
        issue_letter(by=window.sami.actor, case_id=window.case.pk, addressee="person")
    anne = colleague(window.anne.institution)
    prepared = draft(anne)
    with acting_as(anne.actor), pytest.raises(Refused, match="en préparation"):
        issue_letter(by=anne.actor, case_id=prepared.pk, addressee="person")


def test_issuing_and_revoking_are_journalled(window):
    letter, _pdf = issue(window)
    with acting_as(window.anne.actor):
        revoke_letter(by=window.anne.actor, letter_id=letter.pk)
        revoke_letter(by=window.anne.actor, letter_id=letter.pk)
    verbs = Entry.objects.filter(subject_kind="code letter", subject_id=letter.pk).values_list(
        "verb", flat=True
    )
    assert sorted(verbs) == ["issued", "revoked"]


def test_the_pdf_is_given_once_under_a_name_that_says_nothing(window):
    client = window.anne.browser()
    response = client.post(reverse("window:letters", args=[window.case.pk]), {"addressee": "person"})
    assert response["Content-Type"] == "application/pdf"
    assert "Favre" not in response["Content-Disposition"] and "no-store" in response["Cache-Control"]
    assert b"%PDF" not in client.get(reverse("window:letters", args=[window.case.pk])).content


def test_the_case_page_shows_the_letters(window):
    page = window.anne.browser().get(f"{reverse('web:case', args=[window.case.pk])}?panneau=institutions")
    assert window.letter.number in page.content.decode()
