"""Requests to the doctor in the demo, one in each state; invented, and without any diagnosis."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random

from django.db.models import F

from accord.casework.cases.enums import CaseState, Category
from accord.casework.cases.models import Case, Disclosure, Participant
from accord.casework.medical.enums import RequestKind, RequestState
from accord.casework.medical.models import (
    Absence,
    MedicalRequest,
    Passing,
    Question,
    RegionDoctor,
    TreatingDoctor,
)
from accord.casework.medical.rules.clocks import due_in
from accord.casework.medical.states import holder_in
from accord.casework.meetings.models import Meeting, Seat
from accord.casework.meetings.rules import at_local, ends_after
from accord.cli.world.network import Network
from accord.foundation.accounts.models import User
from accord.kernel.clock import SWISS_TIME, now, today
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Institution, Membership
from accord.network.programmes.selectors import programme_for

PROGRAMME = "cii-valais"
SERVICE = "smr-rhone"
REGIONS = ("valais_central", "bas_valais", "haut_valais")
MORE_DOCTORS = (("Damien", "Moret", "fr"), ("Seraina", "Kuonen", "de"))
SECRETARY = "Le secrétariat du SMR : attribuez les demandes, fixez les entretiens, suivez les rapports."
DOCTOR = "Le médecin du SMR : vos entretiens, le dossier à lire, les médecins traitants, vos notes."
WHY = {
    "fr": (
        "Deux certificats se contredisent sur le taux possible dans une activité adaptée.",
        "La personne hésite à s’engager dans un stage : nous ne savons pas ce qui est exigible.",
        "Les limitations ne sont pas décrites, la mesure demande de rester debout toute la journée.",
    ),
    "de": (
        "Zwei Zeugnisse widersprechen sich zum möglichen Pensum in einer angepassten Tätigkeit.",
        "Die Einschränkungen sind nicht beschrieben; die Massnahme verlangt langes Stehen.",
    ),
}
TRIED = {
    "fr": "Le dossier a été relu avec l’office AI, et le certificat a été demandé au médecin traitant.",
    "de": "Das Dossier wurde mit der IV-Stelle gelesen, das Zeugnis beim Hausarzt verlangt.",
}
MEASURES = {
    "fr": "Stage d’évaluation de quatre semaines en atelier, puis placement à l’essai.",
    "de": "Vierwöchige Abklärung in einer Werkstatt, danach Arbeitsversuch.",
}
OWN = {
    "fr": "Un horaire du matin est-il possible dès le premier mois ?",
    "de": "Sind Arbeitszeiten am Morgen ab dem ersten Monat möglich?",
}
TREATING = (("Dre Rey", "Médecine interne"), ("Dr Berthod", "Rhumatologie"), ("Dre Salamin", ""))
STATES = (
    RequestState.REQUESTED,
    RequestState.SCHEDULED,
    RequestState.ALLOCATED,
    RequestState.INTERVIEWED,
    RequestState.SCHEDULED,
    RequestState.FILED,
    RequestState.SIGNED,
    RequestState.HANDED_IN,
    RequestState.FILED,
    RequestState.DECLINED,
    RequestState.REQUESTED,
    RequestState.FILED,
)
COURSE = (
    (RequestState.REQUESTED, 0),
    (RequestState.ALLOCATED, 2),
    (RequestState.SCHEDULED, 4),
    (RequestState.INTERVIEWED, 21),
    (RequestState.DRAFTED, 24),
    (RequestState.SIGNED, 29),
    (RequestState.HANDED_IN, 30),
    (RequestState.FILED, 33),
)
"""States with the days after which they usually come."""
INTERVIEW_DAYS = 3
"""Interviews still to come are a few days ahead, the first one today."""


def furnish(random: Random, network: Network) -> None:
    """Name the doctors of the regions, and give the cases that the service may read a request each."""
    service = network.houses[SERVICE]
    doctors = _doctors(service, network.staff[SERVICE][0])
    _regions(service, doctors)
    requests: list[MedicalRequest] = []
    passings: list[Passing] = []
    questions: list[Question] = []
    for place, case in enumerate(_cases(service)):
        request = _request(random, place, case, service, doctors)
        requests.append(request)
        passings += _history(request)
        questions += _questions(request)
    MedicalRequest.objects.bulk_create(requests)
    Passing.objects.bulk_create(passings)
    Question.objects.bulk_create(questions)
    TreatingDoctor.objects.bulk_create(_treating(requests, service))


def _doctors(service: Institution, first: User) -> dict[str, User]:
    """One doctor a region; the one who is there already has the centre."""
    User.objects.filter(pk=first.pk).update(persona=DOCTOR)
    secretaries = Membership.objects.filter(institution=service, role=Role.SECRETARY)
    User.objects.filter(pk__in=secretaries.values("user")).update(persona=SECRETARY)
    doctors = [first]
    for serial, (given, family, language) in enumerate(MORE_DOCTORS, 1):
        user = User.objects.create_user(
            f"smr{serial:02d}@accord.example", first_name=given, last_name=family, language=language
        )
        Membership.objects.create(user=user, institution=service, role=Role.DOCTOR)
        doctors.append(user)
    return dict(zip(REGIONS, doctors, strict=True))


def _regions(service: Institution, doctors: dict[str, User]) -> None:
    others = [doctors[key] for key in (*REGIONS[1:], REGIONS[0])]
    RegionDoctor.objects.bulk_create(
        RegionDoctor(programme=PROGRAMME, region=key, service=service, doctor=doctors[key], replacement=other)
        for key, other in zip(REGIONS, others, strict=True)
    )
    Absence.objects.create(
        service=service,
        doctor=doctors["bas_valais"],
        since=today() - timedelta(days=2),
        until=today() + timedelta(days=6),
    )


def _cases(service: Institution) -> list[Case]:
    """Running cases of the programme in which the service takes part and may read medical detail."""
    told = (
        Disclosure.objects.filter(recipient=service, valid_from__lte=now(), valid_until__gt=now())
        .annotate(seen=F("categories").bitand(int(Category.MEDICAL)))
        .filter(seen__gt=0)
    )
    taking_part = Participant.objects.filter(institution=service, left_at__isnull=True)
    cases = Case.objects.filter(programme=PROGRAMME, state=CaseState.OPEN, opened_at__isnull=False)
    cases = cases.filter(pk__in=told.values("case")).filter(pk__in=taking_part.values("case"))
    return list(cases.select_related("person", "lead").order_by("opened_at", "number")[:36])


def _request(
    random: Random, place: int, case: Case, service: Institution, doctors: dict[str, User]
) -> MedicalRequest:
    state = STATES[place % len(STATES)]
    kind = RequestKind.FULL
    region = case.region if case.region in doctors else REGIONS[place % 2 and 1]
    language = "de" if region == "haut_valais" else "fr"
    done = [when for when in COURSE if _comes_before(when[0], state)]
    last = 12 + 2 * place if state == RequestState.FILED else place % 6
    asked_at = now() - timedelta(days=done[-1][1] + last, hours=place)
    dates = {
        one: asked_at + timedelta(days=days + (random.randint(0, 6) if one == RequestState.FILED else 0))
        for one, days in done
    }
    has_doctor = state not in {RequestState.REQUESTED, RequestState.DECLINED}
    doctor = doctors[region] if has_doctor else None
    held = RequestState.INTERVIEWED in dates
    meeting = None
    if doctor and RequestState.SCHEDULED in dates and state != RequestState.ALLOCATED:
        meeting = _meeting(case, service, doctor, dates, place, held=held)
    days = programme_for(case.programme, case.programme_version).parameters
    since = dates.get(state, now() - timedelta(days=1))
    meets = meeting.starts_at.astimezone(SWISS_TIME).date() if meeting else None
    return MedicalRequest(
        case=case,
        kind=kind,
        region=region,
        service=service,
        asked_by=case.lead,
        asked_user_id=case.lead_user_id,
        help_needed=("limitations", "fitness", "contradiction")[place % 3],
        why_medical=WHY[language][place % len(WHY[language])],
        tried_before=TRIED[language],
        measures=MEASURES[language],
        state=state,
        holder=holder_in(state, kind),
        held_since=since,
        due_on=due_in(state, since.date(), days, meets_on=meets),
        doctor=doctor,
        meeting=meeting,
        asked_at=asked_at,
        allocated_at=dates.get(RequestState.ALLOCATED),
        scheduled_at=dates.get(RequestState.SCHEDULED),
        interviewed_at=dates.get(RequestState.INTERVIEWED),
        drafted_at=dates.get(RequestState.DRAFTED),
        signed_at=dates.get(RequestState.SIGNED),
        handed_in_at=dates.get(RequestState.HANDED_IN),
        filed_at=dates.get(RequestState.FILED),
        ended_because="Le certificat se demande au médecin traitant, avec l’accord de la personne."
        if state == RequestState.DECLINED
        else "",
    )


def _comes_before(one: RequestState, state: RequestState) -> bool:
    order = [known for known, _days in COURSE]
    return one == RequestState.REQUESTED or (state in order and order.index(one) <= order.index(state))


def _meeting(
    case: Case,
    service: Institution,
    doctor: User,
    dates: dict[RequestState, datetime],
    place: int,
    *,
    held: bool,
) -> Meeting:
    """The interview, with its doctor and who asked; the first one to come is today."""
    day = dates[RequestState.INTERVIEWED].date() if held else today() + timedelta(days=place % 8 - 1)
    day += timedelta(days=max(0, day.isoweekday() - 5) and 8 - day.isoweekday())
    starts_at = at_local(day, time(10 + place % 5 * 2 - 2))
    meeting = Meeting.objects.create(
        case=case,
        owner=case.lead,
        author_id=case.lead_user_id,
        audience="person",
        kind="assessment",
        starts_at=starts_at,
        ends_at=ends_after(starts_at, 60),
        place="SMR Rhône, Sion",
        person_present=True,
        state="held" if held else "planned",
    )
    people = [(service, doctor), (case.lead, case.lead_user)]
    Seat.objects.bulk_create(
        Seat(meeting=meeting, institution=house, user=user, is_doctor=user == doctor)
        for house, user in people
        if user is not None
    )
    return meeting


def _history(request: MedicalRequest) -> Iterator[Passing]:
    dates = {
        RequestState.REQUESTED: request.asked_at,
        RequestState.ALLOCATED: request.allocated_at,
        RequestState.SCHEDULED: request.scheduled_at,
        RequestState.INTERVIEWED: request.interviewed_at,
        RequestState.DRAFTED: request.drafted_at,
        RequestState.SIGNED: request.signed_at,
        RequestState.HANDED_IN: request.handed_in_at,
        RequestState.FILED: request.filed_at,
        RequestState.DECLINED: request.held_since if request.state == RequestState.DECLINED else None,
    }
    for state, at in dates.items():
        if at is not None:
            yield Passing(
                request=request,
                at=at,
                state=state,
                holder=holder_in(state, request.kind),
                doctor=request.doctor if state != RequestState.REQUESTED else None,
                by_id=request.asked_user_id if state == RequestState.REQUESTED else None,
                reason=request.ended_because if state == RequestState.DECLINED else "",
            )


def _questions(request: MedicalRequest) -> Iterator[Question]:
    programme = programme_for(request.case.programme, request.case.programme_version)
    for position, question in enumerate(programme.questions, 1):
        yield Question(request=request, position=position, key=question.key)
    language = "de" if request.region == "haut_valais" else "fr"
    yield Question(request=request, position=len(programme.questions) + 1, text=OWN[language])


def _treating(requests: list[MedicalRequest], service: Institution) -> Iterator[TreatingDoctor]:
    """A treating doctor in every other case; none is released yet, so none may be reached."""
    for place, request in enumerate(requests[::2]):
        name, speciality = TREATING[place % len(TREATING)]
        yield TreatingDoctor(
            case=request.case, service=service, name=name, speciality=speciality, reached_at="027 000 60 60"
        )
