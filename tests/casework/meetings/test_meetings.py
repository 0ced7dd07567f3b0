"""Call, move, cancel, hold, answer: what each does, and what it refuses."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Event
from accord.casework.cases.services import gates_of, leave
from accord.casework.meetings.enums import Answer, MeetingState, Method
from accord.casework.meetings.models import AgendaItem, Invitation, Meeting, Seat
from accord.casework.meetings.policies import assessment_held
from accord.casework.meetings.services import (
    SeatWish,
    answer_as_person,
    answer_invitation,
    cancel_meeting,
    hold_meeting,
    keep_room,
    move_meeting,
    set_agenda,
    tell_person_answers,
)
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import WORKER, Actor
from accord.kernel.clock import SWISS_TIME, frozen_at
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.selectors import programme_for
from casework.meetings.situations import Table, at, called, next_working_day, room_at, seat_of
from scenarios import colleague, institution, open_case, opened_to

HOUR = timedelta(hours=1)


def moved(by, meeting, starts_at, **more):
    wishes = {"version": meeting.version, "minutes": 60, "place": meeting.place, **more}
    if meeting.room_id and "room_id" not in more:
        wishes["room_id"] = meeting.room_id
    with acting_as(by.actor):
        return move_meeting(by=by.actor, meeting_id=meeting.pk, starts_at=starts_at, **wishes)


def cancelled(by, meeting, reason="La personne est malade"):
    with acting_as(by.actor):
        return cancel_meeting(by=by.actor, meeting_id=meeting.pk, reason=reason)


def refusal(act, *arguments, **more) -> Refused:
    with pytest.raises(Refused) as refused:
        act(*arguments, **more)
    return refused.value


def test_a_meeting_is_called_and_everybody_is_told(table):
    meeting = table.meeting(kind="assessment", agenda=["Situation", "Suite"])
    assert {seat.user for seat in Seat.objects.filter(meeting=meeting)} == {table.anne.user, table.sami.user}
    assert Event.objects.get(case=table.case, kind=EventKind.MEETING_PLANNED).category is None
    assert Notification.objects.filter(user=table.sami.user, kind="meeting.invited").count() == 1
    assert not Notification.objects.filter(user=table.anne.user, kind="meeting.invited").exists()
    assert Invitation.objects.filter(meeting=meeting, method=Method.REQUEST, sequence=0).count() == 2
    assert [item.text for item in AgendaItem.objects.order_by("position")] == ["Situation", "Suite"]
    assert Entry.objects.filter(verb="meeting_planned", cases__contains=[table.case.pk]).exists()


def test_with_the_person_it_is_written_for_her_too(table):
    assert table.meeting(kind="assessment").audience == Audience.PERSON
    assert table.meeting(kind="follow_up", starts_at=at(14)).audience == Audience.CIRCLE
    wanted = table.meeting(kind="follow_up", starts_at=at(16), wants_person=True)
    assert wanted.person_present and wanted.audience == Audience.PERSON


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"kind": "no such"}, "kind"),
        ({"starts_at": datetime(2020, 1, 6, 10, tzinfo=SWISS_TIME)}, "hour"),
        ({"minutes": 61}, "minutes"),
        ({"minutes": 5}, "minutes"),
        ({"seats": []}, "seats"),
        ({"place": "", "video": "  "}, "room"),
    ],
)
def test_what_a_meeting_must_have(table, wishes, field):
    refused = refusal(table.meeting, **wishes)
    assert refused.field == field and refused.sentence
    assert not Meeting.objects.exists() and not Invitation.objects.exists()


def test_only_those_who_take_part_are_invited(table):
    stranger = colleague(kind=Kind.EMPLOYMENT_OFFICE)
    assert refusal(table.meeting, stranger).field == "seats"
    in_anothers_name = [SeatWish(table.sami.institution.pk, table.anne.user.pk)]
    assert refusal(table.meeting, seats=in_anothers_name).field == "seats"


def test_who_does_not_take_part_calls_no_meeting(table):
    with acting_as(table.sami.actor):
        leave(by=table.sami.actor, case_id=table.case.pk)
    assert "ne participe pas" in refusal(called, table.sami, table.case.pk).sentence


def test_the_doctor_by_exception_needs_a_reason(table):
    refused = refusal(table.meeting, table.doctor, kind="round_table")
    assert refused.field == "doctor_reason"
    meeting = table.meeting(table.doctor, kind="round_table", doctor_reason="Il connaît le poste.")
    assert Seat.objects.get(meeting=meeting, user=table.doctor.user).is_doctor
    assert meeting.doctor_reason == "Il connaît le poste."


def test_a_required_doctor_is_missed(table, monkeypatch):
    require_doctor(monkeypatch, "required")
    refused = refusal(table.meeting)
    assert refused.field == "seats" and "médecin" in refused.sentence
    assert table.meeting(table.doctor).pk


def test_an_unwanted_doctor_is_refused(table):
    plus = open_case(table.anne, "cii-plus")
    wishes = {"kind": "early_detection_interview", "seats": [seat_of(table.doctor)]}
    assert refusal(called, table.anne, plus.pk, **wishes).field == "seats"


def require_doctor(monkeypatch, wish: str) -> None:
    from dataclasses import replace

    from accord.casework.meetings.services import checking

    known = checking.kind_of
    monkeypatch.setattr(
        checking, "kind_of", lambda programme, key: replace(known(programme, key), doctor=wish)
    )


# The room


def test_a_room_is_taken_once(table):
    room = room_at(table.anne.institution)
    table.meeting(room_id=room.pk)
    refused = refusal(table.meeting, room_id=room.pk, starts_at=at(10, 30), clash_known=True)
    assert refused.field == "room" and "Salle du lac" in refused.sentence
    assert table.meeting(room_id=room.pk, starts_at=at(11)).room == room


def test_the_room_is_taken_by_a_case_that_one_does_not_know(table):
    room = room_at(table.anne.institution)
    table.meeting(room_id=room.pk)
    other = open_case(table.sami)
    opened_to(other, table.anne.institution)
    wishes = {"seats": [seat_of(table.sami)], "room_id": room.pk, "clash_known": True}
    assert refusal(called, table.sami, other.pk, **wishes).field == "room"


def test_a_cancelled_meeting_frees_its_room(table):
    room = room_at(table.anne.institution)
    cancelled(table.anne, table.meeting(room_id=room.pk))
    assert table.meeting(room_id=room.pk).room == room


def test_the_database_itself_keeps_a_room_from_being_taken_twice(table):
    room = room_at(table.anne.institution)
    meeting = table.meeting(room_id=room.pk)
    with pytest.raises(IntegrityError, match="meeting_room_once"), transaction.atomic():
        Meeting.objects.create(
            case=table.case, owner=table.anne.institution, kind="x", room=room,
            starts_at=meeting.starts_at + HOUR / 2, ends_at=meeting.ends_at + HOUR,
        )  # fmt: skip


def test_everybody_finds_a_chair_the_person_too(table):
    room = room_at(table.anne.institution, seats=2)
    assert table.meeting(room_id=room.pk, kind="follow_up")
    refused = refusal(table.meeting, room_id=room.pk, kind="assessment", starts_at=at(14))
    assert refused.field == "room" and "3" in refused.sentence


def test_a_room_of_others_or_out_of_use_is_not_booked(table):
    theirs = room_at(institution(Kind.EMPLOYMENT_OFFICE))
    assert refusal(table.meeting, room_id=theirs.pk).field == "room"
    ours = room_at(table.sami.institution)
    type(ours).objects.filter(pk=ours.pk).update(is_active=False)
    assert refusal(table.meeting, room_id=ours.pk).field == "room"


def test_only_an_administrator_keeps_rooms_at_her_own_sites(table):
    room = room_at(table.anne.institution)
    clerk = colleague(table.anne.institution, Role.ADMINISTRATOR)
    wishes = {"site_id": room.site_id, "name": "Petite salle", "seats": 4}
    away = {**wishes, "site_id": room_at(table.sami.institution).site_id}
    with acting_as(clerk.actor):
        kept = keep_room(by=clerk.actor, room_id=room.pk, **wishes)
        assert (kept.name, kept.seats) == ("Petite salle", 4)
        assert refusal(keep_room, by=clerk.actor, **wishes).field == "name"
        assert refusal(keep_room, by=clerk.actor, **away).field == "site"
    with acting_as(table.anne.actor):
        assert refusal(keep_room, by=table.anne.actor, **wishes).sentence


# People


def test_a_colleague_in_two_meetings_is_warned_about_once(table):
    table.meeting()
    refused = refusal(table.meeting, starts_at=at(10, 45))
    assert refused.field == "clash_known" and table.sami.user.name in refused.sentence
    assert table.meeting(starts_at=at(10, 45), clash_known=True)
    assert table.meeting(starts_at=at(13))


# Pre-assessment and interview


@pytest.fixture
def valais(db):
    import scenarios

    scenarios.programmes()
    return Table("cii-valais")


def test_the_assessment_plans_both_in_one_step(valais):
    room = room_at(valais.anne.institution)
    interview = valais.meeting(kind="assessment", room_id=room.pk, minutes=90)
    before = interview.follows
    assert before.kind == "pre_assessment" and interview.starts_at - before.starts_at == HOUR
    assert before.ends_at == interview.starts_at and before.room == room
    assert interview.person_present and not before.person_present
    assert Invitation.objects.filter(meeting=before).count() == 2


@pytest.mark.parametrize("shift", [timedelta(minutes=30), -timedelta(minutes=30), timedelta(days=1)])
@pytest.mark.parametrize("which", ["interview", "pre-assessment"])
def test_moving_one_moves_the_other(valais, shift, which):
    """In the same room the two overlap their own old hours; that is no double booking."""
    room = room_at(valais.anne.institution)
    interview = valais.meeting(kind="assessment", room_id=room.pk)
    before = interview.follows
    one = interview if which == "interview" else before
    moved(valais.anne, one, one.starts_at + shift)
    for meeting in (interview, before):
        hour = meeting.starts_at
        meeting.refresh_from_db()
        assert meeting.starts_at == hour + shift and meeting.sequence == 1
    assert interview.starts_at - before.starts_at == HOUR


def test_cancelling_one_cancels_the_other(valais):
    interview = valais.meeting(kind="assessment")
    cancelled(valais.anne, interview)
    states = Meeting.objects.values_list("state", flat=True)
    assert set(states) == {MeetingState.CANCELLED} and len(states) == 2


def test_a_pre_assessment_that_was_held_stays(valais):
    interview = valais.meeting(kind="assessment")
    Meeting.objects.filter(pk=interview.follows_id).update(state=MeetingState.HELD)
    moved(valais.anne, interview, interview.starts_at + timedelta(days=1))
    assert interview.follows.starts_at == Meeting.objects.get(pk=interview.follows_id).starts_at


# Moving and cancelling


def test_a_moved_meeting_is_asked_anew_with_a_higher_sequence(table):
    meeting = table.meeting()
    uid = meeting.uid
    answer(table.sami, meeting, Answer.ACCEPTED)
    after = moved(table.anne, meeting, at(15))
    assert (after.uid, after.sequence) == (uid, 1)
    assert Seat.objects.get(meeting=meeting, user=table.sami.user).answer == Answer.PENDING
    assert Invitation.objects.filter(meeting=meeting, sequence=1, method=Method.REQUEST).count() == 2
    assert Event.objects.get(kind=EventKind.MEETING_MOVED).data["from"] != after.starts_at.isoformat()


def test_a_move_that_changes_nothing_invites_nobody_anew(table):
    meeting = table.meeting()
    after = moved(table.anne, meeting, meeting.starts_at)
    assert (after.sequence, after.version) == (0, 1)
    assert not Event.objects.filter(kind=EventKind.MEETING_MOVED).exists()


def test_another_room_keeps_the_answers(table):
    meeting = table.meeting()
    answer(table.sami, meeting, Answer.ACCEPTED)
    moved(table.anne, meeting, meeting.starts_at, place="Chez l’employeur")
    assert Seat.objects.get(meeting=meeting, user=table.sami.user).answer == Answer.ACCEPTED


def test_a_meeting_moved_across_the_change_to_summer_time_keeps_its_local_hour(table):
    with frozen_at(datetime(2027, 3, 20, 8, tzinfo=SWISS_TIME)):
        meeting = table.meeting(starts_at=at(10, on=date(2027, 3, 26)))
        after = moved(table.anne, meeting, at(10, on=date(2027, 3, 29)))
    local = after.starts_at.astimezone(SWISS_TIME)
    assert (local.hour, local.utcoffset()) == (10, timedelta(hours=2))
    assert after.ends_at - after.starts_at == HOUR


def test_a_stale_move_is_not_lost(table):
    meeting = table.meeting()
    moved(table.anne, meeting, at(15))
    with pytest.raises(Stale) as stale:
        moved(table.anne, meeting, at(16), version=1)
    assert stale.value.current.starts_at == at(15)


def test_who_only_takes_part_does_not_move_it(table):
    meeting = table.meeting()
    assert "organise" in refusal(moved, table.sami, meeting, at(15)).sentence


def test_who_leads_the_case_may_move_what_others_called(table):
    meeting = called(table.sami, table.case.pk, table.anne)
    assert moved(table.anne, meeting, at(15)).starts_at == at(15)


def test_a_reason_is_needed_to_cancel_and_everybody_is_told(table):
    meeting = table.meeting()
    assert refusal(cancelled, table.anne, meeting, " ").field == "reason"
    after = cancelled(table.anne, meeting)
    assert (after.state, after.sequence) == (MeetingState.CANCELLED, 1)
    assert Invitation.objects.filter(meeting=meeting, method=Method.CANCEL, sequence=1).count() == 2
    assert Notification.objects.filter(user=table.sami.user, kind="meeting.cancelled").exists()
    assert refusal(cancelled, table.anne, meeting).sentence == "Cette rencontre est annulée."


# Holding, and the gate


def test_the_gate_opens_when_the_assessment_was_held(valais):
    case = valais.case
    assert not assessment_held(case)
    valais.held(kind="round_table")
    assert not assessment_held(case)
    valais.held(kind="assessment")
    assert assessment_held(case)


def test_an_assessment_without_the_person_does_not_count(valais):
    meeting = valais.held(kind="assessment", person_came=False)
    assert meeting.person_absent and not assessment_held(valais.case)


def test_the_stage_asks_for_the_gate(valais):
    programme = programme_for("cii-valais", valais.case.programme_version)
    stage = next(stage for stage in programme.stages if "assessment.held" in stage.gates)
    assert not dict(gates_of(valais.case, stage))["assessment.held"]
    valais.held(kind="assessment")
    assert dict(gates_of(valais.case, stage))["assessment.held"]


def test_nobody_was_there_is_not_held(table):
    meeting = table.meeting()
    seats = list(Seat.objects.filter(meeting=meeting).values_list("pk", flat=True))
    act = {"by": table.anne.actor, "meeting_id": meeting.pk}
    with acting_as(table.anne.actor):
        assert "pas encore commencé" in refusal(hold_meeting, **act, attended=seats).sentence
        with frozen_at(meeting.starts_at + HOUR / 4):
            assert refusal(hold_meeting, **act, attended=[]).field == "attended"
            assert refusal(hold_meeting, **act, attended=[meeting.pk]).field == "attended"
            hold_meeting(**act, attended=seats[:1])
            hold_meeting(**act, attended=seats)
    assert Seat.objects.filter(meeting=meeting, attended=True).count() == 1
    assert Event.objects.filter(kind=EventKind.MEETING_HELD).count() == 1


# Answering


def answer(by, meeting, word):
    seat = Seat.objects.get(meeting=meeting, user=by.user)
    with acting_as(by.actor):
        return answer_invitation(by=by.actor, seat_id=seat.pk, answer=word)


def test_one_answers_for_oneself(table):
    meeting = table.meeting()
    assert answer(table.sami, meeting, Answer.DECLINED).answer == Answer.DECLINED
    assert Notification.objects.filter(user=table.anne.user, kind="meeting.declined").count() == 1
    answer(table.sami, meeting, Answer.DECLINED)
    assert Entry.objects.filter(verb="answered_invitation").count() == 1
    assert refusal(answer, table.sami, meeting, "perhaps").field == "answer"
    seat = Seat.objects.get(meeting=meeting, user=table.sami.user)
    with acting_as(table.anne.actor):
        assert refusal(answer_invitation, by=table.anne.actor, seat_id=seat.pk, answer="accepted").sentence


def test_a_cancelled_meeting_awaits_no_answer(table):
    meeting = table.meeting()
    cancelled(table.anne, meeting)
    assert "plus de réponse" in refusal(answer, table.sami, meeting, Answer.ACCEPTED).sentence


def test_the_person_answers_at_her_window_and_the_organiser_is_told(table):
    meeting = table.meeting(kind="assessment")
    her = Actor(window_case_id=table.case.pk)
    with acting_as(her):
        answer_as_person(by=her, meeting_id=meeting.pk, answer="accepted")
    meeting.refresh_from_db()
    assert meeting.person_answer == Answer.ACCEPTED
    with acting_as(WORKER):
        assert tell_person_answers() == 1
        assert tell_person_answers() == 0
    assert Notification.objects.filter(user=table.anne.user, kind="meeting.person_answered").count() == 1
    assert Event.objects.get(kind=EventKind.PERSON_ACTED).owner == table.anne.institution


def test_her_role_in_the_database_writes_her_answer_and_nothing_else(table):
    meeting = table.meeting(kind="assessment")
    with (
        pytest.raises(Exception, match="permission denied"),
        acting_as(Actor(window_case_id=table.case.pk)),
        transaction.atomic(),
    ):
        Meeting.objects.filter(pk=meeting.pk).update(place="Ailleurs")


def test_the_person_does_not_see_what_is_held_without_her(table):
    meeting = table.meeting(kind="follow_up")
    her = Actor(window_case_id=table.case.pk)
    with acting_as(her), pytest.raises(Meeting.DoesNotExist):
        answer_as_person(by=her, meeting_id=meeting.pk, answer="accepted")
    with acting_as(table.anne.actor):
        act = {"by": table.anne.actor, "meeting_id": meeting.pk, "answer": "accepted"}
        assert "pas adressée" in refusal(answer_as_person, **act).sentence


def test_the_insured_person_reads_seats_points_and_minutes_that_are_for_her(table):
    hers = table.meeting(kind="assessment", agenda=["Bilan"])
    table.meeting(starts_at=at(15), agenda=["Entre nous"])
    with acting_as(Actor(window_case_id=table.case.pk)):
        assert list(Meeting.objects.values_list("pk", flat=True)) == [hers.pk]
        assert Seat.objects.count() == 2
        assert [item.text for item in AgendaItem.objects.all()] == ["Bilan"]


# Agenda


def test_the_points_are_for_those_who_read_the_plan(table):
    meeting = table.meeting(agenda=["Emploi adapté"])
    with acting_as(table.anne.actor):
        set_agenda(by=table.anne.actor, meeting_id=meeting.pk, points=["Un", "Deux"])
    reader = colleague(kind=Kind.EMPLOYMENT_OFFICE)
    opened_to(table.case, reader.institution, Category.IDENTITY)
    with acting_as(table.sami.actor):
        assert [item.text for item in AgendaItem.objects.order_by("position")] == ["Un", "Deux"]
    with acting_as(reader.actor):
        assert Meeting.objects.filter(pk=meeting.pk).exists()
        assert not AgendaItem.objects.exists()


def test_the_days_of_the_tests_are_working_days():
    assert next_working_day().weekday() < 5
