"""From the question to the interview: who may ask, who holds it, and what goes wrong on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.casework.capacity.services import note_incapacity
from accord.casework.cases.enums import Category
from accord.casework.medical.enums import RequestState
from accord.casework.medical.models import ClarificationDue, MedicalRequest, Passing
from accord.casework.medical.policies import can_settle
from accord.casework.medical.selectors import (
    doctor_desk,
    passings_of,
    request_for,
    requests_on_worklist,
    secretariat_desk,
    suggested_doctor,
)
from accord.casework.medical.services import (
    allocate_request,
    decline_request,
    lock_request,
    name_region_doctor,
    note_absence,
    pass_on,
    prepare_form,
    preparing,
    schedule_interview,
    settle_clarification,
    whenever_prepared,
    withdraw_request,
)
from accord.casework.meetings.models import Meeting, Seat
from accord.casework.meetings.services import cancel_meeting, hold_meeting, move_meeting, schedule_meeting
from accord.casework.plans.models import Measure
from accord.foundation.notifications.models import Notification
from accord.kernel.clock import frozen_at, today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.kernel.identifiers import new_id
from accord.kernel.states import ForbiddenTransition
from accord.network.institutions.enums import Kind, Role
from casework.medical.situations import PLEA, Service, inside
from casework.meetings.situations import at, seat_of
from scenarios import colleague, in_days, institution, opened_to


def told(kind: str) -> set[object]:
    return set(Notification.objects.filter(kind=kind).values_list("user_id", flat=True))


class TestAsking:
    def test_the_request_reaches_the_secretariat_of_the_region_with_its_questions(self, valais):
        request = valais.asked(specific=["Le matin est-il possible ?"], measures="Stage")
        assert (request.state, request.holder) == ("requested", "secretariat")
        assert request.service == valais.service.institution
        assert [one.key or one.text for one in request.questions.all()] == [
            "limitations", "capacity", "Le matin est-il possible ?",
        ]  # fmt: skip
        assert told("medical.requested") == {valais.service.secretary.user.pk}

    def test_asking_lets_the_service_into_the_case(self, valais):
        from accord.casework.cases.models import Participant

        valais.authorise()
        Participant.objects.filter(institution=valais.service.institution).delete()
        valais.ask()
        assert Participant.objects.filter(case=valais.case, institution=valais.service.institution).exists()

    def test_without_authorisation_or_article_nothing_reaches_the_service(self, valais):
        with pytest.raises(Refused, match="Rien ne permet encore au service médical"):
            valais.ask()
        assert not MedicalRequest.objects.exists()

    @pytest.mark.parametrize(
        ("plea", "field"),
        [
            (replace(PLEA, why_medical="  "), "why_medical"),
            (replace(PLEA, tried_before="Non."), "tried_before"),
            (replace(PLEA, help_needed="x"), "help_needed"),
            (replace(PLEA, help_needed="certificate"), "is_insisted"),
            (replace(PLEA, help_needed="information"), "is_insisted"),
        ],
    )
    def test_the_gate_asks_why_a_doctor_and_what_else_was_tried(self, valais, plea, field):
        with pytest.raises(Refused) as refused:
            valais.asked(plea=plea)
        assert refused.value.field == field

    def test_who_insists_goes_on(self, valais):
        assert valais.asked(plea=replace(PLEA, help_needed="certificate"), is_insisted=True).pk

    @pytest.mark.parametrize(
        ("wish", "field"), [({"usual": []}, "usual"), ({"region": "haut_valais"}, "region")]
    )
    def test_a_request_needs_a_question_and_a_region_with_a_doctor(self, valais, wish, field):
        with pytest.raises(Refused) as refused:
            valais.asked(**wish)
        assert refused.value.field == field

    def test_one_assessment_is_asked_for_at_a_time_but_precise_questions_may_follow(self, valais):
        valais.asked()
        with pytest.raises(Refused, match="court déjà"):
            valais.ask()
        assert valais.ask(kind="advice").kind == "advice"

    def test_only_the_office_or_the_lead_asks(self, valais):
        valais.authorise()
        from accord.casework.medical.services import ask_doctor

        with inside(valais.outsider) as by, pytest.raises(Refused, match="Le bureau CII"):
            ask_doctor(by=by, case_id=valais.case.pk, region="valais_central", plea=PLEA, usual=["capacity"])

    def test_it_is_taken_back_or_given_back_with_a_sentence(self, valais):
        request = valais.asked()
        with inside(valais.service.secretary) as by:
            with pytest.raises(Refused):
                decline_request(by=by, request_id=request.pk, reason=" ")
            given_back = decline_request(by=by, request_id=request.pk, reason="Le certificat suffit.")
        assert (given_back.state, given_back.holder, given_back.due_on) == ("declined", "nobody", None)
        again = valais.ask()
        with inside(valais.office) as by:
            withdraw_request(by=by, request_id=again.pk, reason="La personne a trouvé un emploi.")
            assert withdraw_request(by=by, request_id=again.pk, reason="x").state == "withdrawn"
        assert Passing.objects.filter(request=again).count() == 2


class TestWhoHoldsIt:
    def test_each_act_changes_the_holder_and_leaves_a_line(self, valais):
        request = valais.scheduled()
        with inside(valais.service.doctor) as by:
            lines = [(line.state, line.holder) for line in passings_of(by, request)]
        assert lines == [
            ("requested", "secretariat"), ("allocated", "secretariat"), ("scheduled", "doctor"),
        ]  # fmt: skip
        assert request.allocated_at and request.scheduled_at and request.due_on

    def test_the_desk_shows_every_request_once(self, valais):
        request = valais.asked()
        for state in (None, "allocated", "drafted", "signed", "handed_in", "filed"):
            if state:
                walk(valais, request.pk, state)
            with inside(valais.service.secretary) as by:
                assert [line.request.pk for line in secretariat_desk(by).lines] == [request.pk], state

    def test_home_tells_who_holds_it_and_who_waits(self, valais):
        request = valais.asked()
        with acting_as(valais.service.secretary.actor):
            (found,) = requests_on_worklist(valais.service.secretary.actor)
        assert (found.is_ours, found.step.id) == (True, request.pk)
        with acting_as(valais.service.doctor.actor):
            assert requests_on_worklist(valais.service.doctor.actor) == []
        with acting_as(valais.office.actor):
            assert not requests_on_worklist(valais.office.actor)[0].is_ours

    def test_no_way_leads_past_the_table(self, valais):
        request = valais.asked()
        with inside(valais.service.secretary) as by, pytest.raises(ForbiddenTransition):
            pass_on(by=by, request=lock_request(by, request.pk), to=RequestState.FILED)

    def test_two_services_never_mix(self, valais):
        request = valais.asked()
        stranger = Service()
        with inside(stranger.secretary) as by:
            assert secretariat_desk(by).lines == []
            with pytest.raises(MedicalRequest.DoesNotExist):
                allocate_request(by=by, request_id=request.pk, doctor_id=stranger.doctor.user.pk)


def walk(valais, request_id, state):
    """Move a request on, as the services of the report do."""
    with inside(valais.service.secretary) as by:
        request = lock_request(by, request_id)
        if state == "allocated":
            request.doctor_id = valais.service.doctor.user.pk
        pass_on(by=by, request=request, to=RequestState(state))


class TestAllocating:
    def test_the_doctor_of_the_region_is_suggested_or_her_replacement_while_she_is_away(self, valais):
        service = valais.service
        with inside(service.secretary) as by:
            asked = ("cii-valais", "valais_central", service.institution.pk)
            assert suggested_doctor(by, *asked) == service.doctor.user.pk
            note_absence(by=by, doctor_id=service.doctor.user.pk, since=today(), until=in_days(3))
            assert suggested_doctor(by, *asked) == service.other.user.pk

    def test_who_is_away_takes_it_only_when_somebody_confirms(self, valais):
        request = valais.asked()
        doctor = valais.service.doctor.user.pk
        with inside(valais.service.secretary) as by:
            note_absence(by=by, doctor_id=doctor, since=today(), until=today())
            with pytest.raises(Refused) as refused:
                allocate_request(by=by, request_id=request.pk, doctor_id=doctor)
            assert refused.value.field == "absence_known"
            taken = allocate_request(by=by, request_id=request.pk, doctor_id=doctor, absence_known=True)
        assert taken.doctor_id == doctor

    def test_a_doctor_replaced_between_interview_and_report_passes_everything_on(self, valais):
        """The request, its history, the notes and the contacts go to the new doctor."""
        from accord.casework.medical.services import write_notes

        request = interviewed(valais)
        with inside(valais.service.doctor) as by:
            write_notes(by=by, request_id=request.pk, text="Fatigue le soir.")
        other = valais.service.other
        with inside(valais.service.secretary) as by:
            with pytest.raises(Refused, match="pourquoi un autre médecin"):
                allocate_request(by=by, request_id=request.pk, doctor_id=other.user.pk)
            allocate_request(by=by, request_id=request.pk, doctor_id=other.user.pk, reason="Congé maladie")
        with inside(other) as by:
            desk = doctor_desk(by)
            assert [line.request.pk for line in desk.to_write] == [request.pk]
            assert request.pk in desk.inherited
            assert [line.doctor for line in passings_of(by, request) if line.doctor][-1] == other.user
            written = write_notes(by=by, request_id=request.pk, text="Fatigue le soir. Revu.", version=1)
        assert written.version == 2
        with inside(valais.service.doctor) as by:
            assert doctor_desk(by).to_write == []
            with pytest.raises(Refused, match="celles du médecin de la demande"):
                write_notes(by=by, request_id=request.pk, text="x", version=2)

    def test_regions_are_named_once_and_by_their_own_service(self, valais):
        service, stranger = valais.service, Service()
        with inside(service.secretary) as by:
            wish = {"by": by, "programme": "cii-valais", "doctor_id": service.other.user.pk}
            name_region_doctor(**wish, region="haut_valais")
            with pytest.raises(Stale):
                name_region_doctor(**wish, region="haut_valais", version=0)
            with pytest.raises(Refused, match="ne connaît pas cette région"):
                name_region_doctor(**wish, region="geneve")
            with pytest.raises(Refused, match="ne se remplace pas"):
                name_region_doctor(
                    **wish, region="haut_valais", version=1, replacement_id=service.other.user.pk
                )
        with inside(stranger.secretary) as by, pytest.raises(Refused, match="Un autre service"):
            name_region_doctor(
                by=by, programme="cii-valais", region="haut_valais", doctor_id=stranger.doctor.user.pk
            )

    @pytest.mark.parametrize(
        ("since", "until", "field"), [(5, 2, "until"), (-9, -3, "until"), (61, 65, "since")]
    )
    def test_absences_are_sound(self, valais, since, until, field):
        with inside(valais.service.secretary) as by, pytest.raises(Refused) as refused:
            note_absence(
                by=by, doctor_id=valais.service.other.user.pk, since=in_days(since), until=in_days(until)
            )
        assert refused.value.field == field


def interviewed(valais) -> MedicalRequest:
    """The interview was held with the person."""
    request = valais.scheduled()
    settle(valais, request, person_came=True)
    return MedicalRequest.objects.get(pk=request.pk)


def settle(valais, request, *, person_came: bool) -> None:
    """The office notes, on the page of the meeting, who came."""
    seats = [seat.pk for seat in Seat.objects.filter(meeting=request.meeting)]
    with frozen_at(request.meeting.ends_at), acting_as(valais.office.actor):
        hold_meeting(
            by=valais.office.actor, meeting_id=request.meeting_id, attended=seats, person_came=person_came
        )


class TestInterview:
    def test_pre_assessment_and_interview_are_fixed_in_one_step(self, valais):
        request = valais.scheduled(hour=10)
        before = request.meeting.follows
        assert (request.meeting.kind, before.kind) == ("assessment", "pre_assessment")
        assert (request.meeting.starts_at - before.starts_at).total_seconds() == 3600
        assert before.room == request.meeting.room is not None

    def test_the_doctor_of_the_request_is_there(self, valais):
        request = valais.allocated()
        with inside(valais.service.secretary) as by, pytest.raises(Refused) as refused:
            schedule_interview(
                by=by, request_id=request.pk, starts_at=at(10), minutes=60, place="Sion",
                seats=[seat_of(valais.office)],
            )  # fmt: skip
        assert refused.value.field == "seats"

    def test_held_with_the_person_the_doctor_writes(self, valais):
        request = interviewed(valais)
        assert (request.state, request.holder) == ("interviewed", "doctor")
        assert request.interviewed_at is not None

    def test_an_absent_person_leads_back_to_the_secretariat(self, valais):
        request = valais.scheduled()
        settle(valais, request, person_came=False)
        request.refresh_from_db()
        assert (request.state, request.holder, request.interviewed_at) == ("allocated", "secretariat", None)
        assert Passing.objects.filter(request=request).latest("at").reason == "absent"
        with inside(valais.service.secretary) as by:
            assert [line.request.pk for line in secretariat_desk(by).to_schedule] == [request.pk]
            anew = schedule_interview(
                by=by, request_id=request.pk, starts_at=at(16), minutes=60, place="Sion",
                seats=[seat_of(valais.service.doctor)],
            )  # fmt: skip
        assert anew.state == "scheduled" and anew.meeting_id != request.meeting_id

    def test_a_cancelled_interview_is_fixed_anew(self, valais):
        request = valais.scheduled()
        with acting_as(valais.office.actor):
            cancel_meeting(by=valais.office.actor, meeting_id=request.meeting_id, reason="Grève")
        request.refresh_from_db()
        assert (request.state, Passing.objects.filter(request=request).latest("at").reason) == (
            "allocated", "cancelled",
        )  # fmt: skip

    def test_a_meeting_moved_after_the_form_was_prepared_takes_the_form_along(self, valais, monkeypatch):
        """The form points at the meeting, so the new day is its own."""
        prepared = []
        monkeypatch.setattr(preparing, "_preparers", [])
        whenever_prepared(lambda by, request: prepared.append(request.pk))
        request = valais.scheduled(hour=10)
        with inside(valais.service.secretary) as by:
            prepare_form(by=by, request_id=request.pk)
            prepare_form(by=by, request_id=request.pk)
        assert prepared == [request.pk]
        meeting = request.meeting
        with acting_as(valais.office.actor):
            move_meeting(
                by=valais.office.actor, meeting_id=meeting.pk, version=meeting.version, starts_at=at(15),
                minutes=60, room_id=meeting.room_id,
            )  # fmt: skip
        with inside(valais.service.doctor) as by:
            found = request_for(by, request.pk)
            assert (found.state, found.meeting.starts_at) == ("scheduled", at(15))

    def test_a_stranger_cannot_settle_an_interview(self, valais):
        """The function of the database asks who calls."""
        from accord.casework.medical.services import settle_interview

        request = valais.scheduled()
        meeting = Meeting.objects.select_related("case").get(pk=request.meeting_id)
        Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
        stranger = colleague()
        with acting_as(stranger.actor):
            settle_interview(stranger.actor, meeting)
        request.refresh_from_db()
        assert request.state == "scheduled"

    def test_a_round_table_is_without_the_doctor_but_for_a_reason(self, valais):
        """CII Valais: the doctor comes to a round table by exception only."""
        valais.asked()
        office, doctor = valais.office, valais.service.doctor
        wish = {
            "by": office.actor, "case_id": valais.case.pk, "kind": "round_table", "starts_at": at(10),
            "minutes": 60, "place": "Sion", "seats": [seat_of(office), seat_of(doctor)],
        }  # fmt: skip
        with acting_as(office.actor):
            with pytest.raises(Refused) as refused:
                schedule_meeting(**wish)
            assert refused.value.field == "doctor_reason"
            meeting = schedule_meeting(**wish, doctor_reason="Les limitations décident de la mesure.")
        assert not meeting.person_present
        assert Seat.objects.get(meeting=meeting, user=doctor.user).is_doctor


class TestClarifying:
    def measure(self, valais, **fields) -> Measure:
        return Measure.objects.create(
            case=valais.case, owner=valais.office.institution, title="Stage", goal=new_id(), since_number=1,
            category=int(Category.PLAN), **{"state": "running", **fields},
        )  # fmt: skip

    def incapacity(self, valais, **fields):
        wish = {"source_kind": "treating_doctor", "source_name": "Dre Rey", "rate": 100, "since": today()}
        with acting_as(valais.office.actor):
            return note_incapacity(by=valais.office.actor, case_id=valais.case.pk, **{**wish, **fields})

    def test_a_new_incapacity_during_a_measure_waits_for_the_doctor(self, valais):
        valais.allocated()
        self.measure(valais)
        period = self.incapacity(valais)
        due = ClarificationDue.objects.get()
        assert (due.period, due.doctor, due.due_on) == (period, valais.service.doctor.user, in_days(7))
        with inside(valais.service.doctor) as by:
            assert [one.pk for one, _who in doctor_desk(by).clarifications] == [due.pk]
            with pytest.raises(Refused):
                settle_clarification(by=by, clarification_id=due.pk, conclusion=" ")
            settled = settle_clarification(by=by, clarification_id=due.pk, conclusion="Passager.")
            assert not can_settle(by, settled)
        with inside(valais.service.secretary) as by, pytest.raises(Refused, match="médecin du service"):
            settle_clarification(by=by, clarification_id=due.pk, conclusion="x")

    @pytest.mark.parametrize(
        "fields",
        [
            {"state": "done"},
            {"state": "planned"},
            {"state": "planned", "since": in_days(30)},
            {"state": "running", "until": in_days(-30)},
            {"until_number": 1},
        ],
        ids=str,
    )
    def test_without_a_measure_that_runs_nothing_is_to_clarify(self, valais, fields):
        valais.allocated()
        self.measure(valais, **fields)
        self.incapacity(valais, until=in_days(5))
        assert not ClarificationDue.objects.exists()

    def test_a_case_without_a_doctor_raises_nothing(self, valais):
        valais.asked()
        self.measure(valais)
        self.incapacity(valais)
        assert not ClarificationDue.objects.exists()

    def test_what_one_keeps_to_oneself_raises_nothing(self, valais):
        valais.allocated()
        self.measure(valais)
        self.incapacity(valais, audience="own")
        assert not ClarificationDue.objects.exists()


def test_a_doctor_elsewhere_is_no_doctor_here(valais):
    """A role counts where one works: a doctor of an insurer serves no request."""
    insurer = colleague(institution(Kind.INSURER_ACCIDENT), Role.DOCTOR)
    opened_to(valais.case, insurer.institution, Category.MEDICAL)
    request = valais.asked()
    with inside(insurer) as by, pytest.raises(Refused, match="service médical régional"):
        allocate_request(by=by, request_id=request.pk, doctor_id=insurer.user.pk)
