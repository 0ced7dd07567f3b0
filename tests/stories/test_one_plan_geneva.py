"""Seed 000 in full width, through the screens: advice, one diagnosis, one meeting, one plan, one person.

A referent advises before anything is announced; the question becomes the announcement; a common follow-up is
discovered; three institutions write one diagnosis and see one thing differently; they meet; strategies that
compete are found and settled; all sign, the person at her window; the second institution sees whom the first
calls; files open and close; the person revokes a part; the case ends with a notice.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accord.casework.advice.models import Question
from accord.casework.cases.models import Case
from accord.casework.consents.models import Consent
from accord.casework.diagnosis.models import Difference, Section
from accord.casework.employers.models import Employer, EmployerContact
from accord.casework.meetings.models import Meeting, Minutes, Seat
from accord.casework.plans.models import Goal, Plan
from accord.casework.referrals.models import Referral
from accord.casework.window.rules import ALPHABET
from accord.kernel.clock import now
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.models import ProgrammeMember
from accord.people.persons.models import Person
from scenarios import colleague, in_days, institution, programmes
from stories.desks import Desk, Forms, Screen, marks, plain, text_of

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
    announced_authorised_and_taken(story)
    one_diagnosis_in_parts(story)
    they_meet(story)
    her = the_window_opens(story)
    one_plan(story, her)
    whom_the_others_call(story)
    files_open_and_close(story)
    she_looks_and_revokes_a_part(story, her)
    the_case_ends(story)


def advice_before_the_announcement(story: Montbrillant) -> None:
    oce, oai, hospice = story.all_three
    named = "Que faire pour 756.9217.0769.85 ?"
    refused = oce.tries("advice:ask", programme="cii-geneve", addressee="", subject="Dos", text=named)
    assert refused.status_code == 422, "a question names nobody"
    oce.fills(
        "advice:ask",
        programme="cii-geneve",
        addressee="",
        subject="Un dos qui ne tient plus, deux stratégies",
        text="Une logisticienne suivie par deux maisons : faut-il annoncer maintenant ?",
    )
    question = Question.objects.get()
    assert question.subject in oai.reads("web:home")
    oai.fills("advice:show", question.pk, to="advice:answer", text="Oui, annoncez-la tôt.")
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
        desk.fills("persons:file-opening", person.pk, number="D-1", opened_on=day(-20))
    told = plain(
        oce.presses("matching:ask", story.person.pk, on=("matching:person", story.person.pk)).content.decode()
    )
    assert "suit aussi cette personne" in told and "HOSPICE" not in told and "Hospice" not in told, told


def announced_authorised_and_taken(story: Montbrillant) -> None:
    oce, oai, hospice = story.all_three
    case, referral = story.case, story.referral
    announcement = {
        "subject": "Retour à l’emploi après une atteinte au dos",
        "reasons": ["health_blocks_placement", "parallel_strategies"],
        "criterion_potential": "on",
        "criterion_followed": "on",
        "criterion_agrees": "on",
        "answer_situation": "Longue carrière de logisticienne, arrêtée par le dos.",
        "answer_person_wish": "Un métier moins lourd, près de chez elle.",
        "answer_expectations": "Une seule stratégie pour les trois institutions.",
        "answer_benefit": "unemployment",
        "desk": str(oai.house.pk),
    }
    oce.fills("referrals:form", referral.pk, **announcement)
    without = oce.tries("referrals:form", referral.pk, to="referrals:sending")
    assert without.status_code == 422 and "autorisation" in plain(without.content.decode())
    kinds = "identity benefits work social plan"
    oce.fills(
        "consents:compose",
        case.pk,
        language="fr",
        purpose="common_plan",
        exchanges="several",
        valid_from=day(0),
        valid_until=day(300),
        grants=marks(
            oce=(oce, kinds), oai=(oai, f"{kinds} capacity"), hospice=(hospice, f"{kinds} finances")
        ),
    )
    consent = Consent.objects.get(case=case)
    oce.fills("consents:sign_screen", consent.pk, signatory="person", strokes=STROKES)
    oce.fills("referrals:form", referral.pk, to="referrals:sending")
    assert "Müller" in oai.reads("referrals:show", referral.pk)
    oai.fills("referrals:show", referral.pk, lead=str(oai.house.pk))
    oai.fills("cases:participants", case.pk, institution=str(hospice.house.pk))
    oai.fills("cases:referent", case.pk, user=str(oai.who.user.pk))
    hospice.fills("cases:referent", case.pk, user=str(hospice.who.user.pk))
    case.refresh_from_db()
    assert (case.state, case.lead_id) == ("open", oai.house.pk)


def one_diagnosis_in_parts(story: Montbrillant) -> None:
    oce, oai, hospice = story.all_three
    case = story.case
    writers = {"person": oai, "work": oce, "social": hospice}
    oai.fills(
        "diagnosis:parts",
        case.pk,
        needed=list(writers),
        **{f"holder_{part}": str(desk.house.pk) for part, desk in writers.items()},
    )
    texts = {
        "person": "Elle veut travailler près de chez elle.",
        "work": "Dix-huit ans de logistique, permis de cariste.",
        "social": "Elle vit seule avec un fils de douze ans.",
    }
    for part, desk in writers.items():
        section = Section.objects.get(case=case, part=part)
        desk.fills("diagnosis:section", section.pk, to="diagnosis:signature", known=texts[part])
    for desk in writers.values():
        seen = desk.sees(case, "diagnostic")
        assert all(text in seen for text in texts.values())
    work = Section.objects.get(case=case, part="work")
    other_view = "La charge maximale est plus basse que ce que dit l’emploi."
    oai.fills("diagnosis:differences", work.pk, text=other_view)
    difference = Difference.objects.get()
    oce.fills("diagnosis:answer", difference.pk, text="Nous l’avons noté avec son médecin.")
    seen = hospice.sees(case, "diagnostic")
    assert texts["work"] in seen and other_view in seen, "both views stand side by side"


def they_meet(story: Montbrillant) -> None:
    oce, oai, hospice = story.all_three
    case = story.case
    offered = oai.offers("meetings:schedule", case.pk, field="seats")
    seats = [one for one in offered if any(str(desk.who.user.pk) in one for desk in story.all_three)]
    oai.fills(
        "meetings:schedule",
        case.pk,
        kind="assessment",
        on=day(7 - in_days(0).weekday() + 1),
        hour="10:00",
        minutes="60",
        place="Rue de Montbrillant 40, Genève",
        seats=seats,
        wants_person="on",
        agenda="Où en est-on\nCe qu’elle veut",
    )
    meeting = Meeting.objects.get(kind="assessment")
    assert Seat.objects.filter(meeting=meeting).count() == 3
    oce_seat = Seat.objects.get(meeting=meeting, user=oce.who.user)
    oce.presses("meetings:answer", oce_seat.pk, on=("meetings:show", meeting.pk), answer="accepted")
    oce_seat.refresh_from_db()
    assert oce_seat.answer == "accepted"
    held = now() - timedelta(hours=3)
    Meeting.objects.filter(case=case).update(starts_at=held, ends_at=held + timedelta(hours=1))
    everybody = [str(pk) for pk in Seat.objects.filter(meeting=meeting).values_list("pk", flat=True)]
    oai.fills("meetings:attendance", meeting.pk, attended=everybody, person_came="on")
    oai.fills(
        "meetings:minutes", meeting.pk, decisions="Une seule stratégie : un poste adapté.", audience="circle"
    )
    minutes = Minutes.objects.get()
    oai.presses("meetings:minutes-signature", minutes.pk, on=("meetings:show", meeting.pk))
    assert "Une seule stratégie" in hospice.reads("meetings:show", meeting.pk)


def the_window_opens(story: Montbrillant) -> Screen:
    """The letter is printed once; a wrong code opens nothing, a right one opens once."""
    _oce, oai, _hospice = story.all_three
    letter = oai.tries("window:letters", story.case.pk, addressee="person")
    assert letter.headers["Content-Type"] == "application/pdf"
    text = text_of(letter.content)
    sign = f"[{ALPHABET}]{{4}}"
    number = re.search(r"\d{4} \d{4}", text)
    assert number
    code, second = [one for one in re.findall(f"{sign} {sign}", text) if one != number.group()][:2]
    her = Screen(Client())
    for typed, born, arrives in (
        ("BBBB CCCC", "17.05.1979", False),
        (code, "18.05.1979", False),
        (code, "17.05.1979", True),
    ):
        answer = her.client.post(
            reverse("window:sign-in"), {"number": number.group(), "code": typed, "birth_date": born}
        )
        assert (answer.status_code == 302) is arrives
    again = Client().post(
        reverse("window:sign-in"), {"number": number.group(), "code": code, "birth_date": "17.05.1979"}
    )
    assert again.status_code != 302, "a code opens once"
    assert code != second
    taking_part = her.reads("window:participants")
    assert "Office AI" in taking_part and "Office de l’emploi" in taking_part and "Hospice" in taking_part
    return her


def one_plan(story: Montbrillant, her: Screen) -> None:
    oce, oai, hospice = story.all_three
    case = story.case
    oai.fills("plans:goals", case.pk, key="new_job", text=NEW_JOB, target_on=day(180))
    oce.fills("plans:goals", case.pk, key="keep_job", text=KEEP_JOB, target_on=day(90))
    new = Goal.objects.get(text=NEW_JOB)
    for desk, title in ((oai, "Conseil et suivi"), (hospice, "Suivi social")):
        desk.fills("plans:measures", case.pk, goal=str(new.origin), title=title, since=day(0), until=day(180))
    assert "Objectifs contraires" in oai.sees(case, "plan")
    on_plan = ("web:case", case.pk, "plan")
    oai.presses("plans:proposal", case.pk, on=on_plan)
    for desk in story.all_three:
        assert "Signer le plan" in desk.reads("web:home", pour="institution")
        desk.presses("plans:signature", case.pk, on=on_plan)
    assert Plan.objects.get(case=case).state == "proposed", "what competes is settled first"
    oce.presses("plans:goal-removal", Goal.objects.get(text=KEEP_JOB).pk, on=on_plan)
    assert "Objectifs contraires" not in oai.sees(case, "plan")
    oai.fills("plans:goals", case.pk, key="pension", text="Une rente partielle si l’essai échoue")
    finding = re.search(r"/justifications/([^/]+)/", oai.page(*on_plan[:2], panneau="plan"))
    assert finding
    oai.fills(
        "plans:justification", case.pk, finding[1], sentence="La rente n’est demandée qu’après l’essai."
    )
    if Plan.objects.get(case=case).state == "draft":
        oai.presses("plans:proposal", case.pk, on=on_plan)
    for desk in (oai, hospice):
        desk.presses("plans:signature", case.pk, on=on_plan)
    assert Plan.objects.get(case=case).state == "agreed"
    assert NEW_JOB in her.reads("window:plan")
    her.fills("window:plan-sign")
    assert "La personne signé" in oai.sees(case, "plan")


def whom_the_others_call(story: Montbrillant) -> None:
    oce, oai, _hospice = story.all_three
    case = story.case
    oai.fills("employers:new-for-case", case.pk, name="Transports du Lac SA", city="Genève")
    employer = Employer.objects.get()
    words = {
        "about": "placement",
        "way": "phone",
        "ground": "given",
        "consent_on": day(0),
        "planned_for": day(2),
    }
    oai.fills("employers:contact", case.pk, employer.pk, **words)
    before = oce.reads("employers:contact", case.pk, employer.pk)
    assert "OAI" in before or "Office AI" in before, "the second sees the first before it calls"
    blind = oce.tries("employers:contact", case.pk, employer.pk, **words)
    assert blind.status_code == 422
    oce.fills("employers:contact", case.pk, employer.pk, **words, is_coordinated="on")
    assert EmployerContact.objects.filter(case=case).count() == 2
    contact = EmployerContact.objects.get(owner=oai.house)
    oai.fills("employers:result", contact.pk, state="done", done_on=day(0), result="Un essai en mars.")
    assert "Un essai en mars" in oce.sees(case, "employeurs")


def files_open_and_close(story: Montbrillant) -> None:
    oce, oai, hospice = story.all_three
    hospice.fills("cases:file-opening", story.case.pk, number="H-2", opened_on=day(-3))
    assert "ouvert" in oai.reads("notifications:list")
    oce.fills("cases:file-closing", story.case.pk, closed_on=day(0), reason="Fin de droit")
    for desk in (oai, hospice):
        assert "fermé" in desk.reads("notifications:list")


def she_looks_and_revokes_a_part(story: Montbrillant, her: Screen) -> None:
    _oce, oai, hospice = story.all_three
    read = her.reads("window:readings")
    assert "Office AI" in read and "Hospice" in read
    consent = Consent.objects.get(case=story.case)
    text = "Elle vit seule avec un fils de douze ans."
    assert text in oai.sees(story.case, "diagnostic")
    ticked = next(
        v for _a, v, names in Forms(her.page("window:narrow", consent.pk)).found if "grants" in names
    )
    kept = [mark for mark in ticked["grants"] if mark != f"{oai.house.pk}:social"]
    asked = her.tries("window:narrow", consent.pk, grants=kept)
    assert "OAI : Situation sociale" in plain(asked.content.decode()), "what closes is told before"
    version = str(ticked["version"][0])
    done = her.client.post(
        reverse("window:narrow", args=[consent.pk]), {"grants": kept, "version": version, "sure": "1"}
    )
    assert done.status_code == 302
    assert text not in oai.sees(story.case, "diagnostic"), "what she took back is closed at once"
    assert text in hospice.sees(story.case, "diagnostic")


def the_case_ends(story: Montbrillant) -> None:
    oce, oai, hospice = story.all_three
    oai.fills("cases:closure", story.case.pk, outcome="primary_market", note="Engagée à 60 %.")
    for desk in (oce, hospice):
        assert story.case.number in desk.reads("notifications:list")
    story.case.refresh_from_db()
    assert story.case.state == "closed"
