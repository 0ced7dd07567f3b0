"""The case page, as each institution may see it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import scenarios
from accord.casework.cases.enums import Audience, Category
from accord.casework.cases.models import Case, Disclosure, Note, Step
from accord.casework.cases.services import add_note, add_step, end_disclosures, open_institution_file
from accord.foundation.journal.models import Entry
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role

pytestmark = pytest.mark.django_db

PANELS = ("", "autorisation", "fil", "documents", "institutions", "etapes")


@pytest.fixture(autouse=True)
def _programmes():
    scenarios.programmes()


@pytest.fixture
def case(anne):
    return scenarios.open_case(
        anne, about=scenarios.person(anne.institution, "Favre", "Claire"), subject="Retour à l’emploi"
    )


@pytest.fixture
def bruno(case):
    bruno = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    scenarios.opened_to(case, bruno.institution, Category.IDENTITY, Category.PLAN)
    return bruno


def act(who, verb, **words):
    with acting_as(who.actor):
        return verb(by=who.actor, **words)


def url(case, panel=""):
    return reverse("web:case", args=[case.pk]) + (f"?panneau={panel}" if panel else "")


def page(who, case, panel=""):
    response = who.browser().get(url(case, panel))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_opens_for_who_takes_part(anne, bruno, case, panel):
    for who in (anne, bruno):
        text = page(who, case, panel)
        assert "Claire Favre" in text
        assert case.number in text


def test_a_visitor_is_led_to_the_sign_in_page(client, case):
    response = client.get(url(case))
    assert response.status_code == 302
    assert reverse("account_login") in response.headers["Location"]


def test_another_institution_does_not_learn_that_the_case_exists(case):
    stranger = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    missing = stranger.browser().get(reverse("web:case", args=[stranger.user.pk]))
    there = stranger.browser().get(url(case))
    assert (missing.status_code, there.status_code) == (404, 404)
    assert case.number not in there.content.decode()


def test_a_role_that_follows_no_case_is_told_so(anne, case):
    administrator = scenarios.colleague(anne.institution, Role.ADMINISTRATOR)
    response = administrator.browser().get(url(case))
    assert response.status_code == 403
    assert "Votre rôle" in response.content.decode()


def test_an_unknown_panel_does_not_exist(anne, case):
    assert anne.browser().get(url(case, "inventé")).status_code == 404


def test_a_masked_person_is_told_why(case):
    carla = scenarios.colleague(kind=Kind.SOCIAL_AID)
    scenarios.opened_to(case, carla.institution, Category.BENEFITS)
    text = page(carla, case)
    assert "Personne masquée" in text
    assert "Masqué : la personne n’a pas autorisé" in text
    assert "Favre" not in text


def test_what_is_revoked_is_hidden_and_says_so(anne, bruno, case):
    act(
        anne,
        add_step,
        case_id=case.pk,
        title="Bilan de compétences",
        assignee_id=anne.institution.pk,
        due_on=None,
    )
    assert "Bilan de compétences" in page(bruno, case)
    end_disclosures(
        Disclosure.objects.filter(recipient=bruno.institution).exclude(basis="party"), because="revoked"
    )
    text = page(bruno, case)
    assert "Bilan de compétences" not in text
    assert "Favre" not in text
    assert "Masqué" in text
    assert case.number in text


@pytest.mark.parametrize("panel", PANELS)
def test_each_opening_is_in_the_journal(bruno, case, panel):
    page(bruno, case, panel)
    entry = Entry.objects.get(is_read=True, cases__contains=[case.pk], subject_kind="case")
    assert (entry.user_id, entry.subject_id) == (bruno.user.pk, case.pk)
    assert entry.purpose
    assert "LACI art. 85f al. 3" in entry.legal_basis


def test_what_is_new_since_the_last_visit_is_marked(anne, bruno, case):
    page(bruno, case, "fil")
    act(anne, add_note, case_id=case.pk, text="Tout frais", category=Category.PLAN, audience=Audience.CIRCLE)
    assert "chip-new" in page(bruno, case, "fil")
    assert "chip-new" in page(bruno, case, "fil"), "a reload is the same reading"
    bruno.browser().post(reverse("cases:news", args=[case.pk]))
    assert "chip-new" not in page(bruno, case, "fil")


def test_ones_own_words_are_not_new_to_oneself(anne, case):
    page(anne, case, "fil")
    act(anne, add_note, case_id=case.pk, text="De moi", category=Category.PLAN, audience=Audience.CIRCLE)
    assert "chip-new" not in page(anne, case, "fil")


def test_the_picture_has_its_words_and_its_table(anne, bruno, case):
    act(anne, open_institution_file, case_id=case.pk, number="AI-77", opened_on=date(2026, 3, 1))
    act(
        anne,
        add_step,
        case_id=case.pk,
        title="Appeler",
        assignee_id=bruno.institution.pk,
        due_on=scenarios.in_days(-2),
    )
    text = page(anne, case)
    assert text.count('<svg class="lanes ') == 2
    assert "AI-77" in text
    assert "en retard" in text
    assert "style=" not in text


def test_hostile_words_stay_words(anne, case):
    act(
        anne,
        add_note,
        case_id=case.pk,
        text="<script>alert(1)</script>",
        category=Category.PLAN,
        audience="circle",
    )
    act(anne, add_step, case_id=case.pk, title="<svg onload=x>", assignee_id=anne.institution.pk, due_on=None)
    for panel in ("", "fil"):
        text = page(anne, case, panel)
        assert "<script>alert" not in text
        assert "<svg onload" not in text


def fill(case, who, size):
    with acting_as(who.actor):
        for n in range(size):
            add_step(
                by=who.actor,
                case_id=case.pk,
                title=f"Pas {n}",
                assignee_id=who.institution.pk,
                due_on=scenarios.in_days(n),
            )
            add_note(
                by=who.actor, case_id=case.pk, text=f"Note {n}", category=Category.PLAN, audience="circle"
            )


def queries(browser, address):
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(address).status_code == 200
    return [q["sql"] for q in caught.captured_queries if "SAVEPOINT" not in q["sql"]]


@pytest.mark.parametrize(("panel", "most"), [("", 12), ("fil", 13), ("documents", 12), ("institutions", 14)])
def test_the_page_asks_the_same_whatever_the_case_holds(anne, case, panel, most):
    browser = anne.browser()
    fill(case, anne, 1)
    browser.get(url(case, panel))
    few = queries(browser, url(case, panel))
    fill(case, anne, 19)
    many = queries(browser, url(case, panel))
    assert len(few) == len(many)
    assert len(many) <= most, "\n\n".join(many)


def test_a_closed_case_may_be_reopened_by_who_led_it(anne, bruno, case):
    browser = anne.browser()
    outcome = (
        browser.get(reverse("cases:closure", args=[case.pk])).context["form"].fields["outcome"].choices[0][0]
    )
    browser.post(reverse("cases:closure", args=[case.pk]), {"outcome": outcome, "note": "Fin"})
    assert Case.objects.get(pk=case.pk).state == "closed"
    assert reverse("cases:reopening", args=[case.pk]) in page(anne, case, "etapes")
    assert reverse("cases:reopening", args=[case.pk]) not in page(bruno, case, "etapes")


def test_a_step_is_ticked_on_the_page(anne, case):
    step = act(anne, add_step, case_id=case.pk, title="Appeler", assignee_id=anne.institution.pk, due_on=None)
    address = reverse("cases:step-state", args=[step.pk])
    assert address in page(anne, case)
    response = anne.browser().post(address, {"state": "done"})
    assert response.status_code == 302
    assert Step.objects.get(pk=step.pk).state == "done"
    assert Note.objects.count() == 0


def test_dates_far_away_do_not_break_the_picture(anne, case):
    act(
        anne,
        add_step,
        case_id=case.pk,
        title="Lointain",
        assignee_id=anne.institution.pk,
        due_on=date(2999, 1, 1),
    )
    act(anne, open_institution_file, case_id=case.pk, number="", opened_on=date(1950, 1, 1))
    assert "Lointain" in page(anne, case)
    Case.objects.filter(pk=case.pk).update(stage_due_on=today() - timedelta(days=400))
    assert "en retard de" in page(anne, case)
