"""A question from its asking to its end; nobody is named, nobody else reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import scenarios
from accord.casework.advice.models import Question
from accord.casework.advice.selectors import addressees_for, questions_on_worklist
from accord.casework.advice.services import (
    add_to_question,
    announce_from_question,
    answer_question,
    ask_question,
    close_question,
    remind_escalate_and_expire,
)
from accord.casework.referrals.models import Referral
from accord.casework.referrals.services import start_referral
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.models import ProgrammeMember

pytestmark = pytest.mark.django_db
SLUG = "cii-geneve"


@pytest.fixture(autouse=True)
def _programmes():
    scenarios.programmes()


def seated(*roles, kind):
    who = scenarios.colleague(None, *roles, kind=kind)
    ProgrammeMember.objects.create(programme_slug=SLUG, institution=who.institution, role="member")
    return who


@pytest.fixture
def anne():
    return seated(kind=Kind.EMPLOYMENT_OFFICE)


@pytest.fixture
def rita():
    return seated(Role.REFERENT, kind=Kind.AI_OFFICE)


@pytest.fixture
def hugo():
    return seated(Role.REFERENT, kind=Kind.SOCIAL_AID)


def ask(who, to=None, **words):
    words = {"subject": "Délai-cadre", "text": "Faut-il annoncer maintenant ?"} | words
    with acting_as(who.actor):
        return ask_question(
            by=who.actor, programme_slug=SLUG, addressee_id=to.institution.pk if to else None, **words
        )


def answer(who, question, text="Annoncez maintenant."):
    with acting_as(who.actor):
        return answer_question(by=who.actor, question_id=question.pk, text=text)


def kinds(who):
    return list(Notification.objects.filter(user=who.user).values_list("kind", flat=True))


def test_a_question_to_anybody_reaches_every_referent_of_the_circle(anne, rita, hugo):
    question = ask(anne)
    assert kinds(rita) == kinds(hugo) == ["advice.asked"]
    assert question.due_on == today() + timedelta(days=5)
    assert [found.pk for found in questions_on_worklist(rita.actor)] == [question.pk]


def test_a_question_to_one_is_read_by_that_one_alone(anne, rita, hugo):
    question = ask(anne, to=rita)
    address = reverse("advice:show", args=[question.pk])
    assert rita.browser().get(address).status_code == 200
    assert anne.browser().get(address).status_code == 200
    assert hugo.browser().get(address).status_code == 404
    assert kinds(hugo) == []


def test_whoever_is_outside_of_the_circle_neither_asks_nor_reads(anne, rita):
    question = ask(anne)
    stranger = scenarios.colleague(None, Role.REFERENT)
    assert stranger.browser().get(reverse("advice:show", args=[question.pk])).status_code == 404
    with pytest.raises(Refused, match="cercle"):
        ask(stranger)


def test_an_institution_without_referent_is_not_asked(anne, rita):
    plain = seated(kind=Kind.SOCIAL_AID)
    assert [house.pk for house in addressees_for(anne.actor, SLUG)] == [rita.institution.pk]
    with pytest.raises(Refused, match="référent"):
        ask(anne, to=plain)


@pytest.mark.parametrize("field", ["subject", "text"])
def test_an_avs_number_is_refused_even_when_confirmed(anne, field):
    with pytest.raises(Refused, match="AVS") as refused:
        ask(anne, **{field: "756.9217.0769.85"}, is_confirmed=True)
    assert refused.value.field == field
    assert not Question.objects.exists()


def test_what_looks_like_a_name_wants_a_second_look(anne):
    with pytest.raises(Refused, match="Mme Favre"):
        ask(anne, text="La situation de Mme Favre.")
    assert ask(anne, text="Loi de Mme Favre.", is_confirmed=True).pk


def test_thread_back_and_forth_until_it_is_closed(anne, rita):
    question = ask(anne, to=rita)
    answer(rita, question)
    assert kinds(anne) == ["advice.answered"]
    with acting_as(anne.actor):
        add_to_question(by=anne.actor, question_id=question.pk, text="Et si le délai est passé ?")
    question.refresh_from_db()
    assert question.state == "asked"
    answer(rita, question)
    with acting_as(anne.actor):
        for _ in range(2):
            close_question(by=anne.actor, question_id=question.pk, was_helpful=True)
    question.refresh_from_db()
    assert (question.state, question.was_helpful, question.answers.count()) == ("closed", True, 3)
    with pytest.raises(Refused, match="close"):
        answer(rita, question)


def test_only_referents_answer_and_only_the_asker_closes(anne, rita):
    question = ask(anne, to=rita)
    worker = scenarios.colleague(rita.institution)
    with pytest.raises(Refused, match="référents"):
        answer(worker, question)
    with pytest.raises(Refused, match="autre institution"), acting_as(rita.actor):
        close_question(by=rita.actor, question_id=question.pk, was_helpful=None)


def test_an_unanswered_question_is_not_judged(anne, rita):
    question = ask(anne, to=rita)
    with pytest.raises(Refused, match="conseil"), acting_as(anne.actor):
        close_question(by=anne.actor, question_id=question.pk, was_helpful=True)


@pytest.mark.parametrize(
    ("late", "told"),
    [(0, (0, 0, 0)), (1, (1, 0, 0)), (11, (0, 1, 0)), (15, (0, 0, 1))],
    ids=["due today", "reminder", "managers", "expired"],
)
def test_what_nobody_answers_is_not_forgotten(anne, rita, late, told):
    chief = scenarios.colleague(rita.institution, Role.MANAGER)
    question = ask(anne, to=rita)
    on = question.due_on + timedelta(days=late)
    assert remind_escalate_and_expire(on=on) == told
    assert remind_escalate_and_expire(on=on) == (0, 0, 0)
    assert kinds(chief) == ["advice.escalated"] * told[1]
    assert kinds(anne) == ["advice.expired"] * told[2]


def test_an_escalated_question_is_on_the_managers_worklist(anne, rita):
    chief = scenarios.colleague(rita.institution, Role.MANAGER)
    question = ask(anne, to=rita)
    assert questions_on_worklist(chief.actor) == []
    remind_escalate_and_expire(on=question.due_on + timedelta(days=11))
    assert [found.pk for found in questions_on_worklist(chief.actor)] == [question.pk]
    assert "Escalade" in chief.browser().get("/").content.decode()


def test_a_question_becomes_an_announcement_once(anne, rita):
    question = ask(anne)
    about = scenarios.person(anne.institution)
    browser, address = anne.browser(), reverse("advice:announcement", args=[question.pk])
    page = browser.get(address)
    assert page.status_code == 200
    assert page.context["form"].initial["programme"] == SLUG
    response = browser.post(address, {"programme": SLUG, "person": str(about.pk)})
    assert response.status_code == 302
    question.refresh_from_db()
    referral = Referral.objects.get()
    assert question.referral == referral
    assert referral.case.subject == "Délai-cadre"
    assert browser.get(address).status_code == 403
    with pytest.raises(Refused, match="déjà"), acting_as(anne.actor):
        announce_from_question(by=anne.actor, question_id=question.pk, referral=referral)


def test_the_referent_learns_that_it_became_one_not_which(anne, rita):
    question = ask(anne)
    referral = start_referral(by=anne.actor, programme_slug=SLUG, person=scenarios.person(anne.institution))
    announce_from_question(by=anne.actor, question_id=question.pk, referral=referral)
    text = rita.browser().get(reverse("advice:show", args=[question.pk])).content.decode()
    assert "Devenue une annonce" in text
    assert str(referral.pk) not in text


def test_the_form_keeps_what_was_typed_and_asks_to_confirm(anne, rita):
    browser, address = anne.browser(), reverse("advice:ask")
    assert "Ne nommez pas la personne" in browser.get(address).content.decode()
    words = {"programme": SLUG, "addressee": "", "subject": "Cas", "text": "La situation de Mme Favre."}
    response = browser.post(address, words)
    assert response.status_code == 422
    text = response.content.decode()
    assert "La situation de Mme Favre." in text
    assert 'name="confirmed"' in text
    assert browser.post(address, words | {"confirmed": "on"}).status_code == 302


def test_screens_of_the_thread(anne, rita):
    question = ask(anne, to=rita)
    adviser, asker = rita.browser(), anne.browser()
    assert adviser.post(reverse("advice:answer", args=[question.pk]), {"text": " "}).status_code == 422
    assert adviser.post(reverse("advice:answer", args=[question.pk]), {"text": "Oui."}).status_code == 302
    assert (
        asker.post(reverse("advice:addition", args=[question.pk]), {"text": "Et après ?"}).status_code == 302
    )
    assert asker.post(reverse("advice:addition", args=[question.pk]), {"text": "Et ?"}).status_code == 403
    assert (
        asker.post(reverse("advice:closure", args=[question.pk]), {"was_helpful": "yes"}).status_code == 302
    )
    assert adviser.post(reverse("advice:answer", args=[question.pk]), {"text": "Oui."}).status_code == 403
    assert Entry.objects.filter(subject_kind="question", verb="advised").count() == 1


def test_no_message_names_the_subject(anne, rita):
    ask(anne)
    message = Notification.objects.get(user=rita.user)
    assert message.params == {}
    assert message.case_id is None


def test_lists_and_statistics_ask_the_same_with_1_and_30_questions(anne, rita):
    browser, counts = rita.browser(), []
    for more in (1, 29):
        for _ in range(more):
            ask(anne)
        for address in ("/conseils/", "/conseils/statistique/", "/"):
            browser.get(address)
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(address).status_code == 200
            counts.append(len(caught.captured_queries))
    assert counts[:3] == counts[3:]


def test_statistics_hide_small_numbers_on_the_page_and_in_the_file(anne, rita):
    for _ in range(3):
        answer(rita, ask(anne))
    browser = rita.browser()
    assert "non publié" in browser.get("/conseils/statistique/").content.decode()
    content = browser.get("/conseils/statistique/csv/").content.decode()
    assert content.startswith("\ufeff")
    assert ";3;" not in content
    assert anne.browser().get("/conseils/statistique/").status_code == 403
