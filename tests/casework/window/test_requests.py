"""What she asks for: its receiver, its clock, its answer."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accord.casework.cases.models import Participant
from accord.casework.window.models import PersonRequest
from accord.casework.window.services import answer_request, ask, take_up
from accord.foundation.notifications.models import Notification
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.kernel.states import ForbiddenTransition
from accord.network.institutions.enums import Role
from scenarios import colleague


def asks(window, kind="correction", text="50 % est faux.", right="40 %"):
    with acting_as(window.her):
        return ask(by=window.her, kind=kind, text=text, right_text=right)


def answers(window, asked, state="done", answer="C’est corrigé.", by=None, version=None):
    by = (by or window.anne).actor
    with acting_as(by):
        return answer_request(
            by=by, request_id=asked.pk, state=state, answer=answer, version=version or asked.version
        )


def test_a_request_reaches_who_leads_with_its_clock(window):
    Participant.objects.filter(case=window.case).update(referent=window.anne.user)
    asked = asks(window)
    assert asked.due_on == today() + timedelta(days=30)
    assert Notification.objects.get(kind="window.asked").user_id == window.anne.user.pk
    home = window.anne.browser().get(reverse("web:home")).content.decode()
    assert "Répondre à la personne" in home and reverse("window:answer", args=[asked.pk]) in home


def test_an_objection_reaches_the_data_protection_officer_and_no_worklist(window):
    officer = colleague(window.anne.institution, Role.DATA_PROTECTION)
    asked = asks(window, "objection", "Je m’oppose.", "")
    assert Notification.objects.get(kind="window.objected").user_id == officer.user.pk
    with acting_as(window.anne.actor), pytest.raises(Refused, match="protection des données"):
        answers(window, asked)
    page = officer.browser().get(reverse("window:objection", args=[asked.pk]))
    assert page.status_code == 200 and "Je m’oppose." in page.content.decode()
    answers(window, asked, "refused", "La loi l’exige.", by=officer)
    asked.refresh_from_db()
    assert asked.state == "refused"


@pytest.mark.parametrize(
    ("kind", "text", "right", "field"),
    [
        ("unknown", "x", "", "kind"),
        ("question", "  ", "", "text"),
        ("correction", "x", " ", "right_text"),
        ("question", "x" * 4_001, "", "text"),
    ],
)
def test_what_cannot_be_sent_says_why(window, kind, text, right, field):
    with pytest.raises(Refused) as refused:
        asks(window, kind, text, right)
    assert refused.value.field == field
    assert not PersonRequest.objects.exists()


def test_she_reads_the_answer(window, browser):
    asked = asks(window)
    with acting_as(window.anne.actor):
        take_up(by=window.anne.actor, request_id=asked.pk)
        take_up(by=window.anne.actor, request_id=asked.pk)
    assert "en cours" in browser.get(reverse("window:requests")).content.decode()
    asked.refresh_from_db()
    answers(window, asked)
    page = browser.get(reverse("window:requests")).content.decode()
    assert "C’est corrigé." in page and window.anne.institution.name in page


def test_two_colleagues_answer_once(window):
    asked = asks(window)
    answers(window, asked)
    with pytest.raises(Stale):
        answers(window, asked, "refused", "Non.")
    asked.refresh_from_db()
    assert asked.state == "done"
    client = window.anne.browser()
    url = reverse("window:answer", args=[asked.pk])
    late = client.post(url, {"state": "refused", "answer": "Non.", "version": 1})
    assert (
        late.status_code == 409
        and "C’est corrigé." in late.content.decode()
        and "Non." in late.content.decode()
    )


def test_an_answer_needs_words(window):
    asked = asks(window)
    with pytest.raises(Refused) as refused:
        answers(window, asked, answer=" ")
    assert refused.value.field == "answer"
    with pytest.raises((Refused, ForbiddenTransition)):
        answers(window, asked, state="in_progress")


def test_who_does_not_lead_knows_nothing_of_it(window):
    asked = asks(window)
    url = reverse("window:answer", args=[asked.pk])
    assert window.sami.browser().get(url).status_code == 404


def test_a_double_click_asks_once(window, browser):
    url = reverse("window:ask", args=["question"])
    sent = {"text": "Pourquoi ?", "submission": uuid4().hex}
    assert browser.post(url, sent).status_code == 302
    assert browser.post(url, sent).status_code == 302
    assert PersonRequest.objects.count() == 1
    assert browser.post(url, {"text": ""}).status_code == 422
    assert browser.get(reverse("window:ask", args=["unknown"])).status_code == 404


def test_lists_cost_the_same_with_one_and_with_many(window, django_assert_max_num_queries, browser):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asks(window)

    def cost(client, name):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse(name)).status_code == 200
        return len(queries)

    anne = window.anne.browser()
    pages = [(anne, "window:asked"), (browser, "window:requests"), (anne, "web:home")]
    for client, name in pages:
        cost(client, name)
    one = [cost(*page) for page in pages]
    for _more in range(20):
        asks(window)
    assert [cost(*page) for page in pages] == one
