"""Every member may read the programmes."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accord.kernel.actors import WORKER
from accord.network.institutions.enums import Kind
from accord.network.programmes.enums import PARAMETER_WORDS
from accord.network.programmes.panels import settings_of
from accord.network.programmes.rules.parameters import PARAMETERS
from accord.network.programmes.selectors import current_programmes
from accord.network.programmes.services import join_circle, load_definitions
from scenarios import colleague, institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded() -> None:
    load_definitions(folders=[])


def test_the_list_names_every_programme_and_leads_to_it():
    page = colleague().browser().get(reverse("programmes:list")).content.decode()
    for programme in current_programmes():
        assert programme.label.fr in page
        assert reverse("programmes:show", args=[programme.slug]) in page


@pytest.mark.parametrize("slug", ["cii-geneve", "cii-valais", "cii-plus"])
@pytest.mark.parametrize("language", ["fr", "de", "it", "en"])
def test_a_programme_is_shown_whole_in_the_readers_language(slug, language):
    answer = colleague(language=language).browser().get(reverse("programmes:show", args=[slug]))
    page = answer.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
    (programme,) = [found for found in current_programmes() if found.slug == slug]
    for stage in programme.stages:
        assert stage.label.in_(language) in page
    planning = (programme.goals, programme.measure_kinds)
    for things in (programme.criteria, programme.categories, programme.laws, programme.outcomes, *planning):
        for thing in things:
            assert thing.label.in_(language) in page
    assert "2026.2" in page


def test_the_page_names_the_institutions_of_the_circle():
    office = institution(Kind.EMPLOYMENT_OFFICE, name="Office de l’emploi du bout du lac")
    join_circle(by=WORKER, programme_slug="cii-geneve", institution=office, role="lead_possible")
    page = colleague().browser().get(reverse("programmes:show", args=["cii-geneve"])).content.decode()
    assert "Office de l’emploi du bout du lac" in page


def test_an_earlier_version_can_be_read_again(own_folder, tiny):
    load_definitions(folders=[own_folder])
    (own_folder / "petit-cercle.toml").write_text(
        tiny.replace('version = "1"', 'version = "2"').replace("Travail commun", "Travail à deux"),
        encoding="utf-8",
    )
    load_definitions(folders=[own_folder])
    browser = colleague().browser()
    assert "Travail à deux" in browser.get(reverse("programmes:show", args=["petit-cercle"])).content.decode()
    old = browser.get(reverse("programmes:version", args=["petit-cercle", "1"])).content.decode()
    assert "Travail commun" in old
    assert "Travail à deux" not in old


def test_the_page_shows_the_numbers_that_the_canton_sets():
    """Each with a sentence and its unit: a number that the code learns must be told to the reader, too."""
    page = colleague().browser().get(reverse("programmes:show", args=["cii-valais"])).content.decode()
    (programme,) = [found for found in current_programmes() if found.slug == "cii-valais"]
    for words, value in settings_of(programme):
        assert words in page and value in page
    assert set(PARAMETER_WORDS) == set(PARAMETERS)
    assert "10 jours" in page


def test_goals_that_contradict_each_other_are_named():
    page = colleague().browser().get(reverse("programmes:show", args=["cii-geneve"])).content.decode()
    row = page.split("Faire examiner le droit à la rente")[-1].split("</tr>")[0]
    assert "Se former ou changer de métier" in row


def test_the_durations_are_offered_to_leading_roles_of_the_circle_only():
    url = reverse("durations:show", args=["cii-geneve"])
    inside, outside = institution(Kind.EMPLOYMENT_OFFICE), institution(Kind.SOCIAL_AID)
    join_circle(by=WORKER, programme_slug="cii-geneve", institution=inside, role="lead_possible")

    def shown_to(*who) -> bool:
        page = colleague(*who).browser().get(reverse("programmes:show", args=["cii-geneve"]))
        return url in page.content.decode()

    assert shown_to(inside, "manager")
    assert not shown_to(inside, "caseworker") and not shown_to(outside, "manager")


@pytest.mark.parametrize("address", ["/programmes/cii-jura/", "/programmes/cii-geneve/1999/"])
def test_what_was_never_loaded_is_not_found(address):
    assert colleague().browser().get(address).status_code == 404


def test_a_stranger_is_led_to_the_sign_in_page():
    answer = Client().get(reverse("programmes:list"))
    assert answer.status_code == 302
    assert "/programmes/" in answer.headers["Location"]
