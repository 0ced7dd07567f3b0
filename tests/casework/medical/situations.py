"""A case of the CII Valais, its office, and the medical service whose doctors look after the regions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from accord.casework.capacity.models import IncapacityPeriod
from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case, Participant
from accord.casework.medical.models import (
    Absence,
    ClarificationDue,
    MedicalRequest,
    Passing,
    Question,
    RegionDoctor,
    Release,
    TreatingDoctor,
)
from accord.casework.medical.rules.asking import Plea
from accord.casework.medical.services import (
    allocate_request,
    ask_doctor,
    name_treating_doctor,
    record_release,
    schedule_interview,
)
from accord.foundation.documents.models import Document
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution
from casework.meetings.situations import at, room_at, seat_of
from scenarios import Colleague, colleague, in_days, institution, open_case, opened_to, person

PROGRAMME = "cii-valais"
WHY = "Deux certificats se contredisent sur le taux possible."
TRIED = "Le certificat a été demandé au médecin traitant, sans réponse."
PLEA = Plea("contradiction", WHY, TRIED)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73"
    "0000000b49444154789c6360400600000e0001a99173b10000000049454e44ae426082"
)


@contextmanager
def inside(one: Colleague | Actor) -> Iterator[Actor]:
    """She acts inside the compartment, as a screen of it lets her in."""
    actor = (one if isinstance(one, Actor) else one.actor).inside
    with acting_as(actor):
        yield actor


@dataclass
class Service:
    """A medical service with its secretary and two doctors; the second replaces the first."""

    institution: Institution = field(
        default_factory=lambda: institution(Kind.MEDICAL_SERVICE, name="SMR Rhône")
    )
    secretary: Colleague = field(init=False)
    doctor: Colleague = field(init=False)
    other: Colleague = field(init=False)
    absence: Absence = field(init=False)

    def __post_init__(self) -> None:
        self.secretary = colleague(self.institution, Role.SECRETARY, last_name="Theler")
        self.doctor = colleague(self.institution, Role.DOCTOR, last_name="Pralong")
        self.other = colleague(self.institution, Role.DOCTOR, last_name="Moret")


def medical_service() -> Service:
    """A service that looks after two of the three regions, and whose second doctor will be away."""
    house = Service()
    for key in ("valais_central", "bas_valais"):
        RegionDoctor.objects.update_or_create(
            programme=PROGRAMME,
            region=key,
            defaults={
                "service": house.institution,
                "doctor": house.doctor.user,
                "replacement": house.other.user,
            },
        )
    house.absence = Absence.objects.create(
        service=house.institution, doctor=house.other.user, since=in_days(60), until=in_days(70)
    )
    return house


@dataclass
class Valais:
    """The CII office leads a case of the Valais; the medical service may read medical detail; others may not."""

    office: Colleague = field(
        default_factory=lambda: colleague(institution(Kind.CII_OFFICE, name="Bureau CII"), Role.DESK)
    )
    service: Service = field(default_factory=medical_service)
    outsider: Colleague = field(
        default_factory=lambda: colleague(institution(Kind.EMPLOYMENT_OFFICE), Role.CASEWORKER)
    )
    case: Case = field(init=False)

    def __post_init__(self) -> None:
        about = person(self.office.institution, "Zufferey", "Martine", city="Sion", postal_code="1950")
        self.case = open_case(self.office, PROGRAMME, about, region="valais_central")
        opened_to(self.case, self.outsider.institution, Category.IDENTITY, Category.CAPACITY, Category.PLAN)

    def authorise(self) -> None:
        """The person authorises the medical service."""
        opened_to(
            self.case,
            self.service.institution,
            Category.IDENTITY,
            Category.CAPACITY,
            Category.MEDICAL,
            Category.PLAN,
        )

    def ask(self, **wishes: object) -> MedicalRequest:
        """The office asks the doctor of the centre."""
        wishes = {"region": "valais_central", "plea": PLEA, "usual": ["limitations", "capacity"], **wishes}
        with inside(self.office) as by:
            return ask_doctor(by=by, case_id=self.case.pk, **wishes)

    def asked(self, **wishes: object) -> MedicalRequest:
        """With the authorisation."""
        self.authorise()
        return self.ask(**wishes)

    def allocated(self, **wishes: object) -> MedicalRequest:
        """The secretary has given it to the doctor."""
        request = self.asked(**wishes)
        with inside(self.service.secretary) as by:
            return allocate_request(by=by, request_id=request.pk, doctor_id=self.service.doctor.user.pk)

    def scheduled(self, hour: int = 10) -> MedicalRequest:
        """The interview is fixed for a working day soon."""
        request = self.allocated()
        room = room_at(self.service.institution)
        with inside(self.service.secretary) as by:
            return schedule_interview(
                by=by,
                request_id=request.pk,
                starts_at=at(hour),
                minutes=60,
                room_id=room.pk,
                seats=[seat_of(self.service.doctor), seat_of(self.office)],
            )

    def treating(self, name: str = "Dre Rey") -> TreatingDoctor:
        """Somebody treats the person."""
        with inside(self.service.secretary) as by:
            return name_treating_doctor(by=by, case_id=self.case.pk, name=name)

    def released(self, treating: TreatingDoctor) -> Release:
        """The person has signed."""
        with inside(self.service.secretary) as by:
            return record_release(
                by=by,
                treating_id=treating.pk,
                signed_on=today(),
                valid_until=in_days(90),
                scan=SimpleUploadedFile("feuille.png", PNG, "image/png"),
            )


def asked_in(by: Colleague, case_id: object, house: Service) -> MedicalRequest:
    """A request as the tables hold it, whatever the programme of its case."""
    assert isinstance(case_id, UUID)
    request = MedicalRequest.objects.create(
        case_id=case_id,
        region="bas_valais",
        service=house.institution,
        asked_by=by.institution,
        asked_user=by.user,
        help_needed="fitness",
        why_medical=WHY,
        tried_before=TRIED,
    )
    Question.objects.create(request=request, position=1, key="limitations")
    Passing.objects.create(request=request, state=request.state, holder=request.holder, by=by.user)
    return request


def released_in(house: Service, case: Case) -> tuple[TreatingDoctor, Release]:
    """A treating doctor whom the person released."""
    treating = TreatingDoctor.objects.create(case=case, service=house.institution, name="Dre Rey")
    scan = Document.objects.create(
        institution_id=house.institution.pk,
        original_name="x.pdf",
        sha256="0" * 64,
        size=1,
        media_type="application/pdf",
    )
    release = Release.objects.create(
        case=case,
        service=house.institution,
        treating=treating,
        signed_on=today(),
        valid_until=in_days(30),
        scan=scan,
    )
    return treating, release


def clarification_in(house: Service, case: Case) -> ClarificationDue:
    """An incapacity that the service must clarify."""
    period = IncapacityPeriod.objects.create(
        case=case,
        owner_id=case.lead_id,
        category=Category.CAPACITY,
        source_kind="treating_doctor",
        source_name="Dre Rey",
        rate=50,
        since=today() - timedelta(days=400),
        until=today() - timedelta(days=390),
    )
    return ClarificationDue.objects.create(
        case=case, period=period, service=house.institution, due_on=in_days(7)
    )


def joins(case: Case, house: Institution) -> None:
    """An institution takes part."""
    Participant.objects.get_or_create(case=case, institution=house, left_at=None, defaults={"role": "member"})


def finished(valais: Valais, *, days: int) -> None:
    """A request whose interview came so many days after it was asked, and whose report was filed."""
    request = asked_in(valais.office, valais.case.pk, valais.service)
    held = now() - timedelta(days=20)
    MedicalRequest.objects.filter(pk=request.pk).update(
        asked_at=held - timedelta(days=days),
        interviewed_at=held,
        signed_at=held + timedelta(days=5),
        filed_at=held + timedelta(days=6),
    )
