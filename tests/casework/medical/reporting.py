"""Reports in their situations: a case of Valais, its medical service, a request whose interview was held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import scenarios
from accord.casework.capacity.rules import Limitation
from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.medical.models import Examination, MedicalRequest, Question, Report
from accord.casework.medical.rules.rubrics import Agreed, Capacity, Diagnosis, Incapacity, Rubrics
from accord.casework.medical.services.drafting import save_report
from accord.casework.medical.services.filing import file_report, hand_in_report
from accord.casework.medical.services.prefilling import prepare_report
from accord.casework.medical.services.signing import sign_report
from accord.kernel.clock import now
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role
from scenarios import Colleague

SECRET = "Trouble dépressif récurrent"
SAID = Rubrics(
    documents="Rapport du Dr Zen",
    complaints="Dort mal, porte difficilement.",
    diagnoses=(Diagnosis("F33.1", SECRET, True), Diagnosis("M54.5", "Lombalgies")),
    incapacities=(
        Incapacity(100, date(2026, 3, 23), date(2026, 5, 14)),
        Incapacity(50, date(2026, 5, 15)),
    ),
    usual=Capacity(0, 100, date(2026, 5, 15)),
    adapted=Capacity(50, 80, date(2026, 9, 1), date(2027, 3, 31)),
    limitations=(Limitation("load", "Ne porte pas plus de 5 kg.", True),),
    expectations="Une activité légère à mi-temps.",
    fitness="conditional",
    conditions="Un horaire du matin.",
    measures=(Agreed("opinion", "Avis du rhumatologue", "Service médical", date(2026, 12, 20)),),
)
"""What a doctor writes; the answers are those of the request."""


def act(who: Colleague, verb: Any, **words: Any) -> Any:
    """Let a colleague do something inside the compartment."""
    by = who.actor.inside
    with acting_as(by):
        return verb(by=by, **words)


@dataclass(frozen=True)
class Room:
    """The office that asks, the medical service with its doctor and secretary, and the request."""

    office: Colleague
    doctor: Colleague
    secretary: Colleague
    case: Case
    request: MedicalRequest


def room(state: str = "interviewed", **fields: Any) -> Room:
    """A request of the CII office of Valais, given to a doctor, whose interview was held."""
    scenarios.programmes()
    office = scenarios.colleague(kind=Kind.AI_OFFICE)
    case = scenarios.open_case(office, "cii-valais")
    scenarios.opened_to(case, office.institution, Category.IDENTITY, Category.CAPACITY)
    service = scenarios.institution(Kind.MEDICAL_SERVICE)
    doctor = scenarios.colleague(service, Role.DOCTOR)
    secretary = scenarios.colleague(service, Role.SECRETARY)
    scenarios.opened_to(case, service, Category.IDENTITY, Category.CAPACITY, Category.MEDICAL)
    request = MedicalRequest.objects.create(
        case=case,
        kind="advice",
        region="bas-valais",
        service=service,
        asked_by=office.institution,
        help_needed="fitness",
        why_medical="Les limitations sont inconnues.",
        tried_before="Deux entretiens.",
        state="allocated" if state == "interviewed" else state,
        doctor=doctor.user,
        **fields,
    )
    Question.objects.create(request=request, position=0, key="limitations")
    Question.objects.create(request=request, position=1, text="Peut-elle conduire ?")
    return Room(office, doctor, secretary, case, request)


def prepared(here: Room) -> Report:
    """The form as the secretariat prepared it."""
    by = here.secretary.actor.inside
    with acting_as(by):
        return prepare_report(by, here.request)


def answered(report: Report, said: Rubrics = SAID) -> Rubrics:
    """What the doctor wrote, each question answered."""
    answers = tuple(replace(one, text="Voir les limitations.") for one in report.said.answers)
    return replace(said, answers=answers)


def drafted(here: Room, said: Rubrics = SAID) -> Report:
    """What the doctor is writing."""
    report = prepared(here)
    return act(
        here.doctor,
        save_report,
        report_id=report.pk,
        version=report.version,
        rubrics=answered(report, said),
    )


def signed(here: Room, said: Rubrics = SAID) -> Report:
    """What the doctor signed."""
    report = drafted(here, said)
    return act(here.doctor, sign_report, report_id=report.pk, version=report.version)


def filed(here: Room, said: Rubrics = SAID) -> Report:
    """What the secretariat filed in the dossier."""
    report = signed(here, said)
    act(here.secretary, hand_in_report, report_id=report.pk)
    return act(here.secretary, file_report, report_id=report.pk)


def exam_of(request: MedicalRequest, state: str = "ordered", **fields: Any) -> Examination:
    """An examination of a request."""
    if state in ("read", "concluded"):
        fields = {"read_at": now(), "read_by": request.doctor, **fields}
    return Examination.objects.create(
        case=request.case,
        service=request.service,
        request=request,
        kind="clinical",
        disciplines=["rheumatology", "psychiatry"],
        reason="Les avis divergent.",
        questions="Quelle capacité ?",
        state=state,
        ordered_by=request.doctor,
        **fields,
    )
