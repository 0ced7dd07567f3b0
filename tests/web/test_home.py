"""Home: what I must do, what I wait for, what changed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import scenarios
from accord.casework.cases.enums import Audience, Category
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.services import add_note, add_step, name_referent
from accord.foundation.journal.models import Entry
from accord.kernel.clock import now
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role

pytestmark = pytest.mark.django_db

HOME = "/"
OURS = "/?pour=institution"


@pytest.fixture(autouse=True)
def _programmes():
    scenarios.programmes()


@pytest.fixture
def case(anne):
    return scenarios.open_case(anne, about=scenarios.person(anne.institution, "Favre", "Claire"))


@pytest.fixture
def bruno(case):
    bruno = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    scenarios.opened_to(case, bruno.institution, Category.IDENTITY, Category.PLAN)
    return bruno


def plan(who, case, title, assignee, **words):
    with acting_as(who.actor):
        return add_step(
            by=who.actor,
            case_id=case.pk,
            title=title,
            assignee_id=assignee.institution.pk,
            **({"due_on": scenarios.in_days(2)} | words),
        )


def lists(who, address=HOME):
    response = who.browser().get(address)
    assert response.status_code == 200
    context = response.context
    return {key: [item.sentence for item in context[key]] for key in ("to_do", "later", "waiting", "changed")}


def test_a_step_waits_on_who_must_do_it(anne, bruno, case):
    plan(anne, case, "Appeler l’employeur", bruno)
    assert "Appeler l’employeur" in lists(bruno, OURS)["to_do"]
    assert "Appeler l’employeur" in lists(anne)["waiting"]
    assert "Appeler l’employeur" not in lists(anne)["to_do"]


def test_what_is_named_after_a_colleague_is_not_mine(anne, case):
    colleague = scenarios.colleague(anne.institution)
    plan(anne, case, "Bilan", anne, assignee_user_id=colleague.user.pk)
    assert "Bilan" in lists(colleague)["to_do"]
    assert "Bilan" in lists(anne)["waiting"]
    assert "Bilan" in lists(anne, OURS)["to_do"]


def test_mine_and_my_institutions_are_told_apart(anne, case):
    colleague = scenarios.colleague(anne.institution)
    plan(anne, case, "Bilan", anne)
    assert "Bilan" in lists(anne)["to_do"]
    assert "Bilan" not in lists(colleague)["to_do"]
    assert "Bilan" in lists(colleague, OURS)["to_do"]


def test_a_referent_finds_the_steps_of_her_cases(anne, bruno, case):
    plan(anne, case, "Appeler", bruno)
    assert "Appeler" not in lists(bruno)["to_do"]
    with acting_as(bruno.actor):
        name_referent(by=bruno.actor, case_id=case.pk, user_id=bruno.user.pk)
    assert "Appeler" in lists(bruno)["to_do"]


def test_what_is_due_later_is_folded_away(anne, case):
    plan(anne, case, "Plus tard", anne, due_on=scenarios.in_days(60))
    found = lists(anne)
    assert "Plus tard" in found["later"]
    assert "Plus tard" not in found["to_do"]


def test_a_long_worklist_shows_its_most_urgent_part_first(anne, case):
    for number in range(25):
        plan(anne, case, f"Démarche {number}", anne, due_on=scenarios.in_days(number % 7))
    page = anne.browser().get("/")
    assert len(page.context["to_do"]) == 20
    assert page.context["unlisted"] >= 5
    assert "lignes de plus" in page.content.decode()
    everything = anne.browser().get("/", {"tout": "1"})
    assert len(everything.context["to_do"]) >= 25
    assert everything.context["unlisted"] == 0


def test_the_most_urgent_comes_first(anne, case):
    for title, days in (("demain", 1), ("hier", -1), ("bientôt", 5)):
        plan(anne, case, title, anne, due_on=scenarios.in_days(days))
    found = [title for title in lists(anne)["to_do"] if title in ("demain", "hier", "bientôt")]
    assert found == ["hier", "demain", "bientôt"]


def test_an_overdue_stage_and_a_missing_authorisation_want_something(anne, case):
    Case.objects.filter(pk=case.pk).update(stage_due_on=scenarios.in_days(-3))
    found = lists(anne)["to_do"]
    assert any("a dépassé son échéance" in sentence for sentence in found)
    assert "Demander l’autorisation à la personne" in found


def test_who_does_not_lead_is_not_asked_for_the_stage(anne, bruno, case):
    Case.objects.filter(pk=case.pk).update(stage_due_on=scenarios.in_days(-3))
    assert lists(bruno, OURS)["to_do"] == []


def test_a_case_that_changed_since_my_visit_is_news_until_i_look(anne, bruno, case):
    browser = bruno.browser()
    assert browser.get(OURS).context["changed"] == []
    browser.get(reverse("web:case", args=[case.pk]))
    assert browser.get(OURS).context["changed"] == []
    with acting_as(anne.actor):
        add_note(by=anne.actor, case_id=case.pk, text="Vu", category=Category.PLAN, audience=Audience.CIRCLE)
    assert len(browser.get(OURS).context["changed"]) == 1
    browser.get(reverse("web:case", args=[case.pk]))
    assert browser.get(OURS).context["changed"] == []


def test_a_masked_person_stays_masked_at_home(case, anne):
    carla = scenarios.colleague(kind=Kind.SOCIAL_AID)
    scenarios.opened_to(case, carla.institution, Category.PLAN)
    plan(anne, case, "Budget", carla)
    text = carla.browser().get(OURS).content.decode()
    assert "Budget" in text
    assert "Personne masquée" in text
    assert "Favre" not in text


def test_home_is_designed_when_nothing_waits(anne):
    text = anne.browser().get(HOME).content.decode()
    assert "Rien ne vous attend" in text
    assert "Personne ne vous doit de réponse" in text


def test_a_role_without_cases_is_welcomed_all_the_same(anne):
    officer = scenarios.colleague(anne.institution, Role.DATA_PROTECTION)
    response = officer.browser().get(HOME)
    assert response.status_code == 200
    assert "Votre rôle" in response.content.decode()


def test_a_visitor_signs_in_first(client):
    assert client.get(HOME).status_code == 302


def test_the_names_that_home_shows_are_journalled_once(anne, case):
    plan(anne, case, "Bilan", anne)
    anne.browser().get(HOME)
    entry = Entry.objects.get(is_read=True, subject_kind="case list")
    assert entry.cases == [case.pk]


def fill(anne, size):
    for n in range(size):
        case = scenarios.open_case(anne)
        bruno = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
        scenarios.opened_to(case, bruno.institution, Category.PLAN)
        plan(anne, case, f"Bilan {n}", anne)
        plan(anne, case, f"Appel {n}", bruno)
        Case.objects.filter(pk=case.pk).update(stage_due_on=scenarios.in_days(-3))


def queries(browser, address):
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(address).status_code == 200
    return [query["sql"] for query in caught.captured_queries if "SAVEPOINT" not in query["sql"]]


@pytest.mark.parametrize("address", [HOME, OURS, "/dossiers/", "/dossiers/?qui=moi&dispositif=cii-geneve"])
def test_lists_ask_the_same_with_1_and_20_rows(anne, address):
    browser = anne.browser()
    fill(anne, 1)
    browser.get(address)
    few = queries(browser, address)
    fill(anne, 19)
    many = queries(browser, address)
    assert len(few) == len(many)
    assert len(many) <= 8, "\n\n".join(many)


def test_an_authorisation_that_ends_soon_wants_to_be_renewed(anne, case):
    for days, expected in ((60, False), (20, True)):
        Disclosure.objects.filter(case=case, basis="consent").delete()
        Disclosure.objects.create(
            case=case,
            person_id=case.person_id,
            recipient=anne.institution,
            categories=int(Category.IDENTITY),
            basis="consent",
            consent_id=uuid4(),
            valid_until=now() + timedelta(days=days),
        )
        found = lists(anne)
        assert ("Faire renouveler l’autorisation" in [*found["to_do"], *found["later"]]) is expected
        assert "Demander l’autorisation à la personne" not in found["to_do"]
