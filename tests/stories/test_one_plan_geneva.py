"""Seed 000 in full width, through the screens: advice, one diagnosis, one meeting, one plan, one person.

A referent advises before anything is announced; the question becomes the announcement; a common follow-up is
discovered; three institutions write one diagnosis and see one thing differently; they meet; strategies that
compete are found and settled; all sign, the person at her window; the second institution sees whom the first
calls; files open and close; the person revokes a part; the case ends with a notice.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accord.casework.advice.models import Question
from accord.casework.cases.models import Case
from accord.casework.consents.models import Consent
from accord.casework.diagnosis.models import Difference, Section
from accord.casework.employers.models import Employer, EmployerContact
from accord.casework.meetings.models import Meeting, Minutes, Seat
from accord.casework.plans.models import Goal, Measure, Plan
from accord.casework.referrals.models import Referral
from accord.casework.window.rules import ALPHABET
from accord.kernel.clock import now
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.models import ProgrammeMember
from accord.people.persons.models import Person
from scenarios import colleague, in_days, institution, programmes
from stories.desks import Desk, Screen, marks, plain, text_of

pytestmark = pytest.mark.django_db

STROKES = "[[[10,40,0],[16,41,20],[22,42,40],[28,43,60],[34,44,80],[40,40,100],[46,41,120],[52,42,140]]]"
NEW_JOB = "Un poste de magasinière à 60 %"
KEEP_JOB = "Garder le poste chez le transporteur"


def day(days: int) -> str:
    return f"{in_days(days):%d.%m.%Y}"


class Montbrillant:
    """Three institutions of Geneva, and the case of Jeanne Müller between them."""

    case: Case
    person: Person
    referral: Referral

    def __init__(self) -> None:
        programmes()
        houses = {
            "oce": (Kind.EMPLOYMENT_OFFICE, "Office de l’emploi", Role.CASEWORKER, "Blanc"),
            "oai": (Kind.AI_OFFICE, "Office AI", Role.REFERENT, "Corboz"),
            "hospice": (Kind.SOCIAL_AID, "Hospice", Role.CASEWORKER, "Droz"),
        }
        self.desks: dict[str, Desk] = {}
        for slug, (kind, name, role, last_name) in houses.items():
            house = institution(kind, slug, short_name=slug.upper(), name=name)
            ProgrammeMember.objects.create(
                programme_slug="cii-geneve", institution=house, role="desk" if slug == "oai" else "member"
            )
            self.desks[slug] = Desk(colleague(house, role, last_name=last_name))

    @property
    def all_three(self) -> tuple[Desk, Desk, Desk]:
        return self.desks["oce"], self.desks["oai"], self.desks["hospice"]

    def registers(self, desk: Desk, **changes: str) -> Person:
        desk.fills(
            "persons:register",
            **{
                "family_name": "Müller",
                "given_names": "Jeanne",
                "avs_number": "756.9217.0769.85",
                "birth_date": "17.05.1979",
                "sex": "2",
                "language": "fr",
                "street": "Rue de Lyon 12",
                "postal_code": "1203",
                "city": "Genève",
            }
            | changes,
        )
        return Person.objects.filter(institution=desk.house).latest("created_at")


@pytest.fixture
def story() -> Montbrillant:
    return Montbrillant()


def test_three_institutions_one_plan(story: Montbrillant) -> None:
    advice_before_the_announcement(story)
    a_common_follow_up_is_discovered(story)


def advice_before_the_announcement(story: Montbrillant) -> None:
    oce, oai, hospice = story.all_three
    refused = oce.tries("advice:ask", programme="cii-geneve", addressee="", subject="Dos", text="Que faire ?")
    assert refused.status_code == 422, "that nobody is recognised must be confirmed"
    oce.fills(
        "advice:ask",
        programme="cii-geneve",
        addressee="",
        subject="Un dos qui ne tient plus, deux stratégies",
        text="Une logisticienne suivie par deux maisons : faut-il annoncer maintenant ?",
        confirmed="on",
    )
    question = Question.objects.get()
    assert question.subject in oai.reads("web:home")
    oai.fills("advice:show", question.pk, to="advice:answer", text="Oui, annoncez-la tôt.", confirmed="on")
    assert "annoncez-la tôt" in oce.reads("advice:show", question.pk)
    hospice.page("advice:show", question.pk, status=404)
    story.person = story.registers(oce)
    oce.fills("advice:announcement", question.pk, programme="cii-geneve", person=str(story.person.pk))
    story.referral = Referral.objects.get()
    story.case = story.referral.case
    question.refresh_from_db()
    assert question.referral_id == story.referral.pk


def a_common_follow_up_is_discovered(story: Montbrillant) -> None:
    """Somebody in the circle follows her, too; nobody learns who, or that it is this case."""
    oce, _oai, hospice = story.all_three
    theirs = story.registers(hospice)
    hospice.page("web:case", story.case.pk, status=404)
    for desk, person in ((oce, story.person), (hospice, theirs)):
        desk.client.post(
            reverse("persons:open_file", args=[person.pk]), {"submission": uuid4().hex, "opened_on": day(-20)}
        )
    told = plain(
        oce.presses("matching:ask", story.person.pk, on=("matching:person", story.person.pk)).content.decode()
    )
    assert "suivi" in told and "HOSPICE" not in told and "Hospice" not in told, told


def announced_authorised_and_taken(story: Montbrillant) -> None:
    pass
