"""Reports of the demo in all states, the measures agreed on, and the exchange; invented, with common codes only."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from django.core.files.base import File
from django.utils import translation

from accord.casework.capacity.rules import Limitation
from accord.casework.capacity.services import summary_from
from accord.casework.cases.enums import Audience, CaseState, Category
from accord.casework.cases.models import CaseDocument
from accord.casework.medical.enums import (
    IncomingState,
    MeasureKind,
    OutgoingState,
    ReportState,
    RequestKind,
    RequestState,
)
from accord.casework.medical.models import (
    FollowUp,
    Icd10Code,
    Incoming,
    MedicalMeasure,
    MedicalRequest,
    Outgoing,
    Report,
)
from accord.casework.medical.rules.rubrics import (
    Agreed,
    Answer,
    Capacity,
    Diagnosis,
    Incapacity,
    Rubrics,
    conclusions_of,
)
from accord.casework.medical.services.certificates import Certificate, signing_certificate
from accord.casework.medical.services.printing import print_report
from accord.casework.medical.services.sealing import seal
from accord.cli.world.medical import language_of
from accord.cli.world.network import Network
from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.foundation.documents.services import store, store_document
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.selectors import programme_for

CODES = (
    ("M54.5", "Lombalgies", "Kreuzschmerz"),
    ("M54.2", "Cervicalgie", "Zervikalneuralgie"),
    ("M75.1", "Syndrome de la coiffe des rotateurs", "Läsionen der Rotatorenmanschette"),
    ("M17.1", "Gonarthrose primaire, autre", "Sonstige primäre Gonarthrose"),
    ("G56.0", "Syndrome du canal carpien", "Karpaltunnel-Syndrom"),
    ("F43.2", "Troubles de l’adaptation", "Anpassungsstörungen"),
    ("J45.9", "Asthme, sans précision", "Asthma bronchiale, nicht näher bezeichnet"),
    (
        "H90.3",
        "Perte d’audition bilatérale, neurosensorielle",
        "Beidseitiger Hörverlust durch Schallempfindungsstörung",
    ),
)
RELEASE = "Démonstration"
STATE_OF_REPORT = {
    RequestState.INTERVIEWED: ReportState.DRAFT,
    RequestState.DRAFTED: ReportState.DRAFT,
    RequestState.SIGNED: ReportState.SIGNED,
    RequestState.HANDED_IN: ReportState.HANDED_IN,
    RequestState.FILED: ReportState.FILED,
}
WORDS = {
    "fr": Rubrics(
        documents="Certificat du médecin traitant\nRapport de stage",
        complaints="Se fatigue vite en position debout, dort bien.",
        new_elements="A repris la marche, une heure par jour.",
        limitations=(
            Limitation("load", "Ne porte pas plus de 5 kg.", True),
            Limitation("posture", "Change de position toutes les 30 minutes.", False),
        ),
        exigibility="Une activité légère, en position alternée, est exigible.",
        expectations="Un travail léger avec des pauses régulières.",
        prognosis="Favorable si la reprise se fait par paliers.",
        fitness="conditional",
        conditions="Commencer le matin, à mi-temps.",
        measures=(
            Agreed("coordination", "Informer le médecin traitant du plan de reprise", "Médecin du SMR"),
            Agreed("treatment", "Physiothérapie deux fois par semaine", "Médecin traitant"),
        ),
    ),
    "de": Rubrics(
        documents="Zeugnis des Hausarztes\nBericht des Arbeitsversuchs",
        complaints="Ermüdet rasch im Stehen, schläft gut.",
        new_elements="Geht wieder täglich eine Stunde spazieren.",
        limitations=(Limitation("load", "Hebt nicht mehr als 5 kg.", True),),
        exigibility="Eine leichte, wechselbelastende Tätigkeit ist zumutbar.",
        expectations="Leichte Arbeit mit regelmässigen Pausen.",
        prognosis="Günstig bei stufenweisem Wiedereinstieg.",
        fitness="conditional",
        conditions="Am Morgen beginnen, zu 50 %.",
        measures=(Agreed("coordination", "Den Hausarzt über den Plan informieren", "RAD-Arzt"),),
    ),
}


def furnish(random: Random, network: Network) -> None:
    """Give the requests of the demo their reports and measures, and the tray something to sort."""
    _codes()
    certificate = signing_certificate()
    requests = list(
        MedicalRequest.objects.filter(
            state__in=STATE_OF_REPORT, kind=RequestKind.FULL, case__state=CaseState.OPEN
        )
        .select_related("case__person", "service", "doctor")
        .prefetch_related("questions")
        .order_by("asked_at")
    )
    for place, request in enumerate(requests):
        state = STATE_OF_REPORT[RequestState(request.state)]
        report = _draft(random, request, place)
        if state != ReportState.DRAFT:
            sign(report, state, certificate)
            _measures(report, place)
    _tray(requests)


def _codes() -> None:
    Icd10Code.objects.bulk_create(
        Icd10Code(release=RELEASE, language=language, code=code, title=title, is_current=True)
        for code, french, german in CODES
        for language, title in (("fr", french), ("de", german))
    )


def _draft(random: Random, request: MedicalRequest, place: int) -> Report:
    language = language_of(request.case)
    code, french, german = CODES[place % len(CODES)]
    since = today() - timedelta(days=200 + random.randint(0, 90))
    middle = since + timedelta(days=random.choice((60, 84, 91)))
    said = replace(
        WORDS[language],
        diagnoses=(Diagnosis(code, german if language == "de" else french, True),),
        incapacities=(Incapacity(100, since, middle), Incapacity(50, middle + timedelta(days=1))),
        usual=Capacity(random.choice((0, 20, 30)), 100, middle),
        adapted=Capacity(random.choice((50, 60, 80)), random.choice((80, 90, 100)), middle),
        answers=tuple(_answers(request, language)),
        measures=tuple(
            replace(one, due_on=today() + timedelta(days=7 * number - 4))
            for number, one in enumerate(WORDS[language].measures)
        ),
    )
    if request.state == RequestState.INTERVIEWED:
        said = replace(said, exigibility="", expectations="", prognosis="", fitness="unknown", conditions="")
        said = replace(said, answers=tuple(replace(one, text="") for one in said.answers))
    return Report.objects.create(
        case=request.case,
        service=request.service,
        request=request,
        author=request.doctor,
        rubrics=said.as_json(),
        created_at=request.interviewed_at or now(),
    )


def _answers(request: MedicalRequest, language: str) -> list[Answer]:
    programme = programme_for(request.case.programme, request.case.programme_version)
    usual = {one.key: one.label.in_(language) for one in programme.questions}
    text = "Siehe die Angaben in diesem Bericht." if language == "de" else "Voir les rubriques de ce rapport."
    return [
        Answer(str(one.pk), one.text or usual.get(one.key, one.key), text) for one in request.questions.all()
    ]


def doctor_of(request: MedicalRequest) -> Actor:
    """The doctor of a request, at work."""
    doctor = request.doctor or User()
    return Actor(
        user_id=doctor.pk,
        institution_id=request.service_id,
        institution_kind=Kind.MEDICAL_SERVICE,
        roles=frozenset({Role.DOCTOR}),
        language=language_of(request.case),
        purpose="demo",
    )


def sign(report: Report, state: ReportState, certificate: Certificate, *, at: datetime | None = None) -> None:
    """Print and seal a report, publish its summary, and carry it as far as this state.

    It goes the way of its request, or all at once at an instant of its own.
    """
    request = report.request
    handed_in_at, filed_at = at or request.handed_in_at, at or request.filed_at
    at = at or request.signed_at or now()
    doctor = request.doctor or User()
    by = doctor_of(request)
    with translation.override(by.language):
        pdf = print_report(by=by, report=report, certificate=certificate, doctor=doctor.name, at=at)
        sealed = seal(pdf, certificate=certificate, signer=doctor.name, reason=str(report.get_kind_display()))
        report.document = document = _keep(report, sealed)
    report.summary = summary_from(by, report.case, conclusions_of(report.said), Audience.CIRCLE)
    report.summary.created_at = at
    report.summary.save(force_insert=True)
    report.signed_at, report.signed_by, report.certificate = at, doctor, certificate.fingerprint
    report.state, report.handed_in_at, report.filed_at = state, handed_in_at, filed_at
    if state == ReportState.FILED:
        _file(report, document)
    report.save()


def _keep(report: Report, pdf: bytes) -> Document:
    return Document.objects.create(
        institution_id=report.service_id,
        title=str(report.get_kind_display()),
        original_name="rapport.pdf",
        sha256=store.keep(pdf),
        size=len(pdf),
        media_type="application/pdf",
        pages=2,
        uploaded_by=report.request.doctor,
        scan_state="clean",
    )


def _file(report: Report, document: Document) -> None:
    report.filed_as = CaseDocument.objects.create(
        case=report.case,
        owner=report.service,
        author=report.signed_by,
        category=Category.MEDICAL,
        document=document,
        title=f"{document.title} {report.signed_at:%d.%m.%Y}",
        created_at=report.filed_at or now(),
    )
    states = (OutgoingState.ACCEPTED, OutgoingState.WRITTEN, OutgoingState.FAILED)
    state = states[Outgoing.objects.count() % len(states)]
    Outgoing.objects.create(
        case=report.case,
        service=report.service,
        document=document,
        state=state,
        attempts=1,
        created_at=report.filed_at or now(),
        written_at=report.filed_at if state != OutgoingState.FAILED else None,
        answered_at=report.filed_at if state == OutgoingState.ACCEPTED else None,
        due_at=now() + timedelta(hours=6),
        trouble="Le dossier de sortie ne peut pas être écrit\u202f: No space left on device. Nouvel essai prévu."
        if state == OutgoingState.FAILED
        else "",
    )


def _measures(report: Report, place: int) -> None:
    for number, one in enumerate(report.said.measures):
        measure = MedicalMeasure.objects.create(
            case=report.case,
            service=report.service,
            request=report.request,
            kind=MeasureKind(one.kind),
            text=one.text,
            responsible=one.responsible,
            due_on=one.due_on,
            state="underway" if (place + number) % 2 else "agreed",
            agreed_at=report.signed_at or now(),
            author=report.signed_by,
        )
        if measure.state == "underway":
            text = "Message laissé au cabinet, rappel prévu la semaine prochaine."
            FollowUp.objects.create(measure=measure, author=report.signed_by, state="underway", text=text)


def _tray(requests: list[MedicalRequest]) -> None:
    """Two documents that came without a number that fits."""
    document = Document.objects.filter(media_type="application/pdf", scan_state="clean").first()
    if not requests or document is None:
        return
    request = requests[0]
    data = store.path_of(document.sha256).read_bytes()
    for number, why in (
        ("", "Aucun dossier ne porte ce numéro."),
        ("CII-VS-1999-1", "Aucun dossier ne porte ce numéro."),
    ):
        copy = store_document(
            by=doctor_of(request),
            file=File(io.BytesIO(data + b"\n" * (len(number) + 1)), name="document.pdf"),
            title="Document reçu",
        )
        Incoming.objects.create(
            service=request.service,
            sha256=copy.sha256,
            document=copy,
            sender="sedex://T0-DOSSIER-1",
            case_number=number,
            state=IncomingState.TO_SORT,
            trouble=why,
        )
