"""Requests to the doctor in the demo, one in each state; invented, and without any diagnosis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random

from accord.casework.cases.enums import CaseState
from accord.casework.cases.models import Case
from accord.casework.medical.enums import RequestKind, RequestState
from accord.casework.medical.models import (
    Absence,
    MedicalRequest,
    Passing,
    Question,
    RegionDoctor,
)
from accord.casework.medical.rules.clocks import due_in
from accord.casework.medical.states import holder_in
from accord.casework.meetings.models import Meeting, Seat
from accord.casework.meetings.rules import at_local, ends_after
from accord.cli.world.medical_circle import before_the_doctor
from accord.cli.world.network import Network
from accord.foundation.accounts.models import User
from accord.kernel.clock import SWISS_TIME, now, today
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Institution, Membership
from accord.network.programmes.selectors import programme_for

PROGRAMME = "cii-valais"
SERVICE, OFFICE = "smr-rhone", "bureau-cii-vs"
REGIONS = ("valais_central", "bas_valais", "haut_valais")
FRENCH, GERMAN = REGIONS[:2], REGIONS[2:]
MORE_DOCTORS = (("Damien", "Moret", "fr"), ("Seraina", "Kuonen", "de"))
SECRETARY = "Le secrétariat du SMR : attribuez les demandes, fixez les entretiens, suivez les rapports."
DOCTOR = "Le médecin du SMR : vos entretiens, le dossier à lire, les médecins traitants, vos notes."
DOCTOR_DE = "Die Ärztin des RAD im Oberwallis: Ihre Gespräche, das Dossier, die Berichte."
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
QUESTION = {
    "fr": "Le stage peut-il passer à 60\u202f% dès le mois prochain\u202f?",
    "de": "Kann der Arbeitsversuch ab nächstem Monat auf 60\u202f% erhöht werden?",
}
NOT_FOR_THE_DOCTOR = "Le certificat se demande au médecin traitant, avec l’accord de la personne."
TAKEN_BACK = "La personne reprend son travail le mois prochain."
STATES = {
    FRENCH: (
        RequestState.SCHEDULED,
        RequestState.DRAFTED,
        RequestState.REQUESTED,
        RequestState.ALLOCATED,
        RequestState.FILED,
        RequestState.INTERVIEWED,
        RequestState.SIGNED,
        RequestState.HANDED_IN,
        RequestState.SCHEDULED,
        RequestState.FILED,
        RequestState.DECLINED,
        RequestState.FILED,
        RequestState.REQUESTED,
        RequestState.SCHEDULED,
        RequestState.WITHDRAWN,
        RequestState.FILED,
    ),
    GERMAN: (
        RequestState.SCHEDULED,
        RequestState.INTERVIEWED,
        RequestState.FILED,
        RequestState.REQUESTED,
        RequestState.SIGNED,
        RequestState.ALLOCATED,
        RequestState.FILED,
        RequestState.HANDED_IN,
    ),
}
MOST = {FRENCH: 16, GERMAN: 8}
"""A signature takes a moment; more of them would be waited for."""
HOURS = (10, 14, 8, 16, 9)
ENDED_BECAUSE = {RequestState.DECLINED: NOT_FOR_THE_DOCTOR, RequestState.WITHDRAWN: TAKEN_BACK}
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
JITTER = {RequestState.INTERVIEWED: (-9, 0), RequestState.SIGNED: (-4, 0), RequestState.FILED: (0, 6)}
MOST_OF_BEFORE = 120
AWAY_SINCE, AWAY_UNTIL = 40, 6
"""The doctor of Bas-Valais is away; her colleague of the centre replaces her."""


def furnish(random: Random, network: Network) -> None:
    """Name the doctors of the regions, and bring cases before them: in every state, and ended ones of before."""
    service = network.houses[SERVICE]
    asking = Asking(random, network, service, _doctors(service, network.staff[SERVICE][0]))
    _regions(service, asking.doctors)
    requests = []
    for regions, states in STATES.items():
        cases = before_the_doctor(PROGRAMME, regions, service, most=MOST[regions])
        for place, case in enumerate(cases):
            requests.append(asking.request(place, case, states[place % len(states)]))
    requests += asking.advice(requests)
    requests += asking.of_before()
    MedicalRequest.objects.bulk_create(requests)
    Passing.objects.bulk_create(line for request in requests for line in _history(request))
    Question.objects.bulk_create(one for request in requests for one in _questions(request))


def _doctors(service: Institution, first: User) -> dict[str, User]:
    """One doctor a region; the one who is there already has the centre."""
    User.objects.filter(pk=first.pk).update(persona=DOCTOR)
    secretaries = Membership.objects.filter(institution=service, role=Role.SECRETARY)
    User.objects.filter(pk__in=secretaries.values("user")).update(persona=SECRETARY)
    doctors = [first]
    for serial, (given, family, language) in enumerate(MORE_DOCTORS, 1):
        user = User.objects.create_user(
            f"smr{serial:02d}@accord.example",
            first_name=given,
            last_name=family,
            language=language,
            persona=DOCTOR_DE if language == "de" else "",
        )
        Membership.objects.create(user=user, institution=service, role=Role.DOCTOR)
        doctors.append(user)
    return dict(zip(REGIONS, doctors, strict=True))


def _regions(service: Institution, doctors: dict[str, User]) -> None:
    centre, below, _above = REGIONS
    RegionDoctor.objects.bulk_create(
        RegionDoctor(
            programme=PROGRAMME,
            region=key,
            service=service,
            doctor=doctors[key],
            replacement=doctors[below if key == centre else centre],
        )
        for key in REGIONS
    )
    Absence.objects.create(
        service=service,
        doctor=doctors[below],
        since=today() - timedelta(days=AWAY_SINCE),
        until=today() + timedelta(days=AWAY_UNTIL),
    )


class Asking:
    """What the CII office asks of the medical service, and how far each request has come."""

    def __init__(
        self, random: Random, network: Network, service: Institution, doctors: dict[str, User]
    ) -> None:
        self.random, self.network, self.service, self.doctors = random, network, service, doctors
        self.office = network.houses[OFFICE]
        self.to_come: Counter[User] = Counter()

    def request(self, place: int, case: Case, state: RequestState) -> MedicalRequest:
        """A request before an assessment, in this state."""
        steps = [one for one in COURSE if _comes_before(one[0], state)]
        last = 12 + 2 * place if state == RequestState.FILED else place % 6
        asked_at = now() - timedelta(days=steps[-1][1] + last, hours=place)
        dates = {one: asked_at + timedelta(days=self._after(one, days)) for one, days in steps}
        doctor = self._doctor(case, state)
        meeting = None
        if doctor and RequestState.SCHEDULED in dates:
            held = RequestState.INTERVIEWED in dates
            meeting = self._meeting(case, doctor, dates, place, held=held)
        return self._write(place, case, state, dates, doctor=doctor, meeting=meeting)

    def advice(self, requests: list[MedicalRequest]) -> Iterator[MedicalRequest]:
        """After a report is filed, a precise question: with the doctor, and one to allocate."""
        filed = [one for one in requests if one.state == RequestState.FILED]
        for place, request in enumerate(filed[:4]):
            state = RequestState.REQUESTED if place % 4 == 3 else RequestState.ALLOCATED
            asked_at = now() - timedelta(days=3 + place)
            dates = {RequestState.REQUESTED: asked_at}
            if state == RequestState.ALLOCATED:
                dates[state] = asked_at + timedelta(days=1)
            doctor = request.doctor if state == RequestState.ALLOCATED else None
            yield self._write(place, request.case, state, dates, doctor=doctor, kind=RequestKind.ADVICE)

    def of_before(self) -> Iterator[MedicalRequest]:
        """Requests of cases that are closed: they have taught how long each step takes."""
        cases = Case.objects.filter(programme=PROGRAMME, state=CaseState.CLOSED, opened_at__isnull=False)
        cases = cases.filter(participants__institution=self.service, region__in=REGIONS)
        for place, case in enumerate(
            cases.select_related("person", "lead", "lead_user").order_by("-closed_at")[:MOST_OF_BEFORE]
        ):
            begun = (case.opened_at or now()) + timedelta(days=self.random.randint(1, 15))
            dates = {one: begun + timedelta(days=self._after(one, days)) for one, days in COURSE}
            if case.closed_at and dates[RequestState.FILED] < case.closed_at:
                yield self._write(
                    place, case, RequestState.FILED, dates, doctor=self._doctor(case, RequestState.FILED)
                )

    def _after(self, state: RequestState, days: int) -> int:
        """Interviews and signatures come a little sooner at times, the filing a little later."""
        least, most = JITTER.get(state, (0, 0))
        return days + self.random.randint(least, most)

    def _doctor(self, case: Case, state: RequestState) -> User | None:
        """The doctor of the region; her replacement has what came while she is away."""
        if state in {RequestState.REQUESTED, RequestState.DECLINED, RequestState.WITHDRAWN}:
            return None
        centre, below, _above = REGIONS
        is_replaced = case.region == below and state != RequestState.FILED
        return self.doctors[centre if is_replaced else case.region]

    def _write(
        self,
        place: int,
        case: Case,
        state: RequestState,
        dates: dict[RequestState, datetime],
        *,
        doctor: User | None,
        meeting: Meeting | None = None,
        kind: RequestKind = RequestKind.FULL,
    ) -> MedicalRequest:
        language = language_of(case)
        staff = self.network.staff[OFFICE]
        by_office = place % 4 < 3
        days = programme_for(case.programme, case.programme_version).parameters
        since = dates.get(state, now() - timedelta(days=1))
        meets = meeting.starts_at.astimezone(SWISS_TIME).date() if meeting else None
        return MedicalRequest(
            case=case,
            kind=kind,
            region=case.region,
            service=self.service,
            asked_by=self.office if by_office else case.lead,
            asked_user=staff[-1 if language == "de" else 0] if by_office else case.lead_user,
            help_needed=("limitations", "fitness", "contradiction")[place % 3],
            why_medical=WHY[language][place % len(WHY[language])],
            tried_before=TRIED[language],
            measures=MEASURES[language] if kind == RequestKind.FULL else "",
            state=state,
            holder=holder_in(state, kind),
            held_since=since,
            due_on=due_in(state, since.date(), days, kind=kind, meets_on=meets),
            doctor=doctor,
            meeting=meeting,
            prepared_at=dates.get(RequestState.INTERVIEWED),
            asked_at=dates[RequestState.REQUESTED],
            ended_because=ENDED_BECAUSE.get(state, ""),
            **{f"{one}_at": at for one, at in dates.items() if one != RequestState.REQUESTED},
        )

    def _meeting(
        self, case: Case, doctor: User, dates: dict[RequestState, datetime], place: int, *, held: bool
    ) -> Meeting:
        """The interview, with its doctor and who asked; the first one of each doctor is today."""
        day = dates.get(RequestState.INTERVIEWED, now()).date()
        if not held:
            day = today() + timedelta(days=3 * self.to_come[doctor])
            self.to_come[doctor] += 1
        day += timedelta(days=max(0, day.isoweekday() - 5) and 8 - day.isoweekday())
        starts_at = at_local(day, time(HOURS[place % len(HOURS)]))
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
        people = {doctor: self.service, case.lead_user: case.lead}
        Seat.objects.bulk_create(
            Seat(meeting=meeting, institution=house, user=user, is_doctor=user == doctor)
            for user, house in people.items()
            if user is not None
        )
        return meeting


def language_of(case: Case) -> str:
    """In Upper Valais one writes German."""
    return "de" if case.region in GERMAN else "fr"


def _comes_before(one: RequestState, state: RequestState) -> bool:
    order = [known for known, _days in COURSE]
    return one == RequestState.REQUESTED or (state in order and order.index(one) <= order.index(state))


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
        **{state: request.held_since for state in ENDED_BECAUSE if state == request.state},
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
                reason=request.ended_because if state in ENDED_BECAUSE else "",
            )


def _questions(request: MedicalRequest) -> Iterator[Question]:
    """The usual questions and one in words; a precise question stands alone."""
    language = language_of(request.case)
    if request.kind == RequestKind.ADVICE:
        yield Question(request=request, position=1, text=QUESTION[language])
        return
    usual = programme_for(request.case.programme, request.case.programme_version).questions
    for position, question in enumerate(usual, 1):
        yield Question(request=request, position=position, key=question.key)
    yield Question(request=request, position=len(usual) + 1, text=OWN[language])
