"""What the other rooms wrote for her: her plan, her meetings, what was understood, who looked in an emergency."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from accord.casework.cases.enums import Audience
from accord.casework.cases.models import Event
from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.meetings.models import Meeting
from accord.casework.meetings.services import tell_person_answers
from accord.casework.plans.models import Goal, Measure, Plan, PlanSignature
from accord.casework.plans.rules import fingerprint_of
from accord.casework.plans.selectors import sheet_of
from accord.casework.window.models import PersonRequest
from accord.casework.window.selectors.chapters import CHAPTERS
from accord.casework.window.services import data_of
from accord.foundation.journal.models import Entry
from accord.kernel.actors import WORKER
from accord.kernel.clock import now, today
from accord.kernel.database import acting_as
from furnishing.window import multiply, written_for_her
from scenarios import colleague, open_case

ROOMS = ("plan", "meetings", "diagnosis", "capacity", "emergencies", "detection")


@pytest.fixture
def written(window: Any) -> Any:
    """Every room has written something for her."""
    written_for_her(window.case, window.anne.institution, window.anne.user)
    return window


def text_of(browser: Any, name: str) -> str:
    response = browser.get(reverse(f"window:{name}"))
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("name", ROOMS)
def test_an_empty_chapter_says_so_kindly(browser, name):
    page = text_of(browser, name)
    assert "window-word" in page
    assert 'class="thing' not in page


SAID = {
    "plan": ("Travailler à 50 %", "Bilan de compétences", "C’est en cours", "n’a pas encore signé"),
    "meetings": ("De 14:00 à 15:00", "Rue du Lac", "Anne Muller", "Répondre", "Ce qui a été décidé ensemble"),
    "diagnosis": ("Elle aime son métier.", "Écrit par Anne Muller", "est faux", "Un autre avis"),
    "capacity": ("Vous pouvez travailler à 60", "Pas plus de 10 kg", "50 % du temps"),
    "emergencies": ("Anne Muller", "Elle ne répond plus", "n’était pas justifié", "Le collègue est averti."),
    "detection": ("déposer une demande", "Vous avez 30 jours"),
}


@pytest.mark.parametrize(("name", "sentences"), SAID.items())
def test_she_reads_what_was_written_for_her(written, browser, name, sentences):
    page = text_of(browser, name).replace("\u202f", " ")
    for sentence in sentences:
        assert sentence in page, sentence


def test_what_was_written_among_institutions_is_not_hers(written, browser):
    for model in (Plan, Goal, Measure, Meeting):
        model.objects.filter(case=written.case).update(audience=Audience.CIRCLE)
    assert "Travailler à 50" not in text_of(browser, "plan")
    assert "Rue du Lac" not in text_of(browser, "meetings")
    meeting = Meeting.objects.filter(case=written.case).first()
    for name in ("meeting", "meeting-file"):
        assert browser.get(reverse(f"window:{name}", args=[meeting.pk])).status_code == 404


def test_everything_goes_with_her_data(written):
    with acting_as(written.her):
        data = data_of(by=written.her, case=written.case)
    assert [chapter["key"] for chapter in data["chapters"]] == list(CHAPTERS)
    filled = {chapter["key"] for chapter in data["chapters"] if chapter["items"]}
    assert set(ROOMS) <= filled


def test_today_lists_what_waits_for_her(written, browser):
    page = text_of(browser, "today")
    for said in ("lue en urgence", "veut prendre une décision", "plan attend votre avis", "Répondre"):
        assert said in page
    EmergencyAccess.objects.update(opened_at=now() - timedelta(days=90))
    assert "lue en urgence" not in text_of(browser, "today")


def test_an_answer_is_among_what_is_new(written, browser):
    asked = PersonRequest.objects.create(
        case=written.case, kind="question", text="?", due_on=today(), state="done", answer="Voilà.",
        answered_at=now(), answered_by=written.anne.institution,
    )  # fmt: skip
    assert "Lire la réponse" in text_of(browser, "today")
    PersonRequest.objects.filter(pk=asked.pk).update(answered_at=now() - timedelta(days=31))
    assert "Lire la réponse" not in text_of(browser, "today")


class TestPlan:
    def form(self, browser: Any) -> dict[str, str]:
        context = browser.get(reverse("window:plan-sign")).context
        return {name: context[name] for name in ("fingerprint", "read")}

    def test_she_signs_what_she_read(self, written, browser):
        sent = self.form(browser)
        for _time in range(2):
            response = browser.post(reverse("window:plan-sign"), sent, follow=True)
        assert "Vous avez signé le" in response.content.decode()
        assert PlanSignature.objects.filter(case=written.case, is_of_person=True).count() == 1
        told = Event.objects.get(case=written.case, kind="person_acted")
        assert (told.data["act"], told.author_id) == ("plan_signed", None)
        assert "attend votre avis" not in text_of(browser, "today")
        assert Entry.objects.filter(
            user_name="la personne concernée", user_id=None, verb="person_acted"
        ).exists()

    def test_what_changed_meanwhile_is_shown_and_nothing_is_signed(self, written, browser):
        sent = self.form(browser)
        Measure.objects.filter(case=written.case).update(title="Stage en cuisine")
        plan = Plan.objects.get(case=written.case)
        with acting_as(WORKER):
            entries = sheet_of(written.her, written.case).entries_in(plan.number)
        Plan.objects.update(fingerprint=fingerprint_of(entries))
        response = browser.post(reverse("window:plan-sign"), sent)
        assert response.status_code == 409
        assert "Stage en cuisine" in response.content.decode()
        assert not PlanSignature.objects.filter(is_of_person=True).exists()
        browser.post(reverse("window:plan-sign"), self.form(browser))
        assert PlanSignature.objects.filter(is_of_person=True).exists()

    @pytest.mark.parametrize("read", ["", "[]", '{"x": "y"}'])
    def test_a_form_that_says_nothing_signs_nothing(self, written, browser, read):
        sent = {"fingerprint": "x", "read": read}
        assert browser.post(reverse("window:plan-sign"), sent).status_code == 409
        assert not PlanSignature.objects.exists()

    def test_nothing_to_sign_leads_back_to_the_plan(self, window, browser):
        assert browser.get(reverse("window:plan-sign")).headers["Location"] == reverse("window:plan")
        response = browser.post(reverse("window:plan-sign"), {"fingerprint": "x"}, follow=True)
        assert "Aucun plan n’attend votre signature" in response.content.decode()

    def test_she_says_that_she_does_not_agree(self, written, browser):
        assert "?sur=plan" in text_of(browser, "plan")
        page = browser.get(reverse("window:ask", args=["question"]), {"sur": "plan"})
        assert "Je ne suis pas d’accord avec ce plan" in page.content.decode()


@pytest.mark.parametrize(
    ("about", "words"),
    [("work", "Travail"), ("urgence", "urgence"), ("rencontre", "un autre moment"), ("<b>", "")],
)
def test_a_request_begins_with_what_it_is_about(browser, about, words):
    page = browser.get(reverse("window:ask", args=["question"]), {"sur": about})
    assert words in page.context["form"]["text"].value()
    assert "<b>" not in page.content.decode()


class TestMeeting:
    def ahead(self, written: Any) -> Meeting:
        return Meeting.objects.get(case=written.case, starts_at__gt=now())

    @pytest.mark.parametrize("answer", ["accepted", "declined", "tentative"])
    def test_she_answers_and_who_called_is_told(self, written, browser, answer):
        meeting = self.ahead(written)
        address = reverse("window:meeting", args=[meeting.pk])
        assert "Venez-vous" in browser.get(address).content.decode()
        response = browser.post(address, {"answer": answer}, follow=True)
        assert "Vous avez répondu" in response.content.decode()
        meeting.refresh_from_db()
        assert meeting.person_answer == answer
        with acting_as(WORKER):
            assert tell_person_answers() == 1

    def test_an_answer_that_is_none_changes_nothing(self, written, browser):
        meeting = self.ahead(written)
        response = browser.post(
            reverse("window:meeting", args=[meeting.pk]), {"answer": "perhaps"}, follow=True
        )
        assert "Choisissez une réponse" in response.content.decode()
        meeting.refresh_from_db()
        assert meeting.person_answer == "pending"

    def test_one_that_is_over_is_answered_no_more(self, written, browser):
        meeting = self.ahead(written)
        Meeting.objects.filter(pk=meeting.pk).update(state="held")
        address = reverse("window:meeting", args=[meeting.pk])
        assert browser.get(address).status_code == 302
        assert (
            "n’attend plus de réponse"
            in browser.post(address, {"answer": "accepted"}, follow=True).content.decode()
        )

    def test_her_calendar_is_told_little(self, written, browser):
        meeting = self.ahead(written)
        response = browser.get(reverse("window:meeting-file", args=[meeting.pk]))
        assert response["Content-Type"].startswith("text/calendar")
        (event,) = Calendar.from_ical(response.content).walk("VEVENT")
        assert event.decoded("dtstart") == meeting.starts_at
        assert written.case.number in event["summary"]
        assert event["url"].endswith(reverse("window:meetings"))
        for secret in ("Favre", "Muller", "Prochain stage"):
            assert secret not in response.content.decode()

    def test_a_meeting_of_another_case_is_none(self, written, browser):
        other = open_case(colleague(written.anne.institution))
        theirs = Meeting.objects.create(
            case=other, owner=written.anne.institution, kind="assessment", starts_at=now(),
            ends_at=now() + timedelta(hours=1), person_present=True, audience=Audience.PERSON,
        )  # fmt: skip
        address = reverse("window:meeting", args=[theirs.pk])
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"answer": "accepted"}).status_code == 404


@pytest.mark.parametrize("name", ["today", *ROOMS])
def test_a_page_costs_the_same_with_one_thing_and_with_many(written, browser, name):
    address = reverse(f"window:{name}")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    cost()
    few = cost()
    multiply(written.case)
    assert cost() == few
