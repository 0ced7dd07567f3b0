"""The capacity panel and its forms, as caseworkers and doctors meet them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import scenarios
from accord.casework.capacity.models import FunctionalSummary, IncapacityPeriod
from accord.casework.capacity.panels import chart_of
from accord.casework.capacity.rules import Conclusions, Limitation, WorkCapacity
from accord.casework.capacity.services import withdraw_incapacity
from accord.casework.cases.enums import Category
from accord.kernel.clock import today
from accord.network.institutions.enums import Kind, Role
from casework.capacity.situations import act, decreasing, noted, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programmes():
    scenarios.programmes()


@pytest.fixture
def case(anne):
    case = scenarios.open_case(anne)
    scenarios.opened_to(case, anne.institution, Category.IDENTITY, Category.CAPACITY)
    return case


@pytest.fixture
def carla(case):
    """Works for the social service, to which the capacity is not disclosed."""
    carla = scenarios.colleague(kind=Kind.SOCIAL_AID)
    scenarios.opened_to(case, carla.institution, Category.IDENTITY)
    return carla


def panel(who, case):
    return who.browser().get(f"{reverse('web:case', args=[case.pk])}?panneau=capacite")


def typed(**changes: object) -> dict[str, object]:
    """The form of a period as a browser would send it."""
    sent = {
        "source_kind": "treating_doctor", "source_name": "Dre Rey", "rate": "100", "since": "23.03.2019",
        "until": "14.05.2019", "cause": "sickness", "note": "", "audience": "circle",
        "submission": uuid4().hex,
    }  # fmt: skip
    return sent | changes


def test_the_panel_draws_every_source_with_its_table(anne, case):
    decreasing(anne, case)
    noted(anne, case, 50, source_kind="insurer_doctor", source_name="Dr Moret")
    page = panel(anne, case).text
    assert page.count("capacity-line-1") == 3
    assert "Médecin traitant (Dre Rey)" in page and "Médecin-conseil de l’assureur (Dr Moret)" in page
    assert "du 15.05.2019 au 23.06.2019" in page and "depuis le 13.07.2019, sans fin connue" in page
    assert "<title" in page and "<desc" in page and "Aujourd’hui" in page


def test_the_chart_steps_from_rate_to_rate_and_breaks_where_nothing_is_said(anne, case):
    periods = decreasing(anne, case)
    (line,) = chart_of(periods, today()).lines
    assert line.path.count("M") == 1 and line.path.count("V") == 3 and line.path.count("H") == 4
    assert line.now == 50
    (broken,) = chart_of([periods[0], periods[2]], today()).lines
    assert broken.path.count("M") == 2 and broken.now is None


def test_an_empty_panel_says_what_to_do(anne, case):
    page = panel(anne, case).text
    assert "Aucune incapacité notée" in page and "Noter une incapacité" in page
    assert "Publier un résumé fonctionnel" in page and '<svg class="capacity-chart' not in page


def test_what_is_hidden_says_what_would_open_it(anne, carla, case):
    noted(anne, case)
    published(anne, case)
    page = panel(carla, case).text
    assert "Dre Rey" not in page and "Port de charges" not in page and "Masqué" in page


def test_soft_criteria_warn_and_forbid_nothing(anne, case):
    noted(anne, case)
    assert "dure 31 jours" in panel(anne, case).text


def test_a_period_is_noted_by_its_form(anne, case):
    address = reverse("capacity:incapacities", args=[case.pk])
    answer = anne.browser().post(address, typed(until=""))
    assert answer.url.endswith("?panneau=capacite")
    assert IncapacityPeriod.objects.get().until is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rate": "101"}, "Un taux va de 0 à 100."),
        ({"rate": "beaucoup"}, "Un taux va de 0 à 100."),
        ({"since": "31.02.2019"}, "Écrivez la date ainsi"),
        ({"until": "01.01.2019"}, "La période finit avant de commencer."),
        ({"source_name": ""}, "Nommez la source"),
        ({"source_kind": "astrologer"}, "Sélectionnez un choix valide"),
    ],
)
def test_wrong_input_is_said_beside_the_field_and_kept(anne, case, changes, sentence):
    address = reverse("capacity:incapacities", args=[case.pk])
    answer = anne.browser().post(address, typed(note="Gardé.", **changes))
    assert answer.status_code == 422
    assert sentence in answer.text and "Gardé." in answer.text
    assert not IncapacityPeriod.objects.exists()


def test_an_overlap_is_said_beside_the_date(anne, case):
    client, address = anne.browser(), reverse("capacity:incapacities", args=[case.pk])
    client.post(address, typed())
    answer = client.post(address, typed(since="01.05.2019", until="", rate="50"))
    assert answer.status_code == 422 and "du 23.03.2019 au 14.05.2019" in answer.text


def test_a_double_click_notes_once(anne, case):
    client, sent = anne.browser(), typed()
    for _click in range(2):
        client.post(reverse("capacity:incapacities", args=[case.pk]), sent)
    assert IncapacityPeriod.objects.count() == 1


def test_a_correction_shows_both_versions_when_a_colleague_was_faster(anne, case):
    period = noted(anne, case)
    address = reverse("capacity:incapacity", args=[period.pk])
    client = anne.browser()
    assert client.post(address, typed(rate="80", version="1")).status_code == 302
    answer = client.post(address, typed(rate="60", cause="accident", version="1"))
    assert answer.status_code == 409
    assert 'name="rate"' in answer.text and ">60<" in answer.text and ">80<" in answer.text
    assert client.post(address, typed(rate="60", version="2")).status_code == 302
    period.refresh_from_db()
    assert period.rate == 60


def test_an_open_end_is_ended_and_a_mistake_withdrawn(anne, case):
    period, client = noted(anne, case, until=None), anne.browser()
    client.post(reverse("capacity:incapacity-end", args=[period.pk]), {"until": "26.11.2026"})
    period.refresh_from_db()
    assert f"{period.until:%d.%m.%Y}" == "26.11.2026"
    client.post(reverse("capacity:withdrawal", args=[period.pk]), {"reason": "Autre personne"})
    page = panel(anne, case).text
    assert "retirée" in page and "Autre personne" in page and '<svg class="capacity-chart' not in page


@pytest.mark.parametrize("name", ["incapacity", "incapacity-end", "withdrawal"])
def test_anothers_period_is_not_changed(anne, case, name):
    other = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    scenarios.opened_to(case, other.institution, Category.CAPACITY)
    period = noted(anne, case)
    assert other.browser().get(reverse(f"capacity:{name}", args=[period.pk])).status_code == 403


@pytest.mark.parametrize("name", ["incapacity", "incapacity-end", "withdrawal"])
def test_a_period_that_is_not_disclosed_does_not_exist(anne, carla, case, name):
    period = noted(anne, case)
    assert carla.browser().get(reverse(f"capacity:{name}", args=[period.pk])).status_code == 404


def test_what_was_withdrawn_is_changed_no_more(anne, case):
    period = noted(anne, case)
    act(anne, withdraw_incapacity, period_id=period.pk, reason="x")
    assert anne.browser().get(reverse("capacity:incapacity", args=[period.pk])).status_code == 403


SUMMARY = {
    "usual_time": "0", "usual_performance": "0", "usual_since": "01.03.2026",
    "adapted_time": "50", "adapted_performance": "80", "adapted_since": "01.09.2026",
    "effect_load": "Pas plus de 5 kg.", "lasting_load": "on", "effect_hours": "Pas de nuit.",
    "expectations": "Un travail assis.", "fitness": "conditional", "conditions": "Des pauses.",
    "audience": "circle",
}  # fmt: skip


def test_a_doctor_publishes_by_the_form_and_the_next_one_begins_with_it(case):
    doctor = scenarios.colleague(None, Role.DOCTOR, kind=Kind.MEDICAL_SERVICE)
    scenarios.opened_to(case, doctor.institution, Category.CAPACITY)
    client, address = doctor.browser(), reverse("capacity:summary", args=[case.pk])
    assert client.post(address, SUMMARY).url.endswith("?panneau=capacite#resume")
    summary = FunctionalSummary.objects.get()
    assert summary.adapted == WorkCapacity(50, 80, summary.adapted_since)
    assert [limit for _word, limit in summary.limits] == [
        Limitation("load", "Pas plus de 5 kg.", True),
        Limitation("hours", "Pas de nuit.", False),
    ]
    again = client.get(address).text
    assert "Pas plus de 5 kg." in again and "01.09.2026" in again
    page = panel(doctor, case).text
    assert "50" in page and "rendement 80" in page and "durable" in page and "Des pauses." in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"usual_performance": ""}, "temps, rendement et date vont ensemble"),
        ({"adapted_time": "150"}, "Un taux va de 0 à 100."),
        ({"conditions": ""}, "Dites à quelles conditions."),
    ],
)
def test_a_summary_that_is_not_whole_comes_back(anne, case, changes, sentence):
    answer = anne.browser().post(reverse("capacity:summary", args=[case.pk]), SUMMARY | changes)
    assert answer.status_code == 422 and sentence in answer.text and "Pas de nuit." in answer.text
    assert not FunctionalSummary.objects.exists()


def test_an_empty_summary_is_not_published(anne, case):
    empty = {"fitness": "unknown", "audience": "circle"}
    answer = anne.browser().post(reverse("capacity:summary", args=[case.pk]), empty)
    assert answer.status_code == 422 and "Indiquez au moins" in answer.text


def test_earlier_summaries_stay_beneath(anne, case):
    published(anne, case)
    published(anne, case, Conclusions(fitness="yes"))
    page = panel(anne, case).text
    assert "1 résumé antérieur" in page and "Pauses toutes les heures." in page


def test_the_panel_asks_as_often_for_fifty_periods_as_for_one(anne, case):
    address = f"{reverse('web:case', args=[case.pk])}?panneau=capacite"
    noted(anne, case)
    published(anne, case)
    client = anne.browser()
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(24):
        noted(anne, case, source_name=f"Dr {number}")
    published(anne, case)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)


def test_the_timeline_says_which_source_and_rate(anne, case):
    noted(anne, case, 80)
    page = anne.browser().get(f"{reverse('web:case', args=[case.pk])}?panneau=fil").text
    assert "Médecin traitant\u202f: 80\u202f%" in page
