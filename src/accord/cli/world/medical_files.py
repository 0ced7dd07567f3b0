"""What the doctor reads and writes before her report: papers, treating doctors, contacts, notes, incapacities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import typst

from accord.casework.capacity.models import IncapacityPeriod
from accord.casework.cases.enums import Audience, Category
from accord.casework.cases.models import CaseDocument, Participant
from accord.casework.medical.enums import Means, RequestKind, RequestState
from accord.casework.medical.models import (
    ClarificationDue,
    DoctorContact,
    InterviewNotes,
    MedicalRequest,
    ReadMark,
    Release,
    TreatingDoctor,
)
from accord.casework.plans.models import Measure
from accord.cli.world.medical import OFFICE, SERVICE, language_of
from accord.cli.world.network import Network
from accord.foundation.documents.models import Document
from accord.foundation.documents.services import store
from accord.kernel.clock import now, today
from accord.network.institutions.models import Institution
from accord.network.programmes.selectors import programme_for

AI_OFFICE = "oai-vs"
PAPER = """#set document(title: "{title}")
#set text(lang: "{language}", size: 12pt)
#set page(paper: "a4", margin: 3cm)
#text(size: 9pt)[{house}]
= {title}
#v(1cm)
{text}
"""
HOUSE = {"fr": "Démonstration, document inventé", "de": "Demonstration, erfundenes Dokument"}
SHEET = {
    "fr": (
        "Levée du secret médical",
        "J’autorise mon médecin traitant à renseigner le service médical régional.",
    ),
    "de": (
        "Entbindung vom Arztgeheimnis",
        "Mein Hausarzt darf dem regionalen ärztlichen Dienst Auskunft geben.",
    ),
}
PAPERS = {
    "fr": (
        (
            Category.MEDICAL,
            "Certificat du médecin traitant",
            "Incapacité de travail de 50 % dans l’activité habituelle.",
        ),
        (
            Category.CAPACITY,
            "Rapport de stage",
            "Le rythme tient jusqu’à midi, puis des pauses sont nécessaires.",
        ),
        (
            Category.MEDICAL,
            "Extrait du dossier AI",
            "Deux avis se contredisent sur la charge possible au travail.",
        ),
    ),
    "de": (
        (
            Category.MEDICAL,
            "Zeugnis des Hausarztes",
            "Arbeitsunfähigkeit von 50 % in der bisherigen Tätigkeit.",
        ),
        (
            Category.CAPACITY,
            "Bericht des Arbeitsversuchs",
            "Das Tempo hält bis am Mittag, danach braucht es Pausen.",
        ),
        (
            Category.MEDICAL,
            "Auszug aus dem IV-Dossier",
            "Zwei Meinungen widersprechen sich zur möglichen Belastung.",
        ),
    ),
}
AGES = (40, 9, 1)
"""Days since each paper was filed: what is newer than the last reading is new."""
TREATING = {
    "fr": (("Dre Rey", "Médecine interne"), ("Dr Berthod", "Rhumatologie"), ("Dre Salamin", "")),
    "de": (("Dr. Kalbermatten", "Allgemeine Innere Medizin"), ("Dr. Zurbriggen", "Rheumatologie")),
}
LEARNT = {
    "fr": "Le traitement suit son cours ; une reprise le matin lui paraît possible dès le mois prochain.",
    "de": "Die Behandlung läuft; ein Wiedereinstieg am Morgen scheint ab nächstem Monat möglich.",
}
BEGUN = {
    "fr": "Message laissé au cabinet, rappel prévu jeudi.",
    "de": "Nachricht in der Praxis, Rückruf am Donnerstag.",
}
NOTES = {
    "fr": "Marche une heure par jour. Tient la position assise quarante minutes. Souhaite commencer le matin.",
    "de": "Geht eine Stunde pro Tag. Sitzt vierzig Minuten am Stück. Möchte am Morgen beginnen.",
}
CLARIFIED = "Arrêt bref après un refroidissement : la mesure continue comme convenu."
HOSPITAL = "Hôpital du Rhône"
MOST_CLARIFICATIONS = 6
SIGNED = (RequestState.SIGNED, RequestState.HANDED_IN, RequestState.FILED)


def furnish(random: Random, network: Network) -> None:
    """Give the requests that have a doctor what she works with."""
    requests = list(
        MedicalRequest.objects.filter(doctor__isnull=False, kind=RequestKind.FULL, case__state="open")
        .select_related("case", "service", "doctor", "meeting")
        .order_by("-asked_at")
    )
    folder = Folder(network.houses[SERVICE])
    _papers(requests, folder, network)
    _treating(requests, folder)
    InterviewNotes.objects.bulk_create(
        InterviewNotes(request=one, author=one.doctor, text=NOTES[language_of(one.case)])
        for one in requests
        if one.state in (RequestState.INTERVIEWED, RequestState.DRAFTED)
    )
    _incapacities(random, requests)
    _clarifications(requests)


class Folder:
    """Papers of the demo: printed once, and filed as often as needed."""

    def __init__(self, service: Institution) -> None:
        self.service = service
        self.printed: dict[tuple[str, str], tuple[str, int]] = {}

    def document(self, language: str, title: str, text: str, house: Institution) -> Document:
        """A paper that an institution has brought in; not yet written to the database."""
        key = language, title
        if key not in self.printed:
            source = PAPER.format(title=title, language=language, house=HOUSE[language], text=text)
            pdf = typst.compile(source.encode(), format="pdf")
            self.printed[key] = store.keep(pdf), len(pdf)
        sha256, size = self.printed[key]
        return Document(
            institution_id=house.pk,
            title=title,
            original_name="document.pdf",
            sha256=sha256,
            size=size,
            media_type="application/pdf",
            pages=1,
            scan_state="clean",
        )

    def sheet(self, language: str) -> Document:
        """The sheet on which the person released a doctor from secrecy."""
        title, text = SHEET[language]
        return self.document(language, title, text, self.service)


def _papers(requests: list[MedicalRequest], folder: Folder, network: Network) -> None:
    """Papers of the AI office or of the CII office; of older ones, most are read."""
    office = network.houses[AI_OFFICE]
    present = set(
        Participant.objects.filter(
            institution=office, left_at__isnull=True, case__in=[one.case_id for one in requests]
        ).values_list("case_id", flat=True)
    )
    filed: list[CaseDocument] = []
    marks: list[ReadMark] = []
    for request in requests:
        language = language_of(request.case)
        house = office if request.case_id in present else network.houses[OFFICE]
        for age, (category, title, text) in zip(AGES, PAPERS[language], strict=True):
            at = now() - timedelta(days=age)
            paper = CaseDocument(
                case=request.case,
                owner=house,
                category=category,
                audience=Audience.CIRCLE,
                document=folder.document(language, title, text, house),
                title=title,
                created_at=at,
                updated_at=at,
            )
            filed.append(paper)
            is_read = age > (AGES[1] if request.state == RequestState.SCHEDULED else AGES[2])
            if is_read and request.doctor is not None:
                marks.append(
                    ReadMark(
                        case=request.case,
                        document=paper,
                        service=request.service,
                        user=request.doctor,
                        at=at + timedelta(days=2),
                    )
                )
    Document.objects.bulk_create(paper.document for paper in filed)
    CaseDocument.objects.bulk_create(filed)
    ReadMark.objects.bulk_create(marks)


def _treating(requests: list[MedicalRequest], folder: Folder) -> None:
    """Treating doctors: released, not released, or no longer; and what was learnt from those who are."""
    doctors: list[TreatingDoctor] = []
    releases: list[Release] = []
    contacts: list[DoctorContact] = []
    for place, request in enumerate(requests):
        language = language_of(request.case)
        known = TREATING[language]
        for number in range(2):
            name, speciality = known[(place + number) % len(known)]
            doctor = TreatingDoctor(
                case=request.case,
                service=request.service,
                name=name,
                speciality=speciality,
                reached_at="027 000 60 60",
            )
            doctors.append(doctor)
            if number == 0:
                release = _release(request, doctor, folder, is_revoked=place % 7 == 6)
                releases.append(release)
                contacts += _contacts(request, doctor, release, language)
    TreatingDoctor.objects.bulk_create(doctors)
    Document.objects.bulk_create(release.scan for release in releases)
    Release.objects.bulk_create(releases)
    DoctorContact.objects.bulk_create(contacts)


def _release(request: MedicalRequest, doctor: TreatingDoctor, folder: Folder, *, is_revoked: bool) -> Release:
    signed = request.asked_at.date() + timedelta(days=1)
    return Release(
        case=request.case,
        service=request.service,
        treating=doctor,
        signed_on=signed,
        valid_until=today() + timedelta(days=180),
        scan=folder.sheet(language_of(request.case)),
        recorded_by=request.doctor,
        recorded_at=request.allocated_at or request.asked_at,
        revoked_at=now() - timedelta(days=1) if is_revoked else None,
        revoked_by=request.doctor if is_revoked else None,
    )


def _contacts(
    request: MedicalRequest, doctor: TreatingDoctor, release: Release, language: str
) -> Iterator[DoctorContact]:
    """Before a report one has spoken with the treating doctor; before an interview one has begun to."""
    contact = DoctorContact(
        case=request.case, service=request.service, treating=doctor, author=request.doctor, means=Means.PHONE
    )
    if request.state == RequestState.SCHEDULED:
        contact.on, contact.learnt = today(), BEGUN[language]
        yield contact
    elif request.interviewed_at:
        contact.on = request.interviewed_at.date() - timedelta(days=2)
        contact.learnt, contact.release = LEARNT[language], release
        contact.kept_at = request.interviewed_at - timedelta(days=2)
        yield contact


def _incapacities(random: Random, requests: list[MedicalRequest]) -> None:
    """Where nobody certified anything, the treating doctor does; a signed report says what the service thinks."""
    known = set(
        IncapacityPeriod.objects.filter(case__in=[one.case_id for one in requests]).values_list(
            "case_id", flat=True
        )
    )
    periods: list[IncapacityPeriod] = []
    for request in requests:
        begun = request.asked_at.date() - timedelta(days=random.randint(30, 120))
        common = {"case": request.case, "category": Category.CAPACITY, "cause": "sickness"}
        if request.case_id not in known:
            name = TREATING[language_of(request.case)][0][0]
            periods += (
                IncapacityPeriod(
                    owner=request.case.lead,
                    source_kind="treating_doctor",
                    source_name=name,
                    rate=rate,
                    since=begun + timedelta(days=after),
                    until=begun + timedelta(days=after + 59) if after == 0 else None,
                    **common,
                )
                for rate, after in ((100, 0), (50, 60))
            )
        if request.state in SIGNED and request.interviewed_at:
            periods.append(
                IncapacityPeriod(
                    owner=request.service,
                    author=request.doctor,
                    source_kind="medical_service",
                    source_name=request.service.short_name,
                    rate=random.choice((20, 30, 40)),
                    since=request.interviewed_at.date(),
                    **common,
                )
            )
    IncapacityPeriod.objects.bulk_create(periods)


def _clarifications(requests: list[MedicalRequest]) -> None:
    """A new incapacity during a measure; where one runs, first. One in three is clarified."""
    running = set(
        Measure.objects.filter(state="running", until_number__isnull=True).values_list("case_id", flat=True)
    )
    ordered = sorted(requests, key=lambda one: one.case_id not in running)
    periods: list[IncapacityPeriod] = []
    dues: list[ClarificationDue] = []
    for place, request in enumerate(ordered[:MOST_CLARIFICATIONS]):
        case = request.case
        period = IncapacityPeriod(
            case=case,
            owner=case.lead,
            author=case.lead_user,
            category=Category.CAPACITY,
            source_kind="hospital",
            source_name=HOSPITAL,
            rate=100,
            since=today() - timedelta(days=4 + place),
            until=today() + timedelta(days=10),
            cause="sickness",
        )
        days = programme_for(case.programme, case.programme_version).parameters["medical_clarification_days"]
        due = ClarificationDue(case=case, period=period, service=request.service, doctor=request.doctor)
        due.raised_at = now() - timedelta(days=3 + place)
        due.due_on = due.raised_at.date() + timedelta(days=days)
        if place % 3 == 2:
            due.conclusion, due.settled_by = CLARIFIED, request.doctor
            due.settled_at = now() - timedelta(days=1)
        periods.append(period)
        dues.append(due)
    IncapacityPeriod.objects.bulk_create(periods)
    ClarificationDue.objects.bulk_create(dues)
