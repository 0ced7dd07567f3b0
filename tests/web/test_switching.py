"""On whose behalf one acts, in which language and how the pages look."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Membership
from scenarios import Colleague, colleague, institution, open_case, programmes

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne() -> Colleague:
    """Anne works for two offices."""
    programmes()
    here = institution(Kind.EMPLOYMENT_OFFICE, "a-here", short_name="ORP Ici")
    anne = colleague(here, Role.CASEWORKER)
    there = institution(Kind.EMPLOYMENT_OFFICE, "b-there", short_name="ORP Ailleurs")
    Membership.objects.create(user=anne.user, institution=there, role=Role.CASEWORKER)
    return anne


def there_of(anne: Colleague) -> object:
    return Membership.objects.get(user=anne.user, institution__slug="b-there").institution


def test_she_sees_and_switches_on_whose_behalf_she_acts(anne: Colleague) -> None:
    case = open_case(anne)
    there = there_of(anne)
    browser = anne.browser()
    page = browser.get(reverse("web:home")).content.decode()
    assert '<span class="acting-name">ORP Ici</span>' in page
    assert browser.get(reverse("web:case", args=[case.pk])).status_code == 200

    answer = browser.post(reverse("web:acting-for"), {"institution": str(there.pk)}, follow=True)
    assert '<span class="acting-name">ORP Ailleurs</span>' in answer.content.decode()
    assert browser.get(reverse("web:case", args=[case.pk])).status_code == 404, (
        "the other office knows nothing"
    )


def test_nobody_acts_for_an_institution_that_is_not_hers(anne: Colleague) -> None:
    stranger = institution(Kind.AI_OFFICE)
    browser = anne.browser()
    for wanted in (str(stranger.pk), "", "1 or 1=1"):
        assert browser.post(reverse("web:acting-for"), {"institution": wanted}).status_code == 404


def test_a_role_that_has_ended_gives_no_access_any_more(anne: Colleague) -> None:
    there = there_of(anne)
    browser = anne.browser()
    browser.post(reverse("web:acting-for"), {"institution": str(there.pk)})
    ended = Membership.objects.get(user=anne.user, institution=there)
    ended.until = ended.since
    ended.save()
    assert "ORP Ailleurs" not in browser.get(reverse("web:home")).content.decode()


def test_the_language_is_kept_with_the_account_and_for_visitors(anne: Colleague) -> None:
    browser = anne.browser()
    home = reverse("web:home")
    page = browser.post(reverse("web:language"), {"language": "de", "next": home}, follow=True)
    assert '<html lang="de"' in page.content.decode()
    anne.user.refresh_from_db()
    assert anne.user.language == "de"
    visitor = Client()
    visitor.post(reverse("web:language"), {"language": "it", "next": reverse("account_login")})
    assert '<html lang="it"' in visitor.get(reverse("account_login")).content.decode()


def test_the_theme_is_kept_with_the_account(anne: Colleague) -> None:
    browser = anne.browser()
    page = browser.post(reverse("web:theme"), {"theme": "dark", "next": reverse("web:home")}, follow=True)
    assert 'data-theme="dark"' in page.content.decode()


@pytest.mark.parametrize("name", ["web:language", "web:theme"])
@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_one_is_never_led_elsewhere(anne: Colleague, name: str, target: str) -> None:
    answer = anne.browser().post(reverse(name), {"language": "fr", "theme": "auto", "next": target})
    assert answer.headers["Location"] == reverse("web:home")


def test_a_language_or_theme_that_does_not_exist_is_a_404(anne: Colleague) -> None:
    browser = anne.browser()
    assert browser.post(reverse("web:language"), {"language": "xx"}).status_code == 404
    assert browser.post(reverse("web:theme"), {"theme": "<b>"}).status_code == 404
