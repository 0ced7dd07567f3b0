"""The form is a document that a person can read, hear and sign."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from accord.casework.cases.enums import Category
from accord.casework.consents.models import Consent
from accord.casework.consents.selectors import consent_for
from accord.casework.consents.services import print_form
from accord.kernel.database import acting_as
from accord.people.persons.models import Person
from casework.consents.situations import IDENTITY, WORK, Geneva
from scenarios import institution, opened_to


def printed(geneva: Geneva, consent: Consent, by=None) -> PdfReader:
    actor = (by or geneva.anne).actor
    with acting_as(actor):
        return PdfReader(BytesIO(print_form(by=actor, consent=consent_for(actor, consent.pk))))


def words(document: PdfReader) -> str:
    text = " ".join(page.extract_text() for page in document.pages)
    return re.sub(r"\s+", " ", text)


def test_it_says_all_that_an_authorisation_must_say(geneva):
    """National CII model and practice of social aid."""
    to = {geneva.anne.institution: IDENTITY, geneva.social: IDENTITY | WORK, geneva.employment: WORK}
    text = words(printed(geneva, geneva.prepared(to=to)))
    for said in (
        "Autorisation d’échanger des informations",
        "Claire Favre", "17.05.1980", "Rue de Montbrillant 40, 1201 Genève",
        "Qui donne des informations", "Qui les reçoit", "Hospice", "Office de l’emploi", "Anne Muller",
        "Identité et contact", "Votre nom, votre date de naissance",
        "But de l’échange : un plan commun",
        "Base légale", "plusieurs échanges", "finit le",
        "mois après la fin de la collaboration", "retirer votre accord à tout moment",
        "consulter votre dossier",
        "Lieu et date", "Signature de la personne", "représentant légal",
    ):  # fmt: skip
        assert said in text, said
    assert re.search(r"gardées \d+ mois", text)
    assert "{" not in text
    assert geneva.case.number in text


def test_the_wording_can_be_proved(geneva):
    consent = geneva.prepared()
    assert consent.text.sha256 in words(printed(geneva, consent)).replace(" ", "")


def test_it_is_tagged_and_says_its_language_and_title(geneva):
    document = printed(geneva, geneva.prepared(language="de"))
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata.title == f"Vollmacht zum Austausch von Informationen – {geneva.case.number}"
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp


def test_the_metadata_names_nobody(geneva):
    document = printed(geneva, geneva.prepared())
    assert "Favre" not in str(document.metadata)
    assert "Favre" not in document.trailer["/Root"]["/Metadata"].get_data().decode()


@pytest.mark.parametrize(
    ("language", "title"),
    [("de", "Vollmacht"), ("it", "Autorizzazione"), ("en", "Authorisation"), ("fr", "Autorisation")],
)
def test_it_speaks_her_language(geneva, language, title):
    text = words(printed(geneva, geneva.prepared(language=language)))
    assert title in text
    assert geneva.case.number in text


def test_what_the_law_opens_is_said_and_not_asked(geneva):
    opened_to(geneva.case, geneva.social, Category.CAPACITY)
    text = words(printed(geneva, geneva.prepared()))
    assert "Articles invoqués dans ce dossier : LACI art. 85f al. 3" in text


def test_a_representative_signs_with_her_name(geneva):
    Person.objects.filter(pk=geneva.case.person_id).update(
        representative_kind="guardian", representative_name="Paul Rey"
    )
    assert "Paul Rey (Curateur ou tuteur)" in words(printed(geneva, geneva.prepared()))


def test_who_may_not_know_her_name_prints_blanks(geneva):
    opened_to(geneva.case, geneva.social, Category.WORK)
    text = words(printed(geneva, geneva.prepared(by=geneva.sami), by=geneva.sami))
    assert "Favre" not in text
    assert "…………" in text


def test_words_of_people_are_never_instructions(geneva):
    hostile = '#read("/etc/passwd") $x$ *fort* \\ "]) #panic()'
    text = words(printed(geneva, geneva.prepared(purpose=hostile)))
    assert '#read("/etc/passwd") $x$ *fort*' in text


def test_many_institutions_still_fit(geneva):
    many = {institution("social_aid", name=f"Centre social de {n}"): IDENTITY | WORK for n in "ABCDEFGHIJK"}
    text = words(printed(geneva, geneva.prepared(to=many)))
    assert "Centre social de K" in text


def test_a_signature_on_the_screen_is_printed(geneva):
    text = words(printed(geneva, geneva.signed()))
    assert "Signée le" in text
    assert "Lieu et date" not in text.split("Signée le")[-1]
