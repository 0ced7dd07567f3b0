"""The screens of rapprochements, as a caseworker goes through them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accord.kernel.clock import today
from accord.network.institutions.enums import Kind
from accord.people.matching.models import Merge, Pair, Question
from accord.people.matching.services import compare_with_the_house, keep_fingerprints
from accord.people.persons.models import InstitutionFile, Person
from scenarios import avs_number, colleague, person, programmes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programmes():
    programmes()


@pytest.fixture
def anne():
    return colleague(kind=Kind.AI_OFFICE)


@pytest.fixture
def claire(anne):
    return person(anne.institution, avs_number=avs_number())


@pytest.fixture
def twin(anne):
    return person(anne.institution, "Favre-Rey", "Claire", avs_number=avs_number())


def comparison(one, other, name="compare") -> str:
    return reverse(f"matching:{name}", args=[one.pk, other.pk])


def open_file_on(about) -> None:
    InstitutionFile.objects.create(person=about, institution=about.institution, opened_on=today())
    keep_fingerprints([about])


def test_the_list_says_who_and_why(anne, claire):
    person(anne.institution, "Claire", "Favre")
    compare_with_the_house(claire.pk)
    page = anne.browser().get(reverse("matching:pairs")).content.decode()
    assert "nom et prénom intervertis, date de naissance identique" in page
    assert "probable" in page


def test_an_empty_list_says_what_will_fill_it(anne):
    assert "Aucun doublon à examiner" in anne.browser().get(reverse("matching:pairs")).content.decode()


def test_the_list_asks_as_many_questions_with_many_pairs(anne, claire, django_assert_max_num_queries):
    browser = anne.browser()
    for number in (1, 8):
        for _ in range(number):
            person(anne.institution)
        for about in Person.objects.all():
            compare_with_the_house(about.pk)
        with django_assert_max_num_queries(16):
            assert browser.get(reverse("matching:pairs")).status_code == 200
    assert Pair.objects.count() > 30


def test_contradictory_numbers_stand_side_by_side_and_nothing_is_chosen_beforehand(anne, claire, twin):
    page = anne.browser().get(comparison(claire, twin)).content.decode()
    assert page.count('name="avs_number"') == 2
    assert "checked" not in page
    assert "Favre-Rey (celle qui est réunie)" in page


def test_an_open_question_is_asked_again_and_what_was_typed_stays(anne, claire, twin):
    response = anne.browser().post(
        comparison(claire, twin), {"reason": "Passeport vu", "family_name": "gone", "read": "1-1"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Les deux enregistrements se contredisent" in page
    assert 'value="Passeport vu"' in page
    assert not Merge.objects.exists()


def test_merged_and_undone_through_the_screens(anne, claire, twin):
    browser = anne.browser()
    decided = {"reason": "Passeport vu", "family_name": "gone", "avs_number": "kept", "read": "1-1"}
    response = browser.post(comparison(claire, twin), decided, follow=True)
    assert response.redirect_chain == [(reverse("persons:show", args=[claire.pk]), 302)]
    assert "Claire Favre-Rey" in response.content.decode()
    assert browser.get(comparison(claire, twin)).status_code == 404
    merge = Merge.objects.get()
    assert "Passeport vu" in browser.get(reverse("matching:merges")).content.decode()
    undoing = reverse("matching:undo", args=[merge.pk])
    assert "redeviennent exactement" in browser.get(undoing).content.decode()
    assert "de nouveau là" in browser.post(undoing, follow=True).content.decode()
    assert browser.post(undoing).status_code == 422
    assert Person.objects.filter(merged_into=None).count() == 2


def test_what_was_corrected_since_is_said_before_undoing(anne, claire, twin):
    browser = anne.browser()
    browser.post(
        comparison(claire, twin), {"reason": "Vu", "family_name": "gone", "avs_number": "kept", "read": "1-1"}
    )
    Person.objects.filter(pk=claire.pk).update(phone="022 418 40 00", version=3)
    page = browser.get(reverse("matching:undo", args=[Merge.objects.get().pk])).content.decode()
    assert "gardé tel quel" in page
    assert "Téléphone" in page


def test_two_files_are_refused_with_what_to_do(anne, claire, twin):
    open_file_on(claire)
    open_file_on(twin)
    decided = {"reason": "Vu", "family_name": "gone", "avs_number": "kept", "read": "1-1"}
    response = anne.browser().post(comparison(claire, twin), decided)
    assert response.status_code == 422
    assert "il faut d’abord en fermer un" in response.content.decode()


def test_two_persons_are_told_apart_and_doubted_again(anne, claire, twin):
    browser = anne.browser()
    page = browser.post(comparison(claire, twin, "apart"), follow=True).content.decode()
    assert "Reconnues comme distinctes" in page
    assert anne.user.name in browser.get(comparison(twin, claire)).content.decode()
    browser.post(comparison(twin, claire, "again"))
    assert Pair.objects.get().dismissed_at is None


def test_the_answer_is_one_sentence_shown_once_and_leads_to_the_authorisation(anne, claire):
    bruno = colleague(kind=Kind.SOCIAL_AID)
    theirs = person(bruno.institution, avs_number=claire.avs_number)
    for about in (claire, theirs):
        open_file_on(about)
    browser, here = anne.browser(), reverse("matching:person", args=[claire.pk])
    page = browser.post(reverse("matching:ask", args=[claire.pk]), follow=True).content.decode()
    assert "suit aussi cette personne" in page
    assert f"{reverse('referrals:start')}?person={claire.pk}" in page
    assert bruno.institution.short_name not in page
    assert "suit aussi cette personne" not in browser.get(here).content.decode()


def test_a_double_click_is_one_question(anne, claire):
    open_file_on(claire)
    browser, token = anne.browser(), "0" * 31 + "1"
    for _ in range(2):
        browser.post(reverse("matching:ask", args=[claire.pk]), {"submission": token})
    assert Question.objects.count() == 1


def test_without_a_file_one_is_told_to_open_one(anne, claire):
    response = anne.browser().post(reverse("matching:ask", args=[claire.pk]))
    assert (response.status_code, Question.objects.count()) == (422, 1)
    assert "Ouvrez d’abord un dossier" in response.content.decode()


def test_too_many_questions_are_refused_and_kept(anne, claire, settings):
    settings.ACCORD_FOLLOW_UP_QUESTIONS = (0, 0, 0)
    open_file_on(claire)
    response = anne.browser().post(reverse("matching:ask", args=[claire.pk]))
    assert (response.status_code, Question.objects.get().verdict) == (429, "refused")
    assert "trop de questions" in response.content.decode()


def test_who_merges_what_a_colleague_has_just_corrected_reads_again_first(anne, claire, twin):
    Person.objects.filter(pk=twin.pk).update(phone="022 418 40 00", version=2)
    browser = anne.browser()
    decided = {"reason": "Passeport vu", "family_name": "gone", "avs_number": "kept"}
    response = browser.post(comparison(claire, twin), decided | {"read": "1-1"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "relisez avant de réunir" in page
    assert "022 418 40 00" in page
    assert 'name="read" value="1-2"' in page
    assert 'value="Passeport vu"' in page
    assert browser.post(comparison(claire, twin), decided | {"read": "1-2"}).status_code == 302
