"""The plan on the case page: what each may do there, and what happens when two write at once."""

from __future__ import annotations

import html
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.casework.plans.models import Goal, Justification, Measure, Plan, PlanSignature
from accord.casework.plans.services import change_goal, propose_plan
from accord.casework.plans.services.writing import GoalWords
from casework.plans.situations import act, agreed, goal, measure, proposed, sign
from scenarios import in_days

pytestmark = pytest.mark.django_db


def page(table, who, panel="plan"):
    address = f"{reverse('web:case', args=[table.case.pk])}?panneau={panel}"
    response = who.browser().get(address)
    assert response.status_code == 200
    return response.content.decode()


def send(who, name, *arguments, **fields):
    return who.browser().post(reverse(name, args=arguments), {"submission": uuid4().hex, **fields})


def signing(text):
    """The hidden fields of the signature, as the page carries them."""
    return {
        name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', text)[1])
        for name in ("fingerprint", "read")
    }


def test_an_empty_plan_says_what_to_do_next(table):
    assert "Écrivez d’abord un objectif" in page(table, table.anne)


def test_a_goal_and_a_measure_are_written_on_their_forms(table):
    assert send(table.anne, "plans:goals", table.case.pk, text="Travailler", key="new_job").status_code == 302
    aim = Goal.objects.get()
    response = send(
        table.bruno,
        "plans:measures",
        table.case.pk,
        goal=str(aim.origin),
        title="Cours de français",
        kind="unemployment_course",
        since="01.12.2026",
        until="01.11.2026",
    )
    assert response.status_code == 422
    assert "Le dernier jour vient avant le premier" in response.content.decode()
    assert "Cours de français" in response.content.decode()
    send(table.bruno, "plans:measures", table.case.pk, goal=str(aim.origin), title="Cours de français")
    text = page(table, table.anne)
    assert "Cours de français" in text and "à régler plus tard" in text


def test_only_ones_own_lines_have_their_acts(table):
    aim = goal(table)
    ours = measure(table, table.anne, aim)
    theirs = measure(table, table.bruno, aim, "Cours")
    text = page(table, table.anne)
    assert reverse("plans:measure", args=[ours.pk]) in text
    assert reverse("plans:measure", args=[theirs.pk]) not in text
    assert send(table.anne, "plans:measure-state", theirs.pk, state="done").status_code == 403


def test_a_measure_begins_at_one_click_and_stops_with_a_reason(table):
    ours = measure(table, table.anne, goal(table))
    send(table.anne, "plans:measure-state", ours.pk, state="running")
    assert send(table.anne, "plans:measure-stop", ours.pk, reason="").status_code == 422
    assert send(table.anne, "plans:measure-state", ours.pk, state="stopped").status_code == 404
    send(table.anne, "plans:measure-stop", ours.pk, reason="Déménagement")
    ours.refresh_from_db()
    assert (ours.state, ours.reason) == ("stopped", "Déménagement")


def test_two_who_change_one_goal_see_both_versions(table):
    aim = goal(table)
    act(table.anne, change_goal, goal_id=aim.pk, version=1, words=GoalWords("Travailler à 60 %"))
    response = send(table.anne, "plans:goal", aim.pk, text="Travailler à 80 %", version=1)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Travailler à 60 %" in text and "Travailler à 80 %" in text


def test_who_may_not_read_the_plan_sees_why_and_nothing_of_it(table):
    proposed(table)
    text = page(table, table.chloe)
    assert "Cours" not in text and "Masqué" in text
    assert send(table.chloe, "plans:goals", table.case.pk, text="x").status_code == 403


def test_the_plan_is_signed_from_its_page(table):
    proposed(table)
    for who in (table.anne, table.bruno):
        assert send(who, "plans:signature", table.case.pk, **signing(page(table, who))).status_code == 302
    assert Plan.objects.get().state == "agreed"
    assert "convenue le" in page(table, table.anne)


def test_a_plan_that_changed_while_it_was_read_shows_what_changed(table):
    proposed(table)
    carried = signing(page(table, table.anne))
    aim = Goal.objects.get()
    measure(table, table.bruno, aim, "Stage")
    response = send(table.anne, "plans:signature", table.case.pk, **carried)
    text = response.content.decode()
    assert response.status_code == 409
    assert "a changé pendant que vous le lisiez" in text and "ajouté" in text and "Stage" in text
    assert not PlanSignature.objects.exists()


@pytest.mark.parametrize("read", ["", "no json", "[]", '{"x": 1}'])
def test_a_signature_with_a_broken_page_signs_nothing(table, read):
    proposed(table)
    assert send(table.anne, "plans:signature", table.case.pk, fingerprint="x", read=read).status_code == 409
    assert not PlanSignature.objects.exists()


def test_what_competes_stands_first_and_is_justified_by_the_lead(table):
    aim = goal(table)
    weeks = {"since": in_days(1), "until": in_days(60)}
    measure(table, table.anne, aim, "Réinsertion", kind="socio_professional", **weeks)
    measure(table, table.bruno, aim, "Cours", kind="unemployment_course", **weeks)
    link = re.search(r'href="([^"]+/justifications/[^"]+)"', page(table, table.anne))
    assert link and "/justifications/" not in page(table, table.bruno)
    browser = table.anne.browser()
    assert "prennent les mêmes journées" in browser.get(link[1]).content.decode()
    answer = browser.post(link[1], {"submission": uuid4().hex, "sentence": "Le matin seulement."})
    assert answer.status_code == 302 and Justification.objects.count() == 1
    assert "Le matin seulement." in page(table, table.bruno)


def test_a_finding_that_is_gone_leads_back_to_the_plan(table):
    goal(table)
    response = table.anne.browser().get(reverse("plans:justification", args=[table.case.pk, "gap-0"]))
    assert response.status_code == 302


def test_versions_are_compared_field_by_field(table):
    agreed(table)
    aim = Goal.objects.get()
    act(table.anne, change_goal, goal_id=aim.pk, version=1, words=GoalWords("Travailler à 80 %"))
    address = reverse("plans:versions", args=[table.case.pk])
    browser = table.bruno.browser()
    text = browser.get(address).content.decode()
    assert "<del>Travailler à 50 %</del>" in text and "<ins>Travailler à 80 %</ins>" in text
    assert "Travailler à 80 %" not in browser.get(f"{address}?version=1").content.decode()
    for wrong in ("7", "x", "²"):
        assert browser.get(f"{address}?version={wrong}").status_code in (200, 404)
    assert table.chloe.browser().get(address).status_code == 404


def test_home_says_what_the_plan_wants(table):
    proposed(table)
    assert "Signer le plan" in table.bruno.browser().get("/?pour=institution").content.decode()
    sign(table, table.bruno)
    assert "Signer le plan" not in table.bruno.browser().get("/?pour=institution").content.decode()


def test_measures_stand_in_the_picture_of_the_case(table):
    measure(table, table.bruno, goal(table), "Cours du soir", since=in_days(1))
    assert "lane-measure" in page(table, table.anne, "")
    assert "Cours du soir" in page(table, table.anne, "")


def queries(table, panel):
    browser = table.anne.browser()
    address = f"{reverse('web:case', args=[table.case.pk])}?panneau={panel}"
    browser.get(address)
    with CaptureQueriesContext(connection) as caught:
        browser.get(address)
    return len([q for q in caught.captured_queries if "SAVEPOINT" not in q["sql"]])


def test_the_plan_asks_the_same_with_1_and_20_measures(table):
    aim = goal(table)
    measure(table, table.anne, aim, since=in_days(0))
    few = queries(table, "plan")
    for n in range(19):
        who = table.anne if n % 2 else table.bruno
        measure(table, who, aim, f"Mesure {n}", since=in_days(n), kind="case_management")
    act(table.anne, propose_plan, case_id=table.case.pk)
    assert queries(table, "plan") == few
    assert few <= 17
    assert Measure.objects.count() == 20
