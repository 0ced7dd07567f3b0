"""The demo's sign-in page."""

import pytest
from django.test import Client
from django.urls import reverse

from accord.kernel.identifiers import new_id
from scenarios import colleague

pytestmark = pytest.mark.django_db
ENTRANCE = reverse("web:entrance")


@pytest.fixture
def anne():
    someone = colleague(last_name="Rochat")
    someone.user.persona = "Annoncez un cas."
    someone.user.save()
    return someone


def test_it_lists_the_personas_with_a_thing_to_try(anne):
    bruno = colleague(last_name="Réel")
    page = Client().get(ENTRANCE).content.decode()
    assert "Anne Rochat" in page
    assert "Annoncez un cas." in page
    assert anne.institution.name in page
    assert bruno.user.last_name not in page


def test_one_click_and_one_is_in(anne):
    browser = Client()
    response = browser.post(ENTRANCE, {"user": str(anne.user.pk), "next": reverse("accounts:profile")})
    assert response.url == reverse("accounts:profile")
    assert browser.get(response.url).context["person"] == anne.user


@pytest.mark.parametrize("typed", ["", "nobody", str(new_id())], ids=["empty", "no key", "unknown key"])
def test_nobody_else_enters_by_this_door(anne, typed):
    browser = Client()
    assert browser.post(ENTRANCE, {"user": typed}).status_code == 404
    assert browser.post(ENTRANCE, {"user": str(colleague().user.pk)}).status_code == 404
    assert "_auth_user_id" not in browser.session


def test_it_leads_nowhere_else(anne):
    response = Client().post(ENTRANCE, {"user": str(anne.user.pk), "next": "https://elsewhere.example/"})
    assert response.url == reverse("web:home")


@pytest.mark.parametrize("address", [ENTRANCE, reverse("notifications:mailbox")])
def test_in_production_there_is_no_such_page(anne, settings, address):
    settings.ACCORD_MODE = "production"
    assert Client().get(address).status_code == 404
    assert Client().post(ENTRANCE, {"user": str(anne.user.pk)}).status_code == 404
