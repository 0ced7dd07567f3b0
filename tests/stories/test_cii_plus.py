"""The second circle through the screens: an insurer announces early, the AI office answers in its 30 days.

The insured person is informed beforehand, or nothing leaves the house; incapacity is told period by period; the
office talks with her and answers; the case stands in both circles, each under an authorisation of its own; the
pension fund and the accident insurer see their part; the préavis runs its 30 days; revoking the one circle
leaves the other.
"""

from __future__ import annotations

from typing import Any

import pytest

from accord.casework.cases.models import Case, Disclosure
from accord.casework.consents.models import Consent
from accord.casework.detection.models import Detection, Notice
from accord.casework.referrals.models import Referral
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.models import ProgrammeMember
from accord.network.programmes.selectors import current_programme
from accord.people.persons.models import Person
from scenarios import colleague, in_days, institution, programmes
from stories.desks import Desk, marks, plain

pytestmark = pytest.mark.django_db

STROKES = "[[[10,40,0],[16,41,20],[22,42,40],[28,43,60],[34,44,80],[40,40,100],[46,41,120],[52,42,140]]]"


def day(days: int) -> str:
    return f"{in_days(days):%d.%m.%Y}"


class Plus:
    """A daily-allowance insurer, the AI office, a pension fund, an accident insurer, social aid."""

    case: Case

    def __init__(self) -> None:
        programmes()
        kinds = {
            "mutuelle": Kind.INSURER_DAILY_LAMAL,
            "oai": Kind.AI_OFFICE,
            "caisse": Kind.PENSION_FUND,
            "alpina": Kind.INSURER_ACCIDENT,
            "hospice": Kind.SOCIAL_AID,
        }
        self.desks: dict[str, Desk] = {}
        for slug, kind in kinds.items():
            house = institution(kind, slug, short_name=slug.upper(), name=slug.title())
            circles = ["cii-plus"] + ["cii-geneve"] * (slug in ("oai", "hospice"))
            for circle in circles:
                role = "desk" if slug == "oai" else "member"
                ProgrammeMember.objects.create(programme_slug=circle, institution=house, role=role)
            role = Role.REFERENT if slug == "oai" else Role.CASEWORKER
            self.desks[slug] = Desk(colleague(house, role, last_name=slug.title()))

    def __getitem__(self, slug: str) -> Desk:
        return self.desks[slug]


@pytest.fixture
def plus() -> Plus:
    return Plus()


def test_an_insurer_announces_early(plus: Plus) -> None:
    announced_by_the_insurer(plus)
    the_office_talks_and_answers(plus)
    both_circles(plus)
    the_notice(plus)
    one_circle_is_left(plus)


def announced_by_the_insurer(plus: Plus) -> None:
    mutuelle, oai = plus["mutuelle"], plus["oai"]
    assert len(current_programme("cii-plus").announcer_kinds) == 13
    mutuelle.fills(
        "persons:register",
        family_name="Bonvin",
        given_names="Lucie",
        birth_date="03.04.1985",
        sex="2",
        language="fr",
        street="Rue de la Dixence 8",
        postal_code="1950",
        city="Sion",
    )
    person = Person.objects.get()
    mutuelle.fills("referrals:start", programme="cii-plus", person=str(person.pk))
    referral = Referral.objects.get()
    plus.case = referral.case
    mutuelle.fills(
        "referrals:absence",
        referral.pk,
        source_kind="treating_doctor",
        source_name="Dr Amherd",
        rate="100",
        since=day(-12),
        audience="circle",
    )
    words: dict[str, Any] = {
        "subject": "Arrêt de travail prolongé",
        "reasons": ["incapacity"],
        "criterion_target_person": "on",
        "criterion_informed": "on",
        "answer_reason_text": "Arrêt prolongé, reprise incertaine.",
        "answer_contract_status": "in_force",
        "answer_cause": "illness",
        "announcer_kind": "e",
        "desk": str(oai.house.pk),
    }
    unaware = mutuelle.tries("referrals:form", referral.pk, to="referrals:sending", **words)
    assert unaware.status_code == 422
    said = plain(unaware.content.decode())
    assert "La loi exige que la personne soit informée avant l’annonce" in said
    assert "30 jours" in said, "short absences make one think"
    oai.page("web:case", plus.case.pk, status=404)
    mutuelle.fills("referrals:form", referral.pk, to="referrals:sending", insured_informed_on=day(-2))
    referral.refresh_from_db()
    assert referral.state == "sent"


def the_office_talks_and_answers(plus: Plus) -> None:
    mutuelle, oai = plus["mutuelle"], plus["oai"]
    referral = Referral.objects.get()
    assert "encore 30 jours" in oai.reads("detection:list")
    assert "Répondre à la communication" in oai.reads("web:home", pour="institution")
    oai.fills("referrals:show", referral.pk, lead=str(oai.house.pk))
    detection = Detection.objects.get()
    assert detection.due_on == in_days(30)
    oai.fills("detection:interview", detection.pk, interview_on=day(0))
    oai.fills("detection:interview-held", detection.pk, held_on=day(0))
    oai.fills(
        "detection:answer", detection.pk, outcome="indicated", reasons="L’arrêt dure.", answered_on=day(0)
    )
    oai.fills("detection:application", detection.pk, applied_on=day(0))
    detection.refresh_from_db()
    assert detection.state == "applied"
    seen = mutuelle.sees(plus.case, "detection")
    assert "L’office AI a répondu" in seen and "L’arrêt dure" not in seen
    assert "Répondre à la communication" not in oai.reads("web:home", pour="institution")


def both_circles(plus: Plus) -> None:
    """The case enters the cantonal circle, too; each circle has its own authorisation."""
    oai, mutuelle, hospice = plus["oai"], plus["mutuelle"], plus["hospice"]
    oai.fills("cases:second-circle", plus.case.pk, programme="cii-geneve")
    for circle, grants in (
        (
            "cii-plus",
            marks(mutuelle=(mutuelle, "identity benefits plan"), oai=(oai, "finances plan")),
        ),
        ("cii-geneve", marks(hospice=(hospice, "identity plan"), oai=(oai, "plan"))),
    ):
        authorises(oai, plus.case, circle, grants)
    assert {one.state for one in Consent.objects.filter(case=plus.case)} == {"active"}
    oai.fills("cases:participants", plus.case.pk, institution=str(hospice.house.pk))
    seen = oai.sees(plus.case, "autorisation")
    assert "CII Genève" in seen and "CII-plus" in seen
    assert "Bonvin" in hospice.sees(plus.case)


def authorises(desk: Desk, case: Case, circle: str, grants: list[str]) -> None:
    before = set(Consent.objects.values_list("pk", flat=True))
    desk.fills(
        "consents:compose",
        case.pk,
        query={"cercle": circle},
        language="fr",
        purpose="common_plan",
        exchanges="several",
        valid_from=day(0),
        valid_until=day(300),
        grants=grants,
    )
    consent = Consent.objects.exclude(pk__in=before).get()
    assert consent.programme == circle
    desk.fills("consents:sign_screen", consent.pk, signatory="person", strokes=STROKES)


def the_notice(plus: Plus) -> None:
    oai, caisse, alpina = plus["oai"], plus["caisse"], plus["alpina"]
    oai.fills(
        "detection:notice",
        plus.case.pk,
        subject="pension",
        summary="Octroi d’un quart de rente prévu.",
        sent_on=day(0),
        institutions=[str(caisse.house.pk), str(alpina.house.pk)],
    )
    notice = Notice.objects.get()
    assert notice.objections_until >= in_days(30)
    for desk in (caisse, alpina):
        assert "Prendre position" in desk.reads("web:home", pour="institution")
        assert "quart de rente" in desk.sees(plus.case, "detection")
    party = notice.parties.get(institution=caisse.house)
    alpina.page("detection:position", party.pk, status=404)
    caisse.fills("detection:position", party.pk, position="taken", text="Le taux nous paraît trop haut.")
    assert "trop haut" in oai.sees(plus.case, "detection")
    assert "trop haut" not in alpina.sees(plus.case, "detection"), "each sees its own part"
    early = oai.tries("detection:decision", notice.pk, decided_on=day(0))
    assert early.status_code == 422 and "attendez" in plain(early.content.decode())


def one_circle_is_left(plus: Plus) -> None:
    oai, mutuelle, hospice = plus["oai"], plus["mutuelle"], plus["hospice"]
    consent = Consent.objects.get(case=plus.case, programme="cii-plus")
    oai.fills("consents:revoke", consent.pk, note="Par téléphone")
    by_consent = Disclosure.objects.filter(case=plus.case, basis="consent", ended_because="")
    assert set(by_consent.values_list("recipient__slug", flat=True)) == {"hospice", "oai"}
    assert "révoquée" in mutuelle.sees(plus.case)
    assert "Bonvin" in hospice.sees(plus.case), "the other circle stands"
    assert Consent.objects.get(case=plus.case, programme="cii-geneve").state == "active"
