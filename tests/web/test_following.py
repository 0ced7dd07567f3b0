"""Follow a case, and what changed since one's last visit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

import scenarios
from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Event
from accord.casework.cases.services import (
    add_note,
    add_step,
    end_disclosures,
    follow_case,
    note_visit,
    tell,
    tell_followers,
)
from accord.foundation.notifications.models import Follow, Notification
from accord.kernel.actors import WORKER
from accord.kernel.clock import frozen_at, now
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programmes():
    scenarios.programmes()


@pytest.fixture
def case(anne):
    return scenarios.open_case(anne)


@pytest.fixture
def bruno(case):
    bruno = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    scenarios.opened_to(case, bruno.institution, Category.PLAN)
    return bruno


def act(who, verb, **words):
    with acting_as(who.actor):
        return verb(by=who.actor, **words)


def happens(who, case, category=Category.PLAN) -> Event:
    return act(who, tell, case=case, kind=EventKind.MEETING_PLANNED, category=category)


def told(event) -> list[object]:
    with acting_as(WORKER):
        tell_followers(event.pk)
    found = Notification.objects.filter(kind="case.followed", params__event=str(event.pk))
    return [row.user for row in found]


class TestFollowing:
    def test_a_follower_is_told_once_of_each_event(self, anne, bruno, case):
        act(bruno, follow_case, case_id=case.pk, wanted=True)
        act(bruno, follow_case, case_id=case.pk, wanted=True)
        event = happens(anne, case)
        assert told(event) == [bruno.user]
        assert told(event) == [bruno.user]
        assert told(happens(anne, case)) == [bruno.user]

    def test_not_of_what_she_may_not_read(self, anne, bruno, case):
        act(bruno, follow_case, case_id=case.pk, wanted=True)
        assert told(happens(anne, case, Category.MEDICAL)) == []
        end_disclosures(case.disclosures.filter(recipient=bruno.institution), because="revoked")
        assert told(happens(anne, case)) == []

    def test_not_of_what_she_did_nor_after_she_left(self, anne, bruno, case):
        act(bruno, follow_case, case_id=case.pk, wanted=True)
        assert told(happens(bruno, case)) == []
        Membership.objects.filter(user=bruno.user).update(until=now())
        assert told(happens(anne, case)) == []

    def test_who_follows_no_more_is_not_told(self, anne, bruno, case):
        for wanted in (True, False):
            act(bruno, follow_case, case_id=case.pk, wanted=wanted)
        assert told(happens(anne, case)) == []
        assert not Follow.objects.exists()

    def test_whom_one_follows_is_nobody_elses_business(self, anne, bruno, case):
        act(bruno, follow_case, case_id=case.pk, wanted=True)
        with acting_as(anne.actor):
            assert not Follow.objects.exists()

    def test_a_case_that_one_may_not_know_is_not_followed(self, case):
        stranger = scenarios.colleague(kind=Kind.SOCIAL_AID)
        answer = stranger.browser().post(reverse("cases:follow", args=[case.pk]))
        assert answer.status_code == 404
        assert not Follow.objects.exists()

    def test_the_button_and_the_filter(self, anne, case):
        other = scenarios.open_case(anne)
        browser = anne.browser()
        assert "Suivre" in browser.get(reverse("web:case", args=[case.pk])).content.decode()
        browser.post(reverse("cases:follow", args=[case.pk]), {"follow": "yes"})
        assert "Ne plus suivre" in browser.get(reverse("web:case", args=[case.pk])).content.decode()
        listed = browser.get(reverse("cases:list") + "?qui=suivis").content.decode()
        assert case.number in listed
        assert other.number not in listed


class TestNews:
    def page(self, who, case) -> str:
        return who.browser().get(reverse("web:case", args=[case.pk])).content.decode()

    def test_the_first_visit_has_no_news(self, bruno, case):
        text = self.page(bruno, case)
        assert "Du nouveau" not in text
        assert "Rien de nouveau depuis" not in text

    def test_each_thing_is_a_line_with_who_and_its_place(self, anne, bruno, case):
        self.page(bruno, case)
        assert "Rien de nouveau depuis le" in self.page(bruno, case)
        act(anne, add_note, case_id=case.pk, text="x", category=Category.PLAN, audience=Audience.CIRCLE)
        step = act(
            anne, add_step, case_id=case.pk, title="Bilan", assignee_id=anne.institution.pk, due_on=None
        )
        happens(anne, case)
        act(anne, add_note, case_id=case.pk, text="y", category=Category.MEDICAL, audience=Audience.CIRCLE)
        text = self.page(bruno, case)
        assert "Du nouveau depuis votre visite" in text
        assert text.count("Note écrite ou corrigée") == 1
        assert "Démarche\xa0: Bilan" in text
        assert f"#demarche-{step.pk}" in text
        assert "Rencontre fixée" in text
        assert "Du nouveau" not in self.page(anne, case), "her own words are no news to her"

    @pytest.mark.parametrize(
        ("kind", "data", "said", "panel"),
        [
            (
                "meeting_planned",
                {"kind": "assessment", "sentence": "04.12.2026, 14:00"},
                "14:00",
                "rencontres",
            ),
            ("minutes_signed", {"kind": "assessment", "edition": 2}, "version 2", "rencontres"),
            ("plan_agreed", {"number": 3}, "Version 3", "plan"),
            ("plan_agreed", {}, "Plan convenu", "plan"),
            ("diagnosis_signed", {"section": "work", "number": 1}, "Travail", "diagnostic"),
            ("notice", {"until": "2026-12-24"}, "Délai jusqu’au 24.12.2026", "detection"),
            ("detection", {"on": "2026-11-24"}, "Répondu le 24.11.2026", "detection"),
            (
                "emergency",
                {"institution": "SMZ", "reason": "child"},
                "SMZ\u202f: enfant en danger",
                "fil#fil",
            ),
            ("person_acted", {"act": "plan_signed"}, "Elle a signé son plan.", "fil#fil"),
            ("stage", {"stage": "plan"}, "Étape\u202f: ", "etapes"),
            ("merged", {}, "Personnes réunies", "fil#fil"),
        ],
    )
    def test_each_line_is_said_and_leads_to_its_panel(self, anne, bruno, case, kind, data, said, panel):
        self.page(bruno, case)
        Event.objects.create(case=case, owner=anne.institution, author=anne.user, kind=kind, data=data)
        response = bruno.browser().get(reverse("web:case", args=[case.pk]))
        (found,) = [one for one in response.context["news"] if one["url"].endswith(f"?panneau={panel}")]
        assert said in found["sentence"]
        assert said.split("\u202f: ")[-1] in self.timeline(bruno, case)

    def timeline(self, who, case) -> str:
        return str(who.browser().get(f"{reverse('web:case', args=[case.pk])}?panneau=fil").content.decode())

    def test_news_are_put_aside(self, anne, bruno, case):
        self.page(bruno, case)
        happens(anne, case)
        assert "Du nouveau depuis" in self.page(bruno, case)
        bruno.browser().post(reverse("cases:news", args=[case.pk]))
        assert "Du nouveau depuis" not in self.page(bruno, case)

    @pytest.mark.parametrize(("minutes", "begins"), [(29, 0), (31, 20)])
    def test_a_reading_session_is_one_visit(self, bruno, case, minutes, begins):
        first = now()
        looks = [first, first + timedelta(minutes=20), first + timedelta(minutes=20 + minutes)]
        with acting_as(bruno.actor):
            for instant in looks:
                with frozen_at(instant):
                    seen = note_visit(by=bruno.actor, case=case)
        assert seen.since == first + timedelta(minutes=begins)
