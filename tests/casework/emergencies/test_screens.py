"""Act in an emergency through the screens: say, confirm, read, end, review, and the letter."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from accord.casework.cases.enums import Category
from accord.casework.emergencies.models import EmergencyAccess
from accord.foundation.journal.models import Entry
from casework.emergencies.conftest import SENTENCE
from furnishing.emergencies import access_to

pytestmark = pytest.mark.django_db
OPENING = "/urgences/"


def typed(scene, **changes: object) -> dict[str, object]:
    return {
        "number": scene.case.number,
        "reason": "health",
        "explanation": SENTENCE,
        "categories": [int(Category.IDENTITY)],
        "hours": 4,
    } | changes


class TestOpening:
    def test_the_first_form_opens_nothing_and_says_what_will_happen(self, scene):
        text = scene.social.browser().post(OPENING, typed(scene)).content.decode()
        for said in ("Qui est averti", "La personne elle-même", "Ouvrir en urgence", SENTENCE):
            assert said in text
        assert scene.lead.institution.name not in text
        assert not EmergencyAccess.objects.exists()

    def test_confirmed_it_leads_to_the_case_which_says_so_on_each_page(self, scene):
        browser = scene.social.browser()
        answer = browser.post(OPENING, typed(scene, confirmed="yes"))
        address = reverse("web:case", args=[scene.case.pk])
        assert (answer.status_code, answer.headers["Location"]) == (302, address)
        for page in (address, reverse("web:case-file", args=[scene.case.pk])):
            assert "Vous lisez ce dossier en urgence jusqu’au" in browser.get(page).content.decode()
        assert "Accès en urgence" in browser.get(f"{address}?panneau=fil").content.decode()

    def test_unknown_numbers_answer_the_same_before_and_after_confirming(self, scene):
        browser = scene.social.browser()
        first = browser.post(OPENING, typed(scene, number="CII-INCONNU"))
        assert "Ouvrir en urgence" in first.content.decode()
        second = browser.post(OPENING, typed(scene, number="CII-INCONNU", confirmed="yes"))
        assert second.status_code == 422
        assert "Aucun dossier en cours" in second.content.decode()
        assert SENTENCE in second.content.decode(), "what was typed is kept"

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"categories": []}, "Choisissez au moins une sorte de données."),
            ({"medical": "on"}, "pourquoi il vous faut les données médicales"),
            ({"explanation": "court"}, "20"),
            ({"hours": 1_000}, "1000"),
            ({"categories": [1 << 40]}, "1099511627776"),
        ],
    )
    def test_errors_stand_beside_their_field(self, scene, changes, sentence):
        answer = scene.social.browser().post(OPENING, typed(scene, confirmed="yes", **changes))
        assert answer.status_code == 422
        assert sentence in answer.content.decode().replace("\xa0", " ").replace("’", "’")
        assert not EmergencyAccess.objects.exists()

    def test_a_double_click_opens_once(self, scene):
        browser = scene.social.browser()
        form = typed(scene, confirmed="yes", submission="0" * 32)
        assert [browser.post(OPENING, form).status_code for _ in range(2)] == [302, 302]
        assert EmergencyAccess.objects.count() == 1


class TestAfterwards:
    def test_whoever_looked_ends_it(self, scene):
        access = scene.opened()
        browser = scene.social.browser()
        browser.post(reverse("emergencies:ending", args=[access.pk]))
        assert browser.get(reverse("web:case", args=[scene.case.pk])).status_code == 404
        text = browser.get(reverse("emergencies:access", args=[access.pk])).content.decode()
        assert "Terminé avant l’heure" in text

    def test_the_officer_finds_it_with_its_clock_and_reviews_it(self, scene):
        access = scene.opened()
        browser = scene.officer.browser()
        listed = browser.get(reverse("emergencies:reviews")).content.decode()
        assert access.case_number in listed
        assert "dans 7 jours" in listed.replace("\xa0", " ")
        review = reverse("emergencies:review", args=[access.pk])
        assert browser.post(review, {"outcome": "justified", "review": "oui"}).status_code == 422
        assert browser.post(review, {"outcome": "justified", "review": SENTENCE}).status_code == 302
        assert access.case_number not in browser.get(reverse("emergencies:reviews")).content.decode()
        reviewed = browser.get(reverse("emergencies:reviews") + "?etat=reviewed").content.decode()
        assert access.case_number in reviewed
        assert browser.get(review).status_code == 403

    def test_the_colleague_who_looked_may_not_review(self, scene):
        access = scene.opened()
        answer = scene.social.browser().get(reverse("emergencies:review", args=[access.pk]))
        assert answer.status_code == 403

    def test_the_list_asks_the_same_with_one_and_with_fifty(self, scene):
        def queries() -> int:
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(reverse("emergencies:reviews")).status_code == 200
            return len(caught)

        browser = scene.officer.browser()
        access_to(scene.case, scene.social.institution, scene.social.user)
        queries()
        few = queries()
        for _ in range(20):
            access_to(scene.case, scene.social.institution, scene.social.user)
        assert queries() == few

    def test_looking_at_it_is_journalled(self, scene):
        access = scene.opened()
        scene.lead_officer.browser().get(reverse("emergencies:access", args=[access.pk]))
        entry = Entry.objects.get(subject_kind="emergency", is_read=True)
        assert (entry.user_id, entry.purpose) == (scene.lead_officer.user.pk, "look at an emergency access")


class TestLetter:
    def test_the_lead_tells_the_person_in_plain_words(self, scene):
        access = scene.opened()
        answer = scene.lead.browser().get(reverse("emergencies:letter", args=[access.pk]))
        assert "Favre" not in answer.headers["Content-Disposition"]
        pdf = PdfReader(io.BytesIO(answer.content))
        text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
        for said in (
            "Claire Favre",
            scene.social.institution.name,
            scene.social.user.name,
            SENTENCE,
            "Ce que vous pouvez faire",
        ):
            assert said in text
        assert "/StructTreeRoot" in pdf.trailer["/Root"]

    def test_nobody_else_prints_it(self, scene):
        access = scene.opened()
        address = reverse("emergencies:letter", args=[access.pk])
        assert scene.social.browser().get(address).status_code == 403
