"""The screens about persons: who gets in, and what happens to what is typed."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from accord.foundation.journal.models import Entry
from accord.kernel.clock import today
from accord.network.institutions.enums import Kind, Role
from accord.people.persons.models import InstitutionFile, Person
from scenarios import avs_number, colleague, institution, person

pytestmark = pytest.mark.django_db

CLAIRE = {
    "family_name": "Favre",
    "given_names": "Claire",
    "birth_date": "17.05.1980",
    "sex": "2",
    "nationality": "CH",
    "language": "fr",
    "postal_code": "1201",
    "city": "Genève",
    "contact_way": "letter",
}


@pytest.fixture
def anne():
    return colleague()


@pytest.fixture
def claire(anne):
    return person(anne.institution)


@pytest.fixture
def file(anne, claire):
    return InstitutionFile.objects.create(
        person=claire, institution=anne.institution, number="21.4711", opened_on=today()
    )


def screens(claire: Person, file: InstitutionFile) -> list[str]:
    return [
        reverse("persons:list"),
        reverse("persons:register"),
        reverse("persons:show", args=[claire.pk]),
        reverse("persons:correct", args=[claire.pk]),
        reverse("persons:file-opening", args=[claire.pk]),
        reverse("persons:file-closing", args=[claire.pk, file.pk]),
    ]


def test_a_visitor_is_led_to_the_sign_in_page(client, claire, file):
    for url in screens(claire, file):
        response = client.get(url)
        assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login")), url


def test_whoever_works_on_cases_opens_every_screen(anne, claire, file):
    browser = anne.browser()
    for url in screens(claire, file):
        assert browser.get(url).status_code == 200, url


def test_another_institution_finds_nothing_there(claire, file):
    browser = colleague().browser()
    for url in screens(claire, file)[2:]:
        assert browser.get(url).status_code == 404, url
        assert browser.post(url, CLAIRE).status_code in (404, 405), url


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DATA_PROTECTION])
def test_a_role_without_cases_is_refused_with_a_sentence(role, anne, claire, file):
    browser = colleague(anne.institution, role).browser()
    for url in screens(claire, file):
        response = browser.get(url)
        assert response.status_code == 403, url
        assert "Votre rôle ne donne pas accès" in response.content.decode()


def test_a_person_is_registered_and_her_page_shown(anne):
    number = avs_number()
    response = anne.browser().post(reverse("persons:register"), CLAIRE | {"avs_number": number}, follow=True)
    claire = Person.objects.get()
    assert response.redirect_chain == [(reverse("persons:show", args=[claire.pk]), 302)]
    page = response.content.decode()
    assert "Claire Favre" in page
    assert "17.05.1980" in page
    assert f"{reverse('referrals:start')}?person={claire.pk}" in page
    assert number[:12] not in response.redirect_chain[0][0]


def test_what_was_typed_stays_and_the_error_stands_beside_its_field(anne):
    response = anne.browser().post(
        reverse("persons:register"), CLAIRE | {"avs_number": "756.9217.0769.86", "street": "Rue du Lac 3"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "chiffre de contrôle" in page
    assert 'value="Rue du Lac 3"' in page
    assert not Person.objects.exists()


def test_the_preferred_contact_is_asked_for(anne):
    response = anne.browser().post(reverse("persons:register"), CLAIRE | {"contact_way": "phone"})
    assert "indiquez comment" in response.content.decode()


HOSTILE = [
    "<script>alert(1)</script>",
    "'; drop table persons_person; --",
    "{{ request.user }}",
    "../../etc/passwd",
    "%s %(x)s",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_kept_as_text_and_shown_as_text(anne, name):
    browser = anne.browser()
    response = browser.post(reverse("persons:register"), CLAIRE | {"family_name": name}, follow=True)
    assert Person.objects.get().family_name == name
    assert "<script>alert" not in response.content.decode()
    listed = browser.post(reverse("persons:list"), {"called": name}, follow=True)
    assert listed.status_code == 200
    assert "<script>alert" not in listed.content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("family_name", "F" * 5000),
        ("family_name", "Fa\x00vre"),
        ("given_names", "Cl\u202eaire"),
        ("sex", "<b>"),
        ("language", "../fr"),
        ("canton", "ZZ"),
        ("nationality", "XXX"),
        ("birth_date", "99.99.9999"),
    ],
)
def test_impossible_input_is_refused_without_breaking(anne, field, typed):
    response = anne.browser().post(reverse("persons:register"), CLAIRE | {field: typed})
    assert response.status_code == 422
    assert not Person.objects.exists()


def test_a_double_click_registers_once(anne):
    browser, token = anne.browser(), str(uuid.uuid4())
    for _ in range(2):
        browser.post(reverse("persons:register"), CLAIRE | {"submission": token})
    assert Person.objects.count() == 1


def test_a_possible_twin_is_shown_before_anything_is_kept(anne):
    known = person(anne.institution, "Favre", "Clair", birth_date="1980-05-17", avs_number=avs_number())
    browser = anne.browser()
    response = browser.post(reverse("persons:register"), CLAIRE)
    page = response.content.decode()
    assert response.status_code == 422
    assert "peut-être déjà connue" in page
    assert reverse("persons:show", args=[known.pk]) in page
    assert "Enregistrer quand même" in page
    assert Person.objects.count() == 1
    browser.post(reverse("persons:register"), CLAIRE | {"is_another": "on"})
    assert Person.objects.count() == 2


def test_the_person_of_another_institution_warns_of_nothing(anne):
    person(institution(), "Favre", "Claire", birth_date="1980-05-17")
    anne.browser().post(reverse("persons:register"), CLAIRE)
    assert Person.objects.filter(institution=anne.institution).count() == 1


def test_an_institution_without_the_right_is_not_asked_for_the_avs_number():
    employer = colleague(institution(Kind.EMPLOYER, may_hold_avs=False)).browser()
    assert "avs_number" not in employer.get(reverse("persons:register")).content.decode()
    employer.post(reverse("persons:register"), CLAIRE | {"avs_number": avs_number()})
    assert Person.objects.get().avs_number == ""


def test_a_minor_without_representative_is_worth_a_word_and_no_more(anne):
    born = f"{today().year - 10}"
    page = anne.browser().post(reverse("persons:register"), CLAIRE | {"birth_date": born}, follow=True)
    assert "La personne est mineure" in page.content.decode()


def test_correcting_a_person(anne, claire):
    url = reverse("persons:correct", args=[claire.pk])
    browser = anne.browser()
    assert 'value="17.05.1980"' in browser.get(url).content.decode()
    browser.post(url, CLAIRE | {"version": 1, "city": "Carouge"})
    claire.refresh_from_db()
    assert (claire.city, claire.version) == ("Carouge", 2)


def test_the_slower_of_two_colleagues_sees_both_versions_and_may_save_hers(anne, claire):
    url = reverse("persons:correct", args=[claire.pk])
    faster, slower = anne.browser(), colleague(anne.institution).browser()
    faster.post(url, CLAIRE | {"version": 1, "city": "Carouge"})
    response = slower.post(url, CLAIRE | {"version": 1, "city": "Meyrin", "needs_interpreter": "on"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Carouge" in page
    assert "Meyrin" in page
    slower.post(url, CLAIRE | {"version": 2, "city": "Meyrin", "needs_interpreter": "on"})
    claire.refresh_from_db()
    assert (claire.city, claire.needs_interpreter, claire.version) == ("Meyrin", True, 3)


def test_a_file_is_opened_and_closed(anne, claire):
    browser, page = anne.browser(), reverse("persons:show", args=[claire.pk])
    browser.post(
        reverse("persons:file-opening", args=[claire.pk]), {"number": "21.4711", "opened_on": "01.02.2026"}
    )
    file = InstitutionFile.objects.get()
    assert "21.4711" in browser.get(page).content.decode()
    closing = reverse("persons:file-closing", args=[claire.pk, file.pk])
    early = browser.post(closing, {"closed_on": "31.01.2026"})
    assert early.status_code == 422
    assert "avant d’être ouvert" in early.content.decode()
    browser.post(closing, {"closed_on": "03.02.2026", "reason": "Déménagement"})
    file.refresh_from_db()
    assert file.closed_on.isoformat() == "2026-02-03"
    assert browser.get(closing).status_code == 403


def test_a_second_open_file_is_refused_with_a_sentence(anne, claire, file):
    response = anne.browser().post(
        reverse("persons:file-opening", args=[claire.pk]), {"number": "2", "opened_on": "01.02.2026"}
    )
    assert "déjà un dossier ouvert" in response.content.decode()


def test_the_list_shows_ones_own_persons_and_finds_them_by_name(anne, claire):
    person(anne.institution, "Müller", "Jean-Pierre")
    person(institution(), "Muller", "Ailleurs")
    browser = anne.browser()
    everybody = browser.get(reverse("persons:list")).content.decode()
    assert "Favre Claire" in everybody
    assert "Müller Jean-Pierre" in everybody
    assert "Ailleurs" not in everybody
    found = browser.post(reverse("persons:list"), {"called": "muler"}, follow=True).content.decode()
    assert "Müller Jean-Pierre" in found
    assert "Favre" not in found
    assert "Ailleurs" not in found


def test_every_showing_is_journalled_with_its_purpose(anne, claire):
    browser = anne.browser()
    browser.get(reverse("persons:show", args=[claire.pk]))
    browser.get(reverse("persons:list"))
    shown, listed = Entry.objects.filter(is_read=True).order_by("at")
    assert (shown.subject_id, shown.purpose, shown.user_id) == (claire.pk, "person", anne.user.pk)
    assert listed.data == {"persons": [str(claire.pk)]}


def test_the_list_takes_as_many_queries_for_one_as_for_many(anne, django_assert_max_num_queries):
    browser = anne.browser()
    person(anne.institution)
    browser.get(reverse("persons:list"))
    with django_assert_max_num_queries(8) as few:
        browser.get(reverse("persons:list"))
    for number in range(20):
        person(anne.institution, f"Favre {number}")
    with django_assert_max_num_queries(len(few)):
        browser.get(reverse("persons:list"))
