"""Examinations of the demo in every state, and the final reports that conclude them; invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from random import Random

from accord.casework.cases.enums import CaseState
from accord.casework.medical.enums import (
    ExaminationKind,
    ExaminationState,
    ReportKind,
    ReportState,
    RequestKind,
    RequestState,
)
from accord.casework.medical.models import Examination, MedicalRequest, Report
from accord.casework.medical.services.certificates import signing_certificate
from accord.casework.meetings.rules import at_local
from accord.cli.world.medical import OFFICE, language_of
from accord.cli.world.medical_files import Folder
from accord.cli.world.medical_reports import sign
from accord.cli.world.network import Network
from accord.kernel.clock import now, today

STATES = (
    ExaminationState.CONCLUDED,
    ExaminationState.RECEIVED,
    ExaminationState.READ,
    ExaminationState.APPOINTED,
    ExaminationState.ORDERED,
    ExaminationState.CANCELLED,
)
KINDS = (
    (ExaminationKind.CLINICAL, ["rheumatology", "psychiatry"]),
    (ExaminationKind.CONSILIUM, ["orthopaedics"]),
    (ExaminationKind.EXPERTISE, ["internal", "neurology", "psychiatry"]),
)
HAS_REPORT = (ExaminationState.RECEIVED, ExaminationState.READ, ExaminationState.CONCLUDED)
IS_READ = (ExaminationState.READ, ExaminationState.CONCLUDED)
REASON = {
    "fr": "Deux avis se contredisent sur la charge possible.",
    "de": "Zwei Meinungen widersprechen sich zur möglichen Belastung.",
}
QUESTIONS = {
    "fr": "Quelle charge est possible, et depuis quand\u202f?",
    "de": "Welche Belastung ist möglich, und seit wann?",
}
CANCELLED = {
    "fr": "Le rapport de l’hôpital répond déjà aux questions.",
    "de": "Der Bericht des Spitals beantwortet die Fragen bereits.",
}
EXAMINED = {
    "fr": ("Rapport d’examen", "Une charge légère est possible, avec des changements de position."),
    "de": ("Untersuchungsbericht", "Leichte Belastung ist möglich, mit Wechsel der Position."),
}
SUMMARY = {
    "fr": (
        "Vous pouvez faire un travail léger à 60 %. Changez souvent de position. Ne portez pas plus de 5 kg."
        " Vous pouvez commencer le mois prochain, le matin."
    ),
    "de": (
        "Sie können zu 60 % leichte Arbeit machen. Wechseln Sie oft die Position. Heben Sie nicht mehr als 5 kg."
        " Sie können nächsten Monat beginnen, am Morgen."
    ),
}
INTEGRATION = {
    "fr": "L’examen confirme la charge admise après l’entretien.",
    "de": "Die Untersuchung bestätigt die nach dem Gespräch angenommene Belastung.",
}


def furnish(random: Random, network: Network) -> None:
    """One examination in each state, where a first report is signed; those that are filed come first."""
    requests = list(
        MedicalRequest.objects.filter(
            signed_at__isnull=False, kind=RequestKind.FULL, case__state=CaseState.OPEN
        )
        .select_related("case", "service", "doctor")
        .order_by("region", "asked_at")
    )
    requests.sort(key=lambda one: one.state != RequestState.FILED)
    folder = Folder(network.houses[OFFICE])
    for place, (state, request) in enumerate(zip(STATES, requests, strict=False)):
        examination = _examination(random, request, state, place, folder)
        if examination.state == ExaminationState.CONCLUDED:
            _conclude(examination)


def _examination(
    random: Random, request: MedicalRequest, state: ExaminationState, place: int, folder: Folder
) -> Examination:
    language = language_of(request.case)
    kind, disciplines = KINDS[place % len(KINDS)]
    ordered = (request.interviewed_at or now()) + timedelta(days=1)
    document = None
    if state in HAS_REPORT:
        document = folder.document(language, *EXAMINED[language], request.service)
        document.save()
    has_day = state == ExaminationState.APPOINTED
    return Examination.objects.create(
        case=request.case,
        service=request.service,
        request=request,
        kind=kind,
        disciplines=disciplines,
        reason=REASON[language],
        questions=QUESTIONS[language],
        state=state,
        ordered_at=ordered,
        ordered_by=request.doctor,
        appointment_at=at_local(today() + timedelta(days=random.randint(6, 20)), time(10, 0))
        if has_day
        else None,
        place="SMR Rhône, Sion" if has_day else "",
        document=document,
        received_at=ordered + timedelta(days=10) if document else None,
        read_at=ordered + timedelta(days=11) if state in IS_READ else None,
        read_by=request.doctor if state in IS_READ else None,
        concluded_at=ordered + timedelta(days=12) if state == ExaminationState.CONCLUDED else None,
        cancelled_because=CANCELLED[language] if state == ExaminationState.CANCELLED else "",
    )


def _conclude(examination: Examination) -> None:
    """The final report, a few lines in plain words, signed and filed."""
    request, language = examination.request, language_of(examination.case)
    first = Report.objects.get(request=request, kind=ReportKind.RM)
    said = replace(
        first.said,
        summary=SUMMARY[language],
        integration=INTEGRATION[language],
        in_plain_words=True,
        answers=(),
        measures=(),
    )
    report = Report(
        case=request.case,
        service=request.service,
        request=request,
        examination=examination,
        kind=ReportKind.RF,
        author=request.doctor,
        rubrics=said.as_json(),
        created_at=examination.read_at or now(),
    )
    report.save()
    sign(report, ReportState.FILED, signing_certificate(), at=examination.concluded_at)
