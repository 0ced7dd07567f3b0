"""Seed 000 through the screens: three institutions of Montbrillant work one case under one authorisation.

The employment office announces, the person authorises, the referent of the AI office takes the case, social
aid joins; they work together, one file opens and closes and the others are told; the person narrows, then
revokes; the case is closed and opened again.
"""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case, Disclosure
from accord.casework.consents.models import Consent
from accord.casework.referrals.models import Referral
from accord.foundation.journal.models import Entry
from accord.network.institutions.enums import Kind, Role
from accord.people.persons.models import Person
from scenarios import Colleague, colleague, in_days, institution, programmes

pytestmark = pytest.mark.django_db

SECRET_OF_THE_HOSPICE = "Arrangement avec l’office des poursuites en cours."
ABOUT_WORK = "Stage de logistique possible dès janvier."
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


class Desk:
    """A colleague at her screen."""

    def __init__(self, who: Colleague) -> None:
        self.who, self.client = who, who.browser()

    def opens(self, name: str, *arguments: Any, status: int = 200) -> str:
        response = self.client.get(reverse(name, args=arguments))
        assert response.status_code == status, (name, response.status_code, response.content[:600])
        return response.content.decode()

    def submits(self, name: str, *arguments: Any, **fields: Any) -> str:
        """Send a form and arrive where it leads; a form sent back with errors is a failure."""
        response = self.client.post(
            reverse(name, args=arguments), {"submission": uuid4().hex, **fields}, follow=False
        )
        assert response.status_code in (302, 303), (name, _errors(response.content.decode()))
        arrived = self.client.get(response.headers["Location"])
        assert arrived.status_code == 200
        return response.headers["Location"]


def _errors(page: str) -> list[str]:
    return re.findall(r'class="[^"]*error[^"]*"[^>]*>([^<]+)', page) or [page[:800]]


@pytest.fixture
def montbrillant() -> dict[str, Desk]:
    programmes()
    oce = institution(Kind.EMPLOYMENT_OFFICE, "oce", short_name="OCE", name="Office de l’emploi")
    oai = institution(Kind.AI_OFFICE, "oai", short_name="OAI", name="Office AI")
    hospice = institution(Kind.SOCIAL_AID, "hospice", short_name="Hospice", name="Aide sociale")
    stranger = institution(Kind.SOCIAL_AID, "ailleurs", short_name="Ailleurs", name="Aide sociale d’ailleurs")
    return {
        "oce": Desk(colleague(oce, Role.CASEWORKER, last_name="Blanc")),
        "oai": Desk(colleague(oai, Role.REFERENT, last_name="Corboz")),
        "hospice": Desk(colleague(hospice, Role.CASEWORKER, last_name="Droz")),
        "stranger": Desk(colleague(stranger, Role.CASEWORKER, last_name="Emery")),
        "guardian": Desk(colleague(oce, Role.DATA_PROTECTION, last_name="Fontana")),
    }


def register(desk: Desk) -> Person:
    desk.submits(
        "persons:register",
        family_name="Müller",
        given_names="Jeanne",
        avs_number="756.9217.0769.85",
        birth_date="17.05.1979",
        sex="2",
        nationality="CH",
        language="fr",
        street="Rue de Lyon 12",
        postal_code="1203",
        city="Genève",
        canton="GE",
        phone="079 000 11 22",
        contact_way="phone",
    )
    return Person.objects.get(family_name="Müller")


def marks(**who: tuple[UUID, str]) -> list[str]:
    return [f"{key}:{category}" for key, kinds in who.values() for category in kinds.split()]


def announce(oce: Desk, oai: Desk, person: Person) -> tuple[Referral, dict[str, Any]]:
    oce.submits("referrals:start", programme="cii-geneve", person=str(person.pk))
    referral = Referral.objects.get()
    form = {
        "version": referral.version,
        "subject": "Retour à l’emploi après une atteinte au dos",
        "reasons": ["health_blocks_placement", "parallel_strategies"],
        "criterion_potential": "on",
        "criterion_followed": "on",
        "criterion_agrees": "on",
        "answer_situation": "Longue carrière de logisticienne, arrêtée par le dos.",
        "answer_person_wish": "Un métier moins lourd, près de chez elle.",
        "answer_expectations": "Une seule stratégie pour les trois institutions.",
        "answer_benefit": "unemployment",
        "questions": "Le droit aux mesures est-il ouvert ?",
        "desk": str(oai.who.institution.pk),
    }
    page = oce.opens("referrals:form", referral.pk)
    options = re.search(r'name="answer_benefit".*?</select>', page, re.DOTALL)
    assert options
    form["answer_benefit"] = re.findall(r'<option value="([^"]+)"', options.group())[0]
    oce.submits("referrals:form", referral.pk, **form)
    referral.refresh_from_db()
    return referral, form | {"version": referral.version}


def authorise(oce: Desk, case: Case, grants: list[str]) -> Consent:
    oce.submits(
        "consents:compose",
        case.pk,
        language="fr",
        purpose="common_plan",
        exchanges="several",
        valid_from=f"{in_days(0):%d.%m.%Y}",
        valid_until=f"{in_days(300):%d.%m.%Y}",
        grants=grants,
    )
    consent = Consent.objects.get(case=case, state="draft")
    document = oce.client.get(reverse("consents:form_pdf", args=[consent.pk]))
    assert (
        b"".join(document).startswith(b"%PDF-")
        if document.streaming
        else document.content.startswith(b"%PDF-")
    )
    oce.submits(
        "consents:sign_paper",
        consent.pk,
        signatory="person",
        signed_on=f"{in_days(0):%d.%m.%Y}",
        scan=SimpleUploadedFile("signed.pdf", PDF, "application/pdf"),
    )
    consent.refresh_from_db()
    return consent


def test_one_case_for_three_institutions(montbrillant: dict[str, Desk]) -> None:
    oce, oai, hospice = montbrillant["oce"], montbrillant["oai"], montbrillant["hospice"]
    stranger, guardian = montbrillant["stranger"], montbrillant["guardian"]
    person = register(oce)
    referral, form = announce(oce, oai, person)
    case = referral.case

    refused = oce.client.post(
        reverse("referrals:sending", args=[referral.pk]), {"submission": uuid4().hex, **form}
    )
    assert "autorisation" in refused.content.decode()
    referral.refresh_from_db()
    assert referral.state == "draft", "without an authorisation nothing leaves the house"
    for desk in (oai, hospice, stranger):
        desk.opens("web:case", case.pk, status=404)

    consent = authorise(
        oce,
        case,
        marks(
            oai=(oai.who.institution.pk, "identity benefits work capacity plan"),
            hospice=(hospice.who.institution.pk, "identity work plan"),
            oce=(oce.who.institution.pk, "identity benefits work plan"),
        ),
    )
    assert consent.state == "active"
    referral.refresh_from_db()
    oce.submits("referrals:sending", referral.pk, **form | {"version": referral.version})

    received = oai.opens("referrals:show", referral.pk)
    assert "Müller" in received and "Le droit aux mesures est-il ouvert" in received
    stranger.opens("referrals:show", referral.pk, status=404)
    referral.refresh_from_db()
    assert referral.received_at is not None
    oai.submits("referrals:question", referral.pk, question="Depuis quand est-elle en incapacité ?")
    exchange = referral.exchanges.get()
    oce.submits("referrals:answer", referral.pk, exchange=str(exchange.pk), answer="Depuis le 3 mars.")
    oai.submits("referrals:acceptance", referral.pk, lead=str(oai.who.institution.pk))
    case.refresh_from_db()
    assert (case.state, case.lead_id) == ("open", oai.who.institution.pk)

    oai.submits("cases:participants", case.pk, institution=str(hospice.who.institution.pk))
    assert "Müller" in hospice.opens("web:case", case.pk)
    stranger.opens("web:case", case.pk, status=404)
    hospice.submits("cases:referent", case.pk, user=str(hospice.who.user.pk))

    hospice.submits(
        "cases:notes", case.pk, text=SECRET_OF_THE_HOSPICE, category=int(Category.FINANCES), audience="circle"
    )
    oai.submits("cases:notes", case.pk, text=ABOUT_WORK, category=int(Category.WORK), audience="circle")
    assert SECRET_OF_THE_HOSPICE in whole_case(hospice, case)
    assert SECRET_OF_THE_HOSPICE not in whole_case(oai, case), "finances were not authorised to the AI office"
    assert ABOUT_WORK in whole_case(hospice, case)

    oai.submits(
        "cases:steps",
        case.pk,
        title="Bilan de compétences",
        assignee=str(hospice.who.institution.pk),
        due_on=f"{in_days(20):%d.%m.%Y}",
    )
    assert "Bilan de compétences" in hospice.opens("web:home")
    oce.submits("cases:file-opening", case.pk, number="ORP-4711", opened_on=f"{in_days(-30):%d.%m.%Y}")
    oce.submits("cases:file-closing", case.pk, closed_on=f"{in_days(0):%d.%m.%Y}", reason="Fin de droit")
    assert "fermé" in oai.opens("notifications:list")

    hospice_grants = marks(
        oai=(oai.who.institution.pk, "identity benefits work capacity plan"),
        hospice=(hospice.who.institution.pk, "identity plan"),
        oce=(oce.who.institution.pk, "identity benefits work plan"),
    )
    consent.refresh_from_db()
    oce.submits("consents:narrow", consent.pk, grants=hospice_grants, version=consent.version)
    assert ABOUT_WORK not in whole_case(hospice, case), "work was taken back from social aid"

    oai.submits("cases:lead", case.pk, institution=str(hospice.who.institution.pk))
    case.refresh_from_db()
    assert case.lead_id == hospice.who.institution.pk
    hospice.submits("cases:closure", case.pk, outcome="primary_market", note="Engagée à 60 %.")
    assert case.number in oai.opens("notifications:list")
    hospice.submits("cases:reopening", case.pk, reason="L’essai n’a pas duré.")

    oce.submits("consents:revoke", consent.pk, note="Par téléphone")
    for desk in (oai, hospice):
        seen = desk.opens("web:case", case.pk)
        assert "Müller" not in seen and "révoquée" in seen
    assert not Disclosure.objects.filter(case=case, basis="consent", ended_because="").exists()

    assert "Müller" in oce.opens("persons:show", person.pk), "who registered her still knows her"
    verbs = set(Entry.objects.filter(cases__contains=[case.pk]).values_list("verb", flat=True))
    assert {
        "read",
        "announced",
        "accepted",
        "consent_given",
        "consent_narrowed",
        "consent_revoked",
        "closed",
        "reopened",
    } <= verbs
    assert case.number in guardian.opens("journal:list")


def whole_case(desk: Desk, case: Case) -> str:
    """Everything that the case page and its panels show to one colleague."""
    page = desk.opens("web:case", case.pk)
    links = set(re.findall(rf'href="(/dossiers/{case.pk}/\?[^"#]+)', page))
    return page + "".join(desk.client.get(link.replace("&amp;", "&")).content.decode() for link in links)


def test_nobody_is_signed_in(montbrillant: dict[str, Desk]) -> None:
    for name in ("web:home", "cases:list", "referrals:list", "persons:list", "web:search", "journal:list"):
        response = Client().get(reverse(name))
        assert response.status_code == 302 and "/compte/entrer/" in response.headers["Location"]


def test_strokes_are_evidence(montbrillant: dict[str, Desk]) -> None:
    """The person signs on the screen instead of on paper."""
    oce, oai = montbrillant["oce"], montbrillant["oai"]
    case = announce(oce, oai, register(oce))[0].case
    oce.submits(
        "consents:compose",
        case.pk,
        language="de",
        purpose="common_plan",
        exchanges="several",
        valid_from=f"{in_days(0):%d.%m.%Y}",
        valid_until=f"{in_days(90):%d.%m.%Y}",
        grants=marks(oai=(oai.who.institution.pk, "identity plan")),
    )
    consent = Consent.objects.get()
    strokes = [[[10.0 + 6 * step, 40.0 + step % 5, 20.0 * step] for step in range(30)]]
    oce.submits("consents:sign_screen", consent.pk, signatory="person", strokes=json.dumps(strokes))
    consent.refresh_from_db()
    assert (consent.state, consent.channel, consent.text.language) == ("active", "screen", "de")
    assert "Müller" in oai.opens("web:case", case.pk)
