"""The screens of the joint diagnosis, as those who write, read and differ meet them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import scenarios
from accord.casework.cases.enums import Category
from accord.casework.cases.models import Disclosure
from accord.casework.cases.services import end_disclosures, leave
from accord.casework.diagnosis.enums import Part
from accord.casework.diagnosis.models import Difference, Draft, Section, Version
from accord.casework.diagnosis.rules import Texts
from accord.foundation.journal.models import Entry
from accord.network.institutions.enums import Kind
from casework.diagnosis.situations import (
    SAID,
    act,
    arranged,
    claimed,
    differing,
    drafted,
    joined,
    signed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bruno(case):
    """Works for the employment office, to which work and identity are disclosed."""
    return joined(case, Kind.EMPLOYMENT_OFFICE, Category.IDENTITY, Category.WORK)


def panel(who, case):
    return who.browser().get(f"{reverse('web:case', args=[case.pk])}?panneau=diagnostic")


def typed(version: int = 0, page: str = "", **texts: str) -> dict[str, object]:
    """The form of a part as a browser would send it."""
    said = SAID.by_prompt() | texts
    return {**said, "readers": "circle", "version": version, "submission": page or uuid4().hex}


def at(name: str, thing: object) -> str:
    return reverse(f"diagnosis:{name}", args=[thing.pk])


def test_the_page_shows_each_part_as_far_as_it_is_disclosed(anne, bruno, case):
    sections = arranged(anne, case, list(Part), work=bruno, finances=anne)
    signed(bruno, sections["work"])
    signed(anne, sections["finances"], Texts("Deux poursuites."))
    page = panel(bruno, case).text
    assert "Douze ans de logistique." in page and "Deux poursuites." not in page
    assert "Masqué" in page and "Situation financière" in page
    assert page.count('class="section diagnosis-part"') == 7
    assert "2 parties signées sur 7 nécessaires." in page


def test_an_empty_diagnosis_says_what_to_do(anne, bruno, case):
    assert "Répartir le diagnostic" in panel(anne, case).text
    others = panel(bruno, case).text
    assert "Pas encore réparti" in others and "Répartir le diagnostic" not in others


def test_the_lead_arranges_by_a_form(anne, bruno, case):
    sent = {"needed": ["work", "person"], "holder_work": str(bruno.institution.pk)}
    answer = anne.browser().post(reverse("diagnosis:parts", args=[case.pk]), sent)
    assert answer.url.endswith("?panneau=diagnostic")
    assert Section.objects.get(part="work").holder == bruno.institution
    page = anne.browser().get(reverse("diagnosis:parts", args=[case.pk])).text
    assert page.count("checked") == 2 and "selected" in page


def test_what_may_not_be_entrusted_is_said_beside_the_field(anne, bruno, case):
    sent = {"needed": ["social"], "holder_social": str(bruno.institution.pk)}
    answer = anne.browser().post(reverse("diagnosis:parts", args=[case.pk]), sent)
    assert answer.status_code == 422 and "n’a pas autorisé cette institution" in answer.text
    assert not Section.objects.exists()


def test_only_the_lead_reaches_the_arrangement(bruno, case):
    assert bruno.browser().get(reverse("diagnosis:parts", args=[case.pk])).status_code == 403


def test_a_part_is_taken_by_one_click(bruno, case):
    address = reverse("diagnosis:claim", args=[case.pk, "work"])
    assert bruno.browser().post(address).url.endswith("#partie-work")
    assert Section.objects.get().holder == bruno.institution
    assert bruno.browser().post(reverse("diagnosis:claim", args=[case.pk, "astrology"])).status_code == 404


def test_from_the_empty_form_to_the_signature(anne, bruno, case):
    section, client = claimed(bruno, case), bruno.browser()
    assert "Ce que l’on sait" in client.get(at("section", section)).text
    answer = client.post(at("signature", section), typed())
    assert answer.url.endswith("?panneau=diagnostic#partie-work")
    assert Version.objects.get().texts == SAID
    assert "Douze ans de logistique." in panel(anne, case).text


def test_a_double_click_signs_once(bruno, case):
    section, client, form = claimed(bruno, case), bruno.browser(), typed()
    for _click in range(2):
        assert client.post(at("signature", section), form).status_code == 302
    assert Version.objects.count() == 1


def test_nothing_is_signed_empty_and_the_error_stands_beside_the_field(bruno, case):
    section = claimed(bruno, case)
    empty = typed(known="", helps="", hinders="", needed="")
    answer = bruno.browser().post(at("signature", section), empty)
    assert answer.status_code == 422 and "Écrivez d’abord quelque chose." in answer.text


def test_the_page_keeps_the_draft_by_itself(bruno, case):
    section, client, form = claimed(bruno, case), bruno.browser(), typed(page=uuid4().hex)
    kept = client.post(at("section", section), form | {"by_itself": "1"})
    assert "Brouillon enregistré à" in kept.text and 'value="1"' in kept.text
    later = client.post(at("section", section), form | {"known": "Plus long."})
    assert later.status_code == 302 and Draft.objects.get().known == "Plus long."


def test_a_lost_connection_loses_nothing(bruno, case):
    """The answer to what the page saved by itself never came: the page still holds the old version."""
    section, client, page = claimed(bruno, case), bruno.browser(), uuid4().hex
    client.post(at("section", section), typed(page=page) | {"by_itself": "1"})
    answer = client.post(at("signature", section), typed(page=page, known="Écrit pendant la coupure."))
    assert answer.status_code == 302
    assert Version.objects.get().known == "Écrit pendant la coupure."


def test_two_colleagues_at_once_see_both_versions(bruno, case):
    section = claimed(bruno, case)
    drafted(scenarios.colleague(bruno.institution, last_name="Moret"), section, Texts("Le texte de Moret."))
    client = bruno.browser()
    by_itself = client.post(at("section", section), typed() | {"by_itself": "1"})
    assert "Enregistrez pour voir les deux versions" in by_itself.text
    for name in ("section", "signature"):
        answer = client.post(at(name, section), typed())
        assert answer.status_code == 409
        assert "Le texte de Moret." in answer.text and "Douze ans de logistique." in answer.text
        assert "Moret" in answer.text
    assert not Version.objects.exists()
    assert client.post(at("section", section), typed(version=1)).status_code == 302


def lose(what: str, anne, bruno, case, section) -> None:
    if what == "removed":
        act(bruno, leave, case_id=case.pk)
    elif what == "reassigned":
        arranged(anne, case, work=anne)


@pytest.mark.parametrize(
    ("what", "sentence"),
    [("removed", "ne participe pas à ce dossier"), ("reassigned", "Votre texte reste sur cette page")],
)
def test_the_text_stays_on_the_page_of_who_may_write_no_more(anne, bruno, case, what, sentence):
    section = claimed(bruno, case)
    lose(what, anne, bruno, case, section)
    client = bruno.browser()
    for name in ("section", "signature"):
        answer = client.post(at(name, section), typed(known="Un long texte."))
        assert answer.status_code == 422
        assert sentence in answer.text and "Un long texte." in answer.text
    kept = client.post(at("section", section), typed() | {"by_itself": "1"})
    assert sentence in kept.text and "Brouillon enregistré" not in kept.text
    assert client.get(at("section", section)).status_code == 403
    assert not Version.objects.exists()


def test_when_the_authorisation_is_narrowed_the_text_is_kept_and_the_page_says_why(bruno, case):
    section = claimed(bruno, case)
    end_disclosures(
        Disclosure.objects.filter(recipient=bruno.institution, categories__gt=0), because="narrowed"
    )
    client = bruno.browser()
    kept = client.post(at("section", section), typed() | {"by_itself": "1"})
    assert "Brouillon enregistré" in kept.text and "n’autorise plus" in kept.text
    answer = client.post(at("signature", section), typed(version=1, known="Un long texte."))
    assert answer.status_code == 422
    assert "n’autorise plus" in answer.text and "Un long texte." in answer.text
    assert Draft.objects.get().known == "Un long texte."


def test_a_different_view_is_noted_answered_and_settled(anne, bruno, case):
    section = claimed(bruno, case)
    signed(bruno, section)
    sent = {"text": "Nous voyons cela autrement.", "audience": "circle"}
    assert anne.browser().post(at("differences", section), sent).url.endswith("#partie-work")
    difference = Difference.objects.get()
    assert "Nous voyons cela autrement." in panel(bruno, case).text
    bruno.browser().post(at("answer", difference), {"text": "Nous le précisons."})
    assert "Nous le précisons." in panel(anne, case).text
    anne.browser().post(at("settlement", difference))
    assert "réglée" in panel(bruno, case).text and "à régler" not in panel(bruno, case).text


def test_a_difference_on_a_hidden_part_does_not_exist(anne, bruno, case):
    section = arranged(anne, case, [Part.FINANCES], finances=anne)["finances"]
    signed(anne, section)
    other = joined(case, Kind.SOCIAL_AID, Category.FINANCES)
    difference = differing(other, section)
    client = bruno.browser()
    assert client.post(at("settlement", difference)).status_code == 404
    assert client.get(at("answer", difference)).status_code == 404
    assert client.get(at("differences", section)).status_code == 403


def test_earlier_versions_show_what_changed(bruno, case):
    section = claimed(bruno, case)
    signed(bruno, section)
    signed(bruno, section, Texts("Quinze ans de logistique.", SAID.helps, "", SAID.needed))
    page = bruno.browser().get(at("versions", section)).text
    assert "Version 2" in page and "Version 1" in page
    assert page.count("<ins>") == 1 and page.count("<del>") == 2
    assert "ajouté" in page and "supprimé" in page


def test_versions_that_one_may_not_read_do_not_exist(anne, bruno, case):
    section = arranged(anne, case, [Part.FINANCES], finances=anne)["finances"]
    signed(anne, section)
    assert bruno.browser().get(at("versions", section)).status_code == 404


def test_the_sheet_prints_what_one_may_read_and_names_the_rest(anne, bruno, case):
    sections = arranged(anne, case, [Part.WORK, Part.FINANCES], work=bruno, finances=anne)
    signed(bruno, sections["work"])
    signed(anne, sections["finances"], Texts("Deux poursuites."))
    page = bruno.browser().get(reverse("diagnosis:sheet", args=[case.pk])).text
    assert "Douze ans de logistique." in page and "Deux poursuites." not in page and "Masqué" in page
    read = Entry.objects.filter(verb="read", subject_kind="diagnosis", subject_id=case.pk)
    assert read.count() == 1


def test_hostile_text_is_shown_as_text(bruno, case):
    section = claimed(bruno, case)
    signed(bruno, section, Texts("<script>alert(1)</script>"))
    assert "<script>alert(1)" not in panel(bruno, case).text
    assert "&lt;script&gt;alert(1)" in panel(bruno, case).text


@pytest.mark.parametrize("version", ["", "x", "99999999999999999999"])
def test_a_version_that_cannot_be_read_is_refused(bruno, case, version):
    section = claimed(bruno, case)
    answer = bruno.browser().post(at("section", section), typed() | {"version": version})
    assert answer.status_code in (409, 422)


def test_the_panel_asks_as_often_whatever_is_written(anne, bruno, case):
    address = f"{reverse('web:case', args=[case.pk])}?panneau=diagnostic"
    client = anne.browser()
    client.get(address)
    with CaptureQueriesContext(connection) as empty:
        client.get(address)
    sections = arranged(anne, case, list(Part), **dict.fromkeys(Part, anne))
    for section in sections.values():
        signed(anne, section)
    for number in range(12):
        differing(bruno, sections["work"], f"Avis {number}")
    with CaptureQueriesContext(connection) as full:
        client.get(address)
    assert len(full) <= len(empty) + 1


def test_the_timeline_says_which_part_was_signed(anne, bruno, case):
    signed(bruno, claimed(bruno, case))
    page = anne.browser().get(f"{reverse('web:case', args=[case.pk])}?panneau=fil").text
    line = page[page.index("Partie du diagnostic signée") :][:400]
    assert "Travail" in line
