"""The screens of employers: forms that explain themselves, lists that do not grow dearer."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.casework.cases.enums import Category
from accord.casework.employers.models import Employer, EmployerContact
from accord.network.institutions.enums import Kind
from furnishing.employers import contact, employer
from scenarios import colleague, in_days, open_case, opened_to, programmes

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne():
    programmes()
    return colleague(kind=Kind.AI_OFFICE)


@pytest.fixture
def case(anne):
    return open_case(anne)


def send(who, screen, *arguments, **fields):
    return who.browser().post(reverse(screen, args=arguments), {"submission": uuid4().hex, **fields})


def form(who, **changes):
    return {
        "about": "retain",
        "planned_for": f"{in_days(2):%d.%m.%Y}",
        "way": "phone",
        "colleague": str(who.user.pk),
        "ground": "given",
        "consent_on": f"{in_days(0):%d.%m.%Y}",
        **changes,
    }


def test_likely_doubles_are_shown_before_an_enterprise_is_entered(anne):
    known = employer(anne.institution, "Boulangerie Müller SA")
    response = send(anne, "employers:new", name="Boulangerie Mueller", city="Sion")
    page = response.content.decode()
    assert response.status_code == 422
    assert reverse("employers:show", args=[known.pk]) in page and 'name="is_new"' in page
    assert (
        send(anne, "employers:new", name="Boulangerie Mueller", city="Sion", is_new="on").status_code == 302
    )


def test_from_a_case_a_new_enterprise_leads_on_to_the_contact(anne, case):
    response = send(anne, "employers:new-for-case", case.pk, name="Garage du Nord", city="Sion")
    known = Employer.objects.get()
    assert response.headers["Location"] == reverse("employers:contact", args=[case.pk, known.pk])


def test_who_else_is_in_contact_stands_above_the_form(anne, case):
    bruno = colleague(kind=Kind.EMPLOYMENT_OFFICE)
    opened_to(case, bruno.institution, Category.WORK)
    known = employer(anne.institution)
    contact(case, anne.institution, known)
    page = bruno.browser().get(reverse("employers:contact", args=[case.pk, known.pk])).content.decode()
    assert anne.institution.name in page and 'name="is_coordinated"' in page
    refused = send(bruno, "employers:contact", case.pk, known.pk, **form(bruno))
    assert refused.status_code == 422
    accepted = send(bruno, "employers:contact", case.pk, known.pk, **form(bruno, is_coordinated="on"))
    assert accepted.status_code == 302
    assert EmployerContact.objects.count() == 2


def test_what_was_typed_is_kept_beside_the_error(anne, case):
    known = employer(anne.institution)
    response = send(
        anne,
        "employers:contact",
        case.pk,
        known.pk,
        **form(anne, ground="not_asked", counterpart="Direction"),
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Demandez d’abord à la personne" in page and 'value="Direction"' in page


def test_a_double_click_plans_one_contact(anne, case):
    known = employer(anne.institution)
    browser, url = anne.browser(), reverse("employers:contact", args=[case.pk, known.pk])
    twice = {"submission": uuid4().hex, **form(anne)}
    assert [browser.post(url, twice).status_code for _ in range(2)] == [302, 302]
    assert EmployerContact.objects.count() == 1


def test_a_result_saved_over_a_newer_one_is_told(anne, case):
    planned = contact(case, anne.institution, employer(anne.institution))
    response = send(
        anne, "employers:result", planned.pk, version=9, state="done", done_on="01.01.2026", result="Bien"
    )
    assert response.status_code == 409 and "Bien" in response.content.decode()


def test_an_employer_corrected_by_two_shows_both_versions(anne):
    known = employer(anne.institution)
    Employer.objects.filter(pk=known.pk).update(version=2, city="Sierre")
    response = send(anne, "employers:change", known.pk, name="Boulangerie", city="Sion", version=1)
    assert response.status_code == 409 and "Sierre" in response.content.decode()


def queries(browser, address):
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(address).status_code == 200
    return len(caught.captured_queries)


def test_lists_and_pages_ask_the_same_with_1_and_20_rows(anne, case):
    known = employer(anne.institution)
    browser = anne.browser()
    addresses = [
        reverse("employers:list"),
        reverse("employers:show", args=[known.pk]),
        f"{reverse('web:case', args=[case.pk])}?panneau=employeurs",
    ]
    contact(case, anne.institution, known)
    contact(case, anne.institution, known, state="done", done_on=in_days(0), result="Bien")
    for address in addresses:
        browser.get(address)
    few = [queries(browser, address) for address in addresses]
    for n in range(20):
        other = open_case(anne)
        contact(case, anne.institution, employer(anne.institution, f"Garage {n}"))
        contact(other, anne.institution, known, state="done", done_on=in_days(0), result="Bien")
        contact(other, anne.institution, known)
    assert [queries(browser, address) for address in addresses] == few
