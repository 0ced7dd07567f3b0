"""The compartment: outside of its screens nobody selects a medical table; inside, two walls say the same."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import Error, connection, transaction
from django.db.models import Q
from django.urls import get_resolver, reverse

from accord.casework.cases.enums import Basis, Category
from accord.casework.cases.models import CaseDocument, Disclosure
from accord.casework.cases.services import end_disclosures
from accord.casework.emergencies.enums import Reason
from accord.casework.emergencies.services import Plea, break_glass
from accord.casework.medical import policies
from accord.casework.medical.models import (
    Absence,
    ClarificationDue,
    DoctorContact,
    Examination,
    FollowUp,
    Icd10Code,
    Incoming,
    InterviewNotes,
    MedicalMeasure,
    MedicalRequest,
    Outgoing,
    Passing,
    Question,
    ReadMark,
    RegionDoctor,
    Release,
    Report,
    TreatingDoctor,
)
from accord.casework.medical.policies import reports as reporting
from accord.casework.medical.selectors import medical_durations, requests_on_worklist, steps_of_case
from accord.foundation.documents.models import Document
from accord.foundation.journal.models import Entry
from accord.kernel.actors import WORKER, Actor
from accord.kernel.clock import now, today
from accord.kernel.database import acting_as
from accord.kernel.http.screens import screen_of
from accord.network.institutions.enums import Kind
from accord.network.programmes.models import ProgrammeMember
from casework.medical.reporting import exam_of
from casework.medical.situations import Valais, asked_in, clarification_in, finished, inside, released_in
from scenarios import colleague, institution, opened_to, programmes

MODELS = list(apps.get_app_config("medical").get_models())
WALLS = {
    MedicalRequest: policies.requests_visible_to,
    Question: policies.of_visible_requests,
    Passing: policies.of_visible_requests,
    InterviewNotes: policies.notes_visible_to,
    TreatingDoctor: policies.held_or_told,
    Release: policies.held_or_told,
    ClarificationDue: policies.held_or_told,
    DoctorContact: policies.contacts_visible_to,
    ReadMark: policies.read_marks_visible_to,
    Report: reporting.reports_visible_to,
    Examination: reporting.examinations_visible_to,
    MedicalMeasure: reporting.measures_visible_to,
    FollowUp: reporting.follow_ups_visible_to,
    Outgoing: reporting.exchange_visible_to,
    Incoming: reporting.exchange_visible_to,
}
WORKED_ON = {Outgoing: "select, update", Incoming: "select, insert, update", Icd10Code: "select, delete"}
"""What the worker does its jobs on: the exchange, and the list of codes. No medical word stands in them."""
OPEN_INSIDE = {RegionDoctor, Absence, Icd10Code}
"""Who is the doctor of which region, and what codes mean, is known to all who may come in."""


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_outside_nobody_can_even_ask(valais, model):
    person = Actor(window_case_id=valais.case.pk)
    others = (valais.service.doctor.actor, valais.office.actor, person, person.her_hand)
    for actor in others if model in WORKED_ON else (*others, WORKER):
        with acting_as(actor), pytest.raises(Error, match="permission denied"), transaction.atomic():
            model._default_manager.exists()
        with acting_as(actor), pytest.raises(Error, match="permission denied"), transaction.atomic():
            connection.cursor().execute(f"delete from {model._meta.db_table}")  # noqa: S608


@pytest.mark.django_db
def test_every_medical_table_is_sealed():
    with_rights = "select has_table_privilege(r, c.oid, 'select, insert, update, delete') from pg_class c"
    assert MODELS
    for model in MODELS:
        with connection.cursor() as cursor:
            others = ("accord_app", "accord_window", "accord_hand")
            for role in others if model in WORKED_ON else (*others, "accord_worker"):
                cursor.execute(
                    f"{with_rights}, (values (%s::name)) v(r) where c.relname = %s",
                    [role, model._meta.db_table],
                )
                assert cursor.fetchone() == (False,), (role, model)


class World:
    """Institutions of several kinds; cases with disclosures of every basis and period, and medical rows."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.houses = [institution(Kind.MEDICAL_SERVICE) for _ in range(2)]
        self.houses += [institution(kind) for kind in (Kind.AI_OFFICE, Kind.CII_OFFICE)]
        for _ in range(4):
            self.tell()

    def tell(self) -> None:
        valais = Valais(outsider=colleague(self.dice.choice(self.houses)))
        case = valais.case
        for house in self.houses:
            since, until = self.dice.choice([(-9, 9), (-9, -1), (1, 9)])
            Disclosure.objects.create(
                case=case,
                person=case.person,
                recipient=house,
                basis=self.dice.choice([Basis.LAW, Basis.EMERGENCY]),
                categories=self.dice.choice([1, int(Category.MEDICAL), int(Category.MEDICAL | 1), 16]),
                legal_article="LAI art. 68bis",
                valid_from=now() + timedelta(days=since),
                valid_until=now() + timedelta(days=until),
            )
        service = valais.service
        service.institution = self.dice.choice(self.houses[:2])
        asker = colleague(self.dice.choice(self.houses))
        request = asked_in(asker, case.pk, service)
        InterviewNotes.objects.create(request=request, text="x")
        treating, release = released_in(service, case)
        clarification_in(service, case)
        self.conclude(request)
        DoctorContact.objects.create(
            case=case, service=service.institution, treating=treating, author=service.doctor.user, learnt="x"
        )
        DoctorContact.objects.create(
            case=case,
            service=service.institution,
            treating=treating,
            author=service.other.user,
            learnt="x",
            on=today(),
            release=release,
            kept_at=now(),
        )

    def conclude(self, request: MedicalRequest) -> None:
        """Reports in two states, an examination, a measure, and what the exchange holds."""
        owned = {"case": request.case, "service": request.service}
        paper = Document.objects.create(
            institution_id=request.service_id, original_name="x.pdf", sha256="0" * 64, size=1,
            media_type="application/pdf",
        )  # fmt: skip
        kept = CaseDocument.objects.create(case=request.case, owner=request.service, document=paper)
        Report.objects.create(request=request, **owned)
        Report.objects.create(
            request=request, kind="rf", state=self.dice.choice(["signed", "filed"]), document=paper,
            signed_at=now(), signed_by=request.doctor or request.asked_user, filed_as=kept, **owned,
        )  # fmt: skip
        state = self.dice.choice(["ordered", "concluded"])
        exam_of(request, state, document=paper)
        measure = MedicalMeasure.objects.create(request=request, kind="other", text="x", **owned)
        FollowUp.objects.create(measure=measure, state="agreed", text="x")
        Outgoing.objects.create(document=paper, **owned)
        Incoming.objects.create(service=request.service, sha256=uuid4().hex * 2)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.django_db
def test_both_walls_inside_show_the_same_rows(seed):
    programmes()
    world = World(seed)
    for house in world.houses:
        actor = Actor(user_id=uuid4(), institution_id=house.pk, institution_kind=house.kind).inside
        for model, wall in WALLS.items():
            with acting_as(actor):
                seen = set(model._default_manager.values_list("pk", flat=True))
            allowed = model._default_manager.filter(Q(wall(actor))).values_list("pk", flat=True)
            assert seen == set(allowed), (house.kind, model)


def test_every_table_has_its_wall():
    assert set(MODELS) == WALLS.keys() | OPEN_INSIDE


def test_only_a_member_of_an_institution_enters():
    for nobody in (WORKER, Actor(), Actor(window_case_id=uuid4())):
        with pytest.raises(ValueError, match="compartment"):
            _ = nobody.inside


def test_each_screen_of_the_app_says_that_it_is_inside_and_no_other_does():
    said = {
        name: door.compartment for resolver in get_resolver().url_patterns for name, door in doors(resolver)
    }
    assert any(said.values())
    assert all(inside_ == name.startswith("medical:") for name, inside_ in said.items())


def doors(resolver, space=""):
    for pattern in getattr(resolver, "url_patterns", []):
        yield from doors(pattern, getattr(resolver, "namespace", "") or space)
    if door := screen_of(getattr(resolver, "callback", None)):
        yield f"{space}:{resolver.name}", door


class TestWhoComesIn:
    def test_the_office_sees_its_request_and_nothing_that_the_service_writes(self, valais):
        request = valais.scheduled()
        InterviewNotes.objects.create(request=request, text="x")
        valais.treating()
        with inside(valais.office):
            assert MedicalRequest.objects.count() == 1
            assert InterviewNotes.objects.count() == TreatingDoctor.objects.count() == 0

    def test_an_institution_without_medical_detail_learns_that_there_is_no_such_request(self, valais):
        request = valais.asked()
        browser = valais.outsider.browser()
        assert browser.get(reverse("medical:request", args=[request.pk])).status_code == 404
        assert "Zufferey" in browser.get(reverse("web:case", args=[valais.case.pk])).content.decode()

    def test_whom_the_person_authorises_reads_but_writes_nothing(self, valais):
        request = valais.scheduled()
        valais.treating()
        opened_to(valais.case, valais.outsider.institution, Category.MEDICAL)
        with inside(valais.outsider):
            assert TreatingDoctor.objects.count() == 1
            assert MedicalRequest.objects.update(why_medical="x") == 0
            with pytest.raises(Error, match="row-level security"), transaction.atomic():
                TreatingDoctor.objects.create(
                    case=valais.case, service_id=request.service_id, name="Dr Moret"
                )

    def test_when_the_disclosure_ends_the_door_closes(self, valais):
        request = valais.asked()
        opened = opened_to(valais.case, valais.outsider.institution, Category.MEDICAL)
        browser, url = valais.outsider.browser(), reverse("medical:request", args=[request.pk])
        assert browser.get(url).status_code == 200
        end_disclosures(Disclosure.objects.filter(pk=opened.pk), because="revoked")
        assert browser.get(url).status_code == 404

    def test_each_reading_is_journalled_with_its_purpose(self, valais):
        request = valais.asked()
        valais.service.doctor.browser().get(reverse("medical:request", args=[request.pk]))
        entry = Entry.objects.filter(subject_kind="medical request", is_read=True).latest("at")
        assert (entry.purpose, entry.user_id) == ("read a medical request", valais.service.doctor.user.pk)
        assert entry.cases == [valais.case.pk]


class TestEmergency:
    def break_in(self, valais, *kinds):
        doctor = colleague(institution(Kind.MEDICAL_SERVICE))
        plea = Plea(
            number=valais.case.number,
            reason=Reason.values[0],
            explanation="La personne est aux urgences et ne peut pas répondre.",
            medical_explanation="Le traitement en cours doit être connu tout de suite.",
            categories=sum(int(kind) for kind in kinds),
            hours=2,
        )
        with acting_as(doctor.actor):
            break_glass(by=doctor.actor, plea=plea)
        return doctor

    def test_a_broken_glass_opens_the_compartment_for_reading(self, valais):
        request = valais.asked()
        doctor = self.break_in(valais, Category.IDENTITY, Category.MEDICAL)
        page = doctor.browser().get(reverse("medical:request", args=[request.pk]))
        assert page.status_code == 200 and "certificats" in page.content.decode()
        with inside(doctor):
            assert MedicalRequest.objects.update(why_medical="x") == 0

    def test_without_the_medical_category_it_stays_shut(self, valais):
        request = valais.asked()
        doctor = self.break_in(valais, Category.IDENTITY, Category.CAPACITY)
        assert doctor.browser().get(reverse("medical:request", args=[request.pk])).status_code == 404

    def test_inside_the_compartment_nobody_writes_an_emergency_disclosure(self, valais):
        """The guard of emergencies knows the role of the compartment, too."""
        with inside(valais.office), pytest.raises(Error, match="break_glass"), transaction.atomic():
            Disclosure.objects.create(
                case=valais.case,
                person_id=valais.case.person_id,
                recipient=valais.office.institution,
                basis=Basis.EMERGENCY,
                categories=int(Category.MEDICAL),
            )


class TestOutside:
    """What is asked from outside: dated steps, never what they are about."""

    def test_who_takes_part_knows_where_a_request_stands(self, valais):
        valais.asked()
        with acting_as(valais.outsider.actor):
            (step,) = steps_of_case(valais.outsider.actor, valais.case)
        assert (step.state, step.holder) == ("requested", "secretariat")

    def test_who_knows_nothing_of_the_case_knows_nothing_of_its_requests(self, valais):
        valais.asked()
        stranger = colleague()
        with acting_as(stranger.actor):
            assert steps_of_case(stranger.actor, valais.case) == []
            assert requests_on_worklist(stranger.actor) == []

    def test_the_case_page_and_search_hold_no_medical_word(self, valais):
        valais.asked()
        for one in (valais.outsider, valais.office, valais.service.doctor):
            for panel in ("medical", "fil", "documents", ""):
                page = one.browser().get(reverse("web:case", args=[valais.case.pk]), {"panneau": panel})
                assert page.status_code == 200
                assert "certificats" not in page.content.decode(), panel
            found = one.browser().post(reverse("web:search"), {"search": "certificats"}, follow=True)
            assert "Zufferey" not in found.content.decode()

    def test_messages_and_journal_say_nothing_of_it(self, valais):
        from accord.foundation.notifications.models import Notification

        valais.asked()
        told = Notification.objects.filter(kind__startswith="medical.")
        assert told.exists()
        assert {frozenset(one.params) for one in told} == {frozenset({"number"})}
        for entry in Entry.objects.filter(subject_kind="medical request"):
            assert "certificats" not in str(entry.data)

    def test_the_bench_world_knows_no_medical_row(self):
        for place in ("src/accord/cli/world/chronicle.py", "bench"):
            found = Path(__file__).parents[3] / place
            files = [found] if found.is_file() else found.rglob("*.py")
            assert not any("casework.medical" in file.read_text() for file in files)

    def test_durations_are_told_in_medians_and_small_numbers_are_not(self, valais):
        ProgrammeMember.objects.create(
            programme_slug="cii-valais", institution=valais.office.institution, role="desk"
        )
        for _ in range(4):
            finished(Valais(), days=10)
        with acting_as(valais.office.actor):
            hidden = medical_durations(valais.office.actor, "cii-valais", least=5)
        assert {one.requests for one in hidden} == {None}
        finished(Valais(), days=30)
        with acting_as(valais.office.actor):
            shown = {one.step: one for one in medical_durations(valais.office.actor, "cii-valais", least=5)}
        assert shown["interview"].requests == 5
        assert round(shown["interview"].median_days) == 10

    def test_durations_are_for_the_circle(self, valais):
        for _ in range(6):
            finished(Valais(), days=10)
        stranger = colleague()
        with acting_as(stranger.actor):
            assert medical_durations(stranger.actor, "cii-valais", least=2) == []
