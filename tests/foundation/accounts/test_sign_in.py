"""Who comes in, and how."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accord.foundation.accounts.models import User
from scenarios import colleague

pytestmark = pytest.mark.django_db
LOGIN = reverse("account_login")
PASSWORD = "un long mot de passe"


@pytest.fixture(autouse=True)
def fresh_limits(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def anne():
    someone = colleague()
    someone.user.set_password(PASSWORD)
    someone.user.save()
    return someone


def sign_in(browser, someone, password=PASSWORD):
    return browser.post(LOGIN, {"login": someone.user.email, "password": password})


def test_with_the_password_one_is_in(anne):
    browser = Client()
    assert browser.get(LOGIN).status_code == 200
    assert sign_in(browser, anne).status_code == 302
    assert browser.get(reverse("accounts:profile")).status_code == 200


def test_with_a_wrong_one_the_page_says_so_and_keeps_the_address(anne):
    response = sign_in(Client(), anne, "un autre mot de passe")
    assert response.status_code == 200
    assert anne.user.email in response.content.decode()


def test_guessing_is_slowed_down(anne):
    browser = Client()
    for _ in range(12):
        sign_in(browser, anne, "faux")
    response = sign_in(browser, anne)
    assert response.status_code in (200, 429)
    assert "_auth_user_id" not in browser.session


def test_a_closed_account_stays_outside(anne):
    anne.user.is_active = False
    anne.user.save()
    browser = Client()
    sign_in(browser, anne)
    assert "_auth_user_id" not in browser.session


def test_the_second_factor_is_asked_for(anne):
    totp.TOTP.activate(anne.user, totp.generate_totp_secret())
    browser = Client()
    response = sign_in(browser, anne)
    assert response.url == reverse("mfa_authenticate")
    assert browser.get(reverse("accounts:profile")).status_code == 302
    assert browser.get(reverse("mfa_authenticate")).status_code == 200


def test_nobody_enrols_herself():
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert Client().get("/compte/signup/").status_code == 404


def test_a_forgotten_password_is_set_anew_by_a_link(anne):
    browser = Client()
    assert browser.get(reverse("account_reset_password")).status_code == 200
    response = browser.post(reverse("account_reset_password"), {"email": anne.user.email}, follow=True)
    assert response.status_code == 200
    (message,) = mail.outbox
    assert message.to == [anne.user.email]
    link = next(word for word in message.body.split() if "/mot-de-passe/oublie/" in word)
    page = browser.get("/" + link.split("/", 3)[3], follow=True)
    assert page.status_code == 200
    answer = browser.post(
        page.request["PATH_INFO"],
        {"password1": "un nouveau secret long", "password2": "un nouveau secret long"},
    )
    assert answer.status_code == 302
    anne.user.refresh_from_db()
    assert anne.user.check_password("un nouveau secret long")


def test_an_unknown_address_learns_nothing():
    response = Client().post(
        reverse("account_reset_password"), {"email": "inconnue@example.org"}, follow=True
    )
    assert response.status_code == 200
    assert not User.objects.filter(email="inconnue@example.org").exists()


PAGES = ("account_logout", "account_change_password", "mfa_index", "mfa_list_webauthn")


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_the_account_look_like_ours(anne, name):
    browser = Client()
    sign_in(browser, anne)
    page = browser.get(reverse(name)).content.decode()
    assert 'id="main"' in page
    assert "<h1>" in page


def test_the_second_factor_can_be_set_up(anne):
    browser = Client()
    sign_in(browser, anne)
    confirmation = browser.get(reverse("mfa_activate_totp"))
    assert confirmation.url.startswith(reverse("account_reauthenticate"))
    assert browser.get(confirmation.url).status_code == 200
    browser.post(confirmation.url, {"password": PASSWORD})
    page = browser.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = page.context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code})
    assert answer.status_code == 302
    assert browser.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert "second facteur" in browser.get(reverse("accounts:profile")).content.decode()
