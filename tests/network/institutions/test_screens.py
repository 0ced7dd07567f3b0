"""The directory, and the page of each institution."""

import pytest
from django.test import Client
from django.urls import reverse

from accord.foundation.accounts.models import User
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Membership, Site, Territory
from scenarios import colleague, institution

pytestmark = pytest.mark.django_db
LIST = reverse("institutions:list")


def address(name, at, *more):
    return reverse(f"institutions:{name}", args=[at.slug, *more])


@pytest.fixture
def chief():
    return colleague(institution(name="Office AI"), Role.ADMINISTRATOR)


SETTINGS = {"name": "Office cantonal AI", "short_name": "OAI", "language": "de", "phone": "", "version": "1"}
NEWCOMER = {
    "email": "nouvelle@example.org",
    "first_name": "Nora",
    "last_name": "Nouvelle",
    "role": Role.DESK,
    "site": "",
}


def administration(at):
    return [address("edit", at), address("add-member", at)]


def test_a_visitor_must_sign_in(chief):
    ours = chief.institution
    for door in (LIST, address("show", ours), *administration(ours)):
        assert Client().get(door).status_code == 302


def test_somebody_without_an_institution_is_told_so():
    lonely = User.objects.create_user("seule@example.org")
    browser = Client()
    browser.force_login(lonely, backend="django.contrib.auth.backends.ModelBackend")
    response = browser.get(LIST)
    assert response.status_code == 403
    assert "aucune institution" in response.content.decode()


def test_a_caseworker_reads_and_does_not_administer(chief):
    browser = colleague(chief.institution).browser()
    assert browser.get(address("show", chief.institution)).status_code == 200
    for door in administration(chief.institution):
        assert browser.get(door).status_code == 403


def test_nobody_administers_another_institution(chief):
    theirs = colleague(institution(), Role.ADMINISTRATOR)
    for door in administration(theirs.institution):
        assert chief.browser().get(door).status_code == 403
        assert chief.browser().post(door, NEWCOMER).status_code == 403


def test_an_unknown_institution_is_a_404(chief):
    for name in ("show", "edit", "add-member"):
        assert chief.browser().get(reverse(f"institutions:{name}", args=["nowhere"])).status_code == 404


def test_the_directory_is_narrowed_by_kind_territory_and_name(chief):
    valais = Territory.objects.create(code="vs", name="Valais")
    upper = Territory.objects.create(code="vs-haut", name="Haut-Valais", parent=valais)
    sion = institution(Kind.EMPLOYMENT_OFFICE, name="ORP Sion")
    brig = institution(Kind.SOCIAL_AID, name="Sozialdienst Brig")
    sion.territories.add(valais)
    brig.territories.add(upper)
    browser = chief.browser()

    def found(**query):
        return [each.name for each in browser.get(LIST, query).context["found"]]

    assert found() == ["ORP Sion", "Office AI", "Sozialdienst Brig"]
    assert found(kind=Kind.SOCIAL_AID) == ["Sozialdienst Brig"]
    assert found(territory="vs") == ["ORP Sion", "Sozialdienst Brig"]
    assert found(territory="vs-haut") == ["ORP Sion", "Sozialdienst Brig"]
    assert found(q="brig") == ["Sozialdienst Brig"]
    assert found(kind="'; drop table users; --") == found()
    assert found(q="%") == []


def test_the_page_shows_colleagues_only_to_their_own(chief):
    Site.objects.create(institution=chief.institution, name="Guichet", address="Rue de Lyon 97\n1203 Genève")
    anne = colleague(chief.institution, last_name="Aubert")
    mine = anne.browser().get(address("show", chief.institution)).content.decode()
    theirs = colleague().browser().get(address("show", chief.institution)).content.decode()
    assert "Guichet" in mine and "Guichet" in theirs
    assert "Aubert" in mine
    assert "Aubert" not in theirs
    assert "LACI art. 85f" in theirs


def test_as_many_queries_with_one_institution_as_with_thirty(chief, django_assert_max_num_queries):
    for _ in range(30):
        Site.objects.create(institution=institution(), name="Guichet")
    browser = chief.browser()
    with django_assert_max_num_queries(11):
        browser.get(LIST)


def test_the_settings_are_changed(chief):
    response = chief.browser().post(address("edit", chief.institution), SETTINGS)
    assert response.url == address("show", chief.institution)
    chief.institution.refresh_from_db()
    assert (chief.institution.name, chief.institution.language) == ("Office cantonal AI", "de")
    assert not chief.institution.grants_reciprocity


@pytest.mark.parametrize(
    ("field", "typed"),
    [("name", ""), ("name", "x" * 201), ("short_name", "x" * 41), ("language", "xx"), ("version", "one")],
)
def test_wrong_input_is_shown_beside_its_field(chief, field, typed):
    response = chief.browser().post(address("edit", chief.institution), SETTINGS | {field: typed})
    assert response.status_code == 200
    assert field in response.context["form"].errors


def test_two_who_save_see_both_versions_and_nothing_is_lost(chief):
    browser = chief.browser()
    browser.post(address("edit", chief.institution), SETTINGS | {"phone": "022 111 11 11"})
    mine = SETTINGS | {"phone": "022 222 22 22", "may_hold_avs": "on"}
    conflict = browser.post(address("edit", chief.institution), mine)
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "022 111 11 11" in page
    assert "022 222 22 22" in page
    again = {field["name"]: field["mine"] for field in conflict.context["fields"]}
    browser.post(address("edit", chief.institution), again | {"version": conflict.context["version"]})
    chief.institution.refresh_from_db()
    assert (chief.institution.phone, chief.institution.may_hold_avs) == ("022 222 22 22", True)
    assert not chief.institution.grants_reciprocity


def test_a_colleague_is_appointed(chief):
    response = chief.browser().post(address("add-member", chief.institution), NEWCOMER, follow=True)
    assert "Nora Nouvelle travaille désormais" in response.content.decode()
    assert Membership.objects.get(user__email=NEWCOMER["email"]).role == Role.DESK


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", "pas une adresse"),
        ("email", ""),
        ("role", "emperor"),
        ("site", "elsewhere"),
        ("last_name", "x" * 101),
    ],
)
def test_a_wrong_appointment_is_shown_beside_its_field(chief, field, typed):
    response = chief.browser().post(address("add-member", chief.institution), NEWCOMER | {field: typed})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert Membership.objects.count() == 1


def test_a_refusal_of_the_service_is_shown_beside_its_field(chief):
    browser = chief.browser()
    browser.post(address("add-member", chief.institution), NEWCOMER)
    response = browser.post(address("add-member", chief.institution), NEWCOMER)
    assert "déjà ce rôle" in response.context["form"].errors["role"][0]


def test_a_double_click_appoints_once(chief):
    browser = chief.browser()
    typed = NEWCOMER | {"submission": "0b0f7c1e-8d8c-4b59-a0b8-2f4f4f1f9d11"}
    first = browser.post(address("add-member", chief.institution), typed)
    second = browser.post(address("add-member", chief.institution), typed)
    assert first.url == second.url
    assert Membership.objects.filter(user__email=NEWCOMER["email"]).count() == 1


def test_a_role_is_ended_from_the_page(chief):
    anne = colleague(chief.institution)
    membership = Membership.objects.get(user=anne.user)
    door = address("remove-member", chief.institution, membership.pk)
    assert chief.browser().get(door).status_code == 405
    assert anne.browser().post(door).status_code == 403
    chief.browser().post(door)
    membership.refresh_from_db()
    assert membership.until


def test_the_last_administrator_stays_and_the_page_says_why(chief):
    own = Membership.objects.get(user=chief.user)
    response = chief.browser().post(address("remove-member", chief.institution, own.pk), follow=True)
    assert "au moins une personne" in response.content.decode()
    own.refresh_from_db()
    assert own.until is None


def test_a_role_of_another_institution_cannot_be_named(chief):
    theirs = Membership.objects.get(user=colleague().user)
    assert chief.browser().post(address("remove-member", chief.institution, theirs.pk)).status_code == 404
