"""What somebody changes about herself."""

import pytest
from django.test import Client
from django.urls import reverse

from accord.foundation.accounts.services import enrol
from accord.kernel.decisions import Refused
from scenarios import colleague

pytestmark = pytest.mark.django_db
PROFILE = reverse("accounts:profile")
TYPED = {
    "first_name": "Anna",
    "last_name": "Imhof",
    "phone": "027 000 00 00",
    "language": "de",
    "theme": "dark",
}


def test_a_visitor_must_sign_in():
    assert Client().get(PROFILE).status_code == 302


def test_she_changes_her_name_language_and_theme():
    anne = colleague()
    assert anne.browser().post(PROFILE, TYPED).status_code == 302
    anne.user.refresh_from_db()
    assert {name: getattr(anne.user, name) for name in TYPED} == TYPED


def test_what_is_not_hers_to_change_stays():
    anne = colleague()
    anne.browser().post(PROFILE, TYPED | {"email": "autre@example.org", "is_staff": "on", "persona": "x"})
    before = anne.user.email
    anne.user.refresh_from_db()
    assert (anne.user.email, anne.user.is_staff, anne.user.persona) == (before, False, "")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("language", "xx"),
        ("theme", "pink"),
        ("first_name", ""),
        ("last_name", "x" * 101),
        ("phone", "0" * 41),
    ],
)
def test_wrong_input_is_shown_beside_its_field(field, typed):
    response = colleague().browser().post(PROFILE, TYPED | {field: typed})
    assert response.status_code == 200
    assert field in response.context["form"].errors


def test_hostile_input_is_only_text():
    anne = colleague()
    anne.browser().post(PROFILE, TYPED | {"last_name": "<script>alert(1)</script>"})
    page = anne.browser().get(PROFILE).content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;" in page


def test_without_a_second_factor_the_page_advises_one():
    assert "Aucun second facteur" in colleague().browser().get(PROFILE).content.decode()


def test_enrolling_finds_an_account_whatever_the_case_of_its_address():
    anne = colleague()
    found = enrol(by=anne.actor, email=anne.user.email.upper(), first_name="", last_name="", language="fr")
    assert found == anne.user


def test_a_closed_account_is_not_enrolled_again():
    anne = colleague()
    anne.user.is_active = False
    anne.user.save()
    with pytest.raises(Refused) as refusal:
        enrol(by=anne.actor, email=anne.user.email, first_name="", last_name="", language="fr")
    assert refusal.value.field == "email"
