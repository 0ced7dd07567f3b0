"""Seed 001 through the screens: the doctor at the table, and the way through an examination.

The CII office announces the case to the medical service of the region and says why it needs a doctor; the
secretariat allocates, fixes pre-assessment and interview, prepares the form; the doctor reads, reaches a treating
doctor with the person's release, listens, writes her report and signs it alone; the secretariat files it. The
others read what the person can do at work, and never why. A round table goes without the doctor, measures are
followed; an examination ends in a final report.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.consents.models import Consent
from accord.casework.medical.models import (
    DoctorContact,
    Examination,
    MedicalMeasure,
    MedicalRequest,
    Release,
    Report,
    TreatingDoctor,
)
from accord.casework.medical.services.reminding import remind_holders
from accord.casework.meetings.models import Meeting, Seat
from accord.casework.referrals.models import Referral
from accord.casework.window.rules import ALPHABET
from accord.foundation.documents.services import store
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import WORKER
from accord.kernel.clock import now
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.models import ProgrammeMember
from accord.people.persons.models import Person
from casework.medical.situations import PNG
from casework.medical.test_report_services import certificate
from casework.meetings.situations import next_working_day
from scenarios import colleague, in_days, institution, programmes
from stories.desks import Desk, Screen, marks, plain, text_of, wrong_in

pytestmark = pytest.mark.django_db

STROKES = "[[[10,40,0],[16,41,20],[22,42,40],[28,43,60],[34,44,80],[40,40,100],[46,41,120],[52,42,140]]]"
SECRET = "Trouble dépressif récurrent"
LOAD = "Ne porte pas plus de 5 kg."
LEARNT = "Le traitement est bien suivi ; une reprise à mi-temps est possible."
OWN_QUESTION = "Peut-elle conduire un chariot ?"
PLEA = {
    "help_needed": "contradiction",
    "why_medical": "Deux certificats se contredisent sur le taux possible.",
    "tried_before": "Le certificat a été demandé au médecin traitant, sans réponse.",
}


def day(days: int) -> str:
    return f"{in_days(days):%d.%m.%Y}"


def said(response: HttpResponse) -> str:
    """What the page says that came back."""
    assert response.status_code == 422, response.status_code
    return plain(response.content.decode())


class Rhone:
    """The CII office, an employment office and the AI office of Valais; the medical service of the region."""

    case: Case
    request: MedicalRequest
    report: Report
    examination: Examination
    her: Screen

    def __init__(self) -> None:
        programmes()
        houses = {
            "bureau": (Kind.CII_OFFICE, "Bureau CII", Role.DESK, "Constantin", "desk"),
            "orp": (Kind.EMPLOYMENT_OFFICE, "ORP Sion", Role.CASEWORKER, "Fournier", "member"),
            "oai": (Kind.AI_OFFICE, "Office AI", Role.REFERENT, "Roh", "member"),
            "smr": (Kind.MEDICAL_SERVICE, "SMR Rhône", Role.SECRETARY, "Theler", "member"),
        }
        desks = {}
        for slug, (kind, name, role, last_name, place) in houses.items():
            house = institution(kind, slug, short_name=slug.upper(), name=name)
            ProgrammeMember.objects.create(programme_slug="cii-valais", institution=house, role=place)
            desks[slug] = Desk(colleague(house, role, last_name=last_name))
        self.bureau, self.orp, self.oai, self.secretary = desks.values()
        self.doctor = Desk(colleague(self.secretary.house, Role.DOCTOR, last_name="Pralong"))
        self.colleague = Desk(colleague(self.secretary.house, Role.DOCTOR, last_name="Moret"))

    @property
    def others(self) -> tuple[Desk, Desk, Desk]:
        """Who reads the functional summary and nothing else."""
        return self.bureau, self.orp, self.oai


@pytest.fixture
def rhone(settings: Any, tmp_path: Any) -> Rhone:
    settings.ACCORD_DOCUMENTS_DIR = tmp_path / "documents"
    settings.ACCORD_OUTBOX_DIR = tmp_path / "outbox"
    settings.ACCORD_DEMO_CERTIFICATE = certificate()
    return Rhone()


def test_the_doctor_at_the_table(rhone: Rhone) -> None:
    doctors_of_the_regions(rhone)
    announced_to_the_office(rhone)
    the_office_asks_the_doctor(rhone)
    allocated_and_scheduled_in_one_step(rhone)
    the_doctor_prepares(rhone)
    a_treating_doctor_is_reached(rhone)
    the_interview(rhone)
    the_report_is_written_and_signed(rhone)
    handed_in_and_filed(rhone)
    the_others_read_what_she_can_do(rhone)
    the_person_at_her_window(rhone)
    a_round_table_without_the_doctor(rhone)
    medical_measures_are_followed(rhone)
    an_examination_is_ordered(rhone)
    the_final_report(rhone)


def doctors_of_the_regions(rhone: Rhone) -> None:
    """Who the doctor of a region is, and who replaces her: kept by the service itself."""
    rhone.secretary.fills(
        "medical:region",
        "cii-valais",
        "valais_central",
        doctor=str(rhone.doctor.who.user.pk),
        replacement=str(rhone.colleague.who.user.pk),
    )
    assert rhone.doctor.who.user.name in rhone.secretary.reads("medical:regions")


def announced_to_the_office(rhone: Rhone) -> None:
    """The employment office announces, the person authorises, the CII office takes the case."""
    rhone.orp.fills(
        "persons:register",
        family_name="Zufferey",
        given_names="Martine",
        birth_date="17.05.1979",
        sex="2",
        language="fr",
        street="Rue de Lausanne 12",
        postal_code="1950",
        city="Sion",
    )
    person = Person.objects.get()
    rhone.orp.fills("referrals:start", programme="cii-valais", person=str(person.pk), region="valais_central")
    referral = Referral.objects.get()
    rhone.case = referral.case
    rhone.orp.fills(
        "referrals:form",
        referral.pk,
        subject="La santé empêche le placement",
        reasons=["health_blocks_placement", "medical_clarification"],
        criterion_potential="on",
        criterion_followed="on",
        criterion_agrees="on",
        answer_situation="Magasinière, en arrêt depuis le printemps.",
        answer_person_wish="Reprendre à temps partiel.",
        answer_expectations="Savoir ce qui est possible.",
        answer_benefit="unemployment",
        answer_doctor_questions=OWN_QUESTION,
        desk=str(rhone.bureau.house.pk),
    )
    common = "identity benefits work capacity plan"
    rhone.orp.fills(
        "consents:compose",
        rhone.case.pk,
        language="fr",
        purpose="common_plan",
        exchanges="several",
        valid_from=day(0),
        valid_until=day(300),
        grants=marks(
            bureau=(rhone.bureau, common),
            orp=(rhone.orp, common),
            oai=(rhone.oai, common),
            smr=(rhone.secretary, "identity work capacity medical plan"),
        ),
    )
    consent = Consent.objects.get()
    rhone.orp.fills("consents:sign_screen", consent.pk, signatory="person", strokes=STROKES)
    rhone.orp.fills("referrals:form", referral.pk, to="referrals:sending")
    rhone.bureau.fills("referrals:show", referral.pk, lead=str(rhone.bureau.house.pk))
    rhone.bureau.fills("cases:participants", rhone.case.pk, institution=str(rhone.oai.house.pk))
    rhone.case.refresh_from_db()
    assert (rhone.case.state, rhone.case.lead_id) == ("open", rhone.bureau.house.pk)


def the_office_asks_the_doctor(rhone: Rhone) -> None:
    """A gate: why a doctor, what was tried; what others can answer is theirs unless one insists."""
    case = rhone.case.pk
    rhone.orp.page("medical:ask", case, status=403)
    words = {**PLEA, "usual": ["limitations", "capacity", "fitness"], "offered": [OWN_QUESTION]}
    idle = rhone.bureau.tries("medical:ask", case, **{**words, "tried_before": "Rien."})
    assert "déjà été tenté sans le médecin" in said(idle)
    easy = rhone.bureau.tries("medical:ask", case, **{**words, "help_needed": "certificate"})
    assert "se demande au médecin traitant" in said(easy)
    rhone.bureau.fills("medical:ask", case, **words, measures="Un stage à mi-temps dans un dépôt.")
    rhone.request = MedicalRequest.objects.get()
    again = rhone.bureau.tries("medical:ask", case, **words)
    assert "court déjà" in said(again)
    seen = rhone.bureau.reads("medical:request", rhone.request.pk)
    assert "secrétariat du service médical" in seen and OWN_QUESTION in seen
    rhone.oai.page("medical:request", rhone.request.pk, status=404)
    assert "à attribuer" in rhone.oai.sees(rhone.case, "medical"), "where it stands, not what it says"


def allocated_and_scheduled_in_one_step(rhone: Rhone) -> None:
    """The doctor of the region is proposed; the pre-assessment stands one hour before the interview."""
    secretary, request = rhone.secretary, rhone.request.pk
    assert "Demande d’avis à attribuer" in secretary.reads("web:home", pour="institution")
    assert "Zufferey" in secretary.reads("medical:secretariat")
    secretary.fills("medical:allocation", request)
    rhone.request.refresh_from_db()
    assert rhone.request.doctor == rhone.doctor.who.user
    assert rhone.case.number in rhone.doctor.reads("notifications:list")
    on = f"{next_working_day():%d.%m.%Y}"
    where = {"minutes": "60", "on": on, "place": "SMR Rhône, Sion, salle 2"}
    offered = secretary.offers("medical:scheduling", request, field="seats")
    doctor, asker = rhone.doctor.who.user.pk, rhone.bureau.who.user.pk
    without = secretary.tries(
        "medical:scheduling", request, hour="10:00", seats=[s for s in offered if str(asker) in s], **where
    )
    assert "médecin de la demande participe" in said(without)
    seats = [one for one in offered if str(doctor) in one or str(asker) in one]
    secretary.fills("medical:scheduling", request, hour="10:00", seats=seats, **where)
    before, interview = Meeting.objects.order_by("starts_at")
    assert (before.kind, interview.kind) == ("pre_assessment", "assessment")
    assert interview.starts_at - before.starts_at == timedelta(hours=1)
    assert Seat.objects.filter(meeting=interview, user=rhone.doctor.who.user, is_doctor=True).exists()
    secretary.presses("medical:preparation", request, on=("medical:request", request))
    rhone.report = Report.objects.get()


def the_doctor_prepares(rhone: Rhone) -> None:
    """What lies in the dossier and what is new since the last reading, marked as read."""
    rhone.secretary.fills(
        "cases:documents",
        rhone.case.pk,
        title="Rapport du Dr Zen",
        category=str(int(Category.MEDICAL)),
        audience="circle",
        file=SimpleUploadedFile("rapport.png", PNG, "image/png"),
    )
    desk = rhone.doctor.reads("medical:doctor")
    assert "1 document à lire" in desk and "Zufferey" in desk
    file = ("medical:file", rhone.request.pk)
    assert "Rapport du Dr Zen" in rhone.doctor.reads(*file) and OWN_QUESTION in rhone.doctor.reads(*file)
    rhone.doctor.presses("medical:marks", rhone.request.pk, on=file)
    assert "Tout est lu" in rhone.doctor.reads(*file)
    assert "Rapport du Dr Zen" not in rhone.bureau.sees(rhone.case, "documents")


def a_treating_doctor_is_reached(rhone: Rhone) -> None:
    """Only with the person's written release; revoked while the doctor writes, her text stays with her."""
    case, doctor, secretary = rhone.case.pk, rhone.doctor, rhone.secretary
    doctor.fills(
        "medical:treating", case, name="Dr Zen", speciality="Psychiatrie", reached_at="027 000 00 00"
    )
    treating = TreatingDoctor.objects.get()
    assert "n’a pas délié ce médecin du secret" in doctor.reads("medical:treating", case)
    assert "n’a pas délié" in doctor.reads("medical:contact", treating.pk, status=403)
    released(secretary, treating)
    doctor.fills("medical:contact", treating.pk, on=day(0), means="phone", learnt=LEARNT)
    assert DoctorContact.objects.filter(kept_at__isnull=False).count() == 1
    address = reverse("medical:contact", args=[treating.pk])
    page = {"submission": uuid4().hex, "on": day(0), "means": "phone", "learnt": "Un second appel."}
    assert "Enregistré" in plain(doctor.client.post(address, {**page, "by_itself": "1"}).content.decode())
    secretary.presses("medical:revocation", Release.objects.get().pk, on=("medical:treating", case))
    answer = doctor.tries("medical:contact", treating.pk)
    assert "a révoqué la levée du secret" in said(answer) and "Un second appel." in said(answer)
    assert DoctorContact.objects.filter(kept_at__isnull=False).count() == 1
    released(secretary, treating)
    doctor.fills("medical:contact", treating.pk)
    assert DoctorContact.objects.filter(kept_at__isnull=False).count() == 2


def released(secretary: Desk, treating: TreatingDoctor) -> None:
    secretary.fills(
        "medical:release",
        treating.pk,
        signed_on=day(0),
        valid_until=day(90),
        scan=SimpleUploadedFile("feuille.png", PNG, "image/png"),
    )


def the_interview(rhone: Rhone) -> None:
    """Held with the person: the report waits for the doctor; she is told, and reminded when its day is over."""
    began = now() - timedelta(hours=3)
    Meeting.objects.filter(case=rhone.case).update(starts_at=began, ends_at=began + timedelta(hours=1))
    interview = Meeting.objects.get(kind="assessment")
    doctor = rhone.doctor
    doctor.fills("medical:notes", rhone.request.pk, text="Elle dort mal, porte difficilement.")
    everybody = [str(pk) for pk in Seat.objects.filter(meeting=interview).values_list("pk", flat=True)]
    rhone.bureau.fills("meetings:attendance", interview.pk, attended=everybody, person_came="on")
    rhone.request.refresh_from_db()
    assert (rhone.request.state, rhone.request.holder) == ("interviewed", "doctor")
    assert "Un rapport est à rédiger" in doctor.reads("notifications:list")
    assert "Rapport à rédiger" in doctor.reads("web:home")
    assert rhone.request.due_on is not None
    with acting_as(WORKER):
        assert remind_holders(on=rhone.request.due_on) == 0
        assert remind_holders(on=rhone.request.due_on + timedelta(days=1)) == 1
    assert "l’échéance d’un avis médical est dépassée" in doctor.reads("notifications:list")


def the_report_is_written_and_signed(rhone: Rhone) -> None:
    """Prefilled from what is known, answered question by question, signed by the doctor alone."""
    doctor, report = rhone.doctor, rhone.report.pk
    draft = doctor.page("medical:report-draft", report)
    for known in ("Rapport du Dr Zen", "Dr Zen (Téléphone)", OWN_QUESTION):
        assert known in plain(draft), known
    words = {
        "complaints": "Dort mal, porte difficilement.",
        "diagnosis_0_code": "f33.1",
        "diagnosis_0_text": SECRET,
        "diagnosis_0_affects": "on",
        "incapacity_0_rate": "100",
        "incapacity_0_since": day(-120),
        "incapacity_0_until": day(-31),
        "incapacity_1_rate": "50",
        "incapacity_1_since": day(-30),
        "usual_time": "0",
        "usual_performance": "0",
        "usual_since": day(-30),
        "adapted_time": "50",
        "adapted_performance": "80",
        "adapted_since": day(14),
        "limitation_load_effect": LOAD,
        "limitation_load_lasting": "on",
        "exigibility": "Une activité légère à mi-temps est exigible.",
        "expectations": "Une reprise en deux étapes.",
        "fitness": "conditional",
        "conditions": "Un horaire du matin.",
        "measure_0_kind": "opinion",
        "measure_0_text": "Avis du rhumatologue",
        "measure_0_responsible": "Service médical",
        "measure_0_due_on": day(10),
    }
    for field, wrong, sentence in (
        ("usual_time", "120", "Un taux va de 0 à 100"),
        ("incapacity_0_until", day(-130), "finit avant de commencer"),
        ("incapacity_0_until", day(-10), "en recouvre une autre"),
        ("diagnosis_0_code", "dos", "code CIM-10"),
    ):
        answer = doctor.tries("medical:report-draft", report, **{**words, field: wrong})
        assert sentence in said(answer), (field, wrong_in(answer))
    doctor.fills("medical:report-draft", report, **words)
    assert "Répondez à cette question" in doctor.reads("medical:report-preview", report)
    early = doctor.tries("medical:report-preview", report, to="medical:report-signature")
    assert "Répondez à cette question" in said(early)
    answers = {f"answer_{place}": "Voir les limitations." for place in range(4)}
    doctor.fills("medical:report-draft", report, preview="1", **answers)
    rhone.secretary.page("medical:report-preview", report, status=403)
    forged = {"audience": "circle", "version": "3", "submission": uuid4().hex}
    signing = reverse("medical:report-signature", args=[report])
    assert rhone.secretary.client.post(signing, forged).status_code == 403
    assert rhone.colleague.client.post(signing, forged).status_code == 403
    doctor.fills("medical:report-preview", report, to="medical:report-signature", audience="person")
    signed_once(rhone)


def signed_once(rhone: Rhone) -> None:
    """A PAdES signature with the doctor's name; signing again signs nothing, and nothing is written over it."""
    doctor, report = rhone.doctor, rhone.report
    report.refresh_from_db()
    assert (report.state, report.signed_by, report.document is not None) == (
        "signed",
        doctor.who.user,
        True,
    )
    again = {"audience": "person", "version": str(report.version), "submission": uuid4().hex}
    answer = doctor.client.post(reverse("medical:report-signature", args=[report.pk]), again)
    was = (report.signed_at, report.document_id)
    report.refresh_from_db()
    assert answer.status_code == 302 and (report.signed_at, report.document_id) == was
    assert Report.objects.count() == 1
    doctor.page("medical:report-draft", report.pk, status=403)
    assert "rien n’y a été changé" in doctor.reads("medical:report-check", report.pk)
    pdf = store.path_of(report.document.sha256).read_bytes()
    assert b"ETSI.CAdES.detached" in pdf
    assert SECRET in text_of(pdf) and "F33.1" in text_of(pdf)


def handed_in_and_filed(rhone: Rhone) -> None:
    """The secretariat hands in and files; each step leaves its date; the office is told."""
    secretary, report = rhone.secretary, rhone.report
    assert "Rapport signé à remettre" in secretary.reads("web:home", pour="institution")
    on = ("medical:report", report.pk)
    secretary.presses("medical:report-hand-in", report.pk, on=on)
    secretary.presses("medical:report-filing", report.pk, on=on)
    rhone.request.refresh_from_db()
    steps = [getattr(rhone.request, f"{step}_at") for step in STEPS]
    assert all(steps), dict(zip(STEPS, steps, strict=True))
    assert rhone.request.state == "filed"
    assert f"classé au dossier {rhone.case.number}" in rhone.bureau.reads("notifications:list")
    assert rhone.case.number in secretary.reads("medical:exchange"), "it goes to the external dossier"


STEPS = (
    "asked", "allocated", "scheduled", "prepared", "interviewed", "drafted", "signed", "handed_in", "filed",
)  # fmt: skip


def the_others_read_what_she_can_do(rhone: Rhone) -> None:
    """Capacity, limitations, fitness; no diagnosis, no treatment, no report."""
    for desk in rhone.others:
        capacity = desk.sees(rhone.case, "capacite")
        assert LOAD in capacity and "Un horaire du matin." in capacity
        for panel in ("capacite", "documents", "fil", "medical", ""):
            seen = desk.sees(rhone.case, panel)
            assert SECRET not in seen and "F33" not in seen and LEARNT not in seen, (desk.house, panel)
        desk.page("medical:report", rhone.report.pk, status=404)
    assert "Rapport médical du" not in rhone.bureau.sees(rhone.case, "documents")
    assert "Rapport médical du" in rhone.doctor.sees(rhone.case, "documents")


def the_person_at_her_window(rhone: Rhone) -> None:
    """She reads the summary, and who read her file."""
    letter = rhone.bureau.tries("window:letters", rhone.case.pk, addressee="person")
    text = text_of(letter.content)
    number = re.search(r"\d{4} \d{4}", text)
    assert number
    sign = f"[{ALPHABET}]{{4}}"
    code = next(one for one in re.findall(f"{sign} {sign}", text) if one != number.group())
    her = rhone.her = Screen(Client())
    typed = {"number": number.group(), "code": code, "birth_date": "17.05.1979"}
    assert her.client.post(reverse("window:sign-in"), typed).status_code == 302
    seen = her.reads("window:capacity")
    assert LOAD in seen and SECRET not in seen
    assert "SMR Rhône" in her.reads("window:readings")


def a_round_table_without_the_doctor(rhone: Rhone) -> None:
    """The institutions meet without the person; the doctor comes by exception, with a reason."""
    bureau, case = rhone.bureau, rhone.case.pk
    offered = bureau.offers("meetings:schedule", case, field="seats")
    doctor = [one for one in offered if str(rhone.doctor.who.user.pk) in one]
    others = [one for one in offered if any(str(desk.who.user.pk) in one for desk in rhone.others)]
    words = {
        "kind": "round_table",
        "on": f"{next_working_day():%d.%m.%Y}",
        "hour": "15:00",
        "minutes": "60",
        "place": "Bureau CII, Sion",
    }
    with_doctor = bureau.tries("meetings:schedule", case, seats=[*others, *doctor], **words)
    assert "n’y vient que par exception" in said(with_doctor)
    bureau.fills("meetings:schedule", case, seats=others, **words)
    table = Meeting.objects.get(kind="round_table")
    assert not table.person_present
    assert not Seat.objects.filter(meeting=table, is_doctor=True).exists()


def medical_measures_are_followed(rhone: Rhone) -> None:
    """The doctor guards what was agreed on."""
    doctor = rhone.doctor
    measure = MedicalMeasure.objects.get()
    assert "Avis du rhumatologue" in doctor.reads("medical:doctor")
    assert "Mesure médicale à suivre" in doctor.reads("web:home")
    doctor.fills("medical:measure", measure.pk, state="underway", text="Rendez-vous pris.", due_on=day(40))
    assert "en cours" in doctor.reads("medical:course", rhone.request.pk)
    assert "Avis du rhumatologue" not in doctor.reads("medical:doctor"), "not before it is due again"


def an_examination_is_ordered(rhone: Rhone) -> None:
    """At the medical service; its report reaches the case through the doctor, who reads it first."""
    doctor, secretary, request = rhone.doctor, rhone.secretary, rhone.request.pk
    order = {"kind": "clinical", "reason": "Les avis divergent.", "questions": "Quelle capacité ?"}
    without = doctor.tries("medical:order", request, **order)
    assert "au moins une discipline" in said(without)
    secretary.page("medical:order", request, status=403)
    doctor.fills("medical:order", request, disciplines=["rheumatology", "psychiatry"], **order)
    found = rhone.examination = Examination.objects.get()
    assert "Examen à fixer" in secretary.reads("web:home", pour="institution")
    assert "Examen clinique" in secretary.reads("medical:secretariat")
    secretary.fills("medical:appointment", found.pk, day=day(12), hour="09:30", place="SMR Rhône, Sion")
    paper = SimpleUploadedFile("examen.png", PNG, "image/png")
    secretary.fills("medical:reception", found.pk, file=paper)
    assert "Le rapport d’un examen est arrivé" in doctor.reads("notifications:list")
    assert "Rapport d’examen à lire" in doctor.reads("web:home")
    rhone.bureau.page("medical:examination", found.pk, status=404)
    here = ("medical:examination", found.pk)
    with pytest.raises(AssertionError, match="is not offered"):
        doctor.presses("medical:final-report", found.pk, on=here)
    with pytest.raises(AssertionError, match="is not offered"):
        secretary.presses("medical:examination-read", found.pk, on=here)
    doctor.presses("medical:examination-read", found.pk, on=here)
    doctor.presses("medical:final-report", found.pk, on=here)


def the_final_report(rhone: Rhone) -> None:
    """A few lines that carry the examination into the whole; handed in to the office, filed."""
    doctor, secretary, found = rhone.doctor, rhone.secretary, rhone.examination
    final = Report.objects.get(kind="rf")
    draft = doctor.page("medical:report-draft", final.pk)
    assert LOAD in draft, "what stood in the report stands until the doctor says otherwise"
    doctor.fills(
        "medical:report-draft",
        final.pk,
        preview="1",
        summary="La lombalgie va mieux. Elle peut travailler le matin.",
        in_plain_words="on",
        integration="L’examen confirme la capacité retenue.",
        adapted_time="60",
    )
    assert "Pour que la personne comprenne" in doctor.reads("medical:report-preview", final.pk)
    doctor.fills("medical:report-preview", final.pk, to="medical:report-signature", audience="person")
    found.refresh_from_db()
    assert found.state == "concluded"
    assert "Rapport signé à remettre" in secretary.reads("web:home", pour="institution")
    on = ("medical:report", final.pk)
    secretary.presses("medical:report-hand-in", final.pk, on=on)
    assert "Rapport final" in secretary.reads("medical:secretariat")
    secretary.presses("medical:report-filing", final.pk, on=on)
    told = Notification.objects.filter(kind="medical.filed", user=rhone.bureau.who.user)
    assert told.count() == 2, "once for each report"
    assert "Rapport final du" in doctor.sees(rhone.case, "documents")
    assert "60" in rhone.oai.sees(rhone.case, "capacite")
    assert "Rapport final du" not in rhone.oai.sees(rhone.case, "documents")
    assert SECRET not in rhone.her.reads("window:capacity")
