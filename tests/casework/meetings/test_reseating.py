"""A meeting that is called gets other guests, or becomes one of another kind."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

import scenarios
from accord.casework.cases.enums import Category
from accord.casework.cases.models import Event
from accord.casework.meetings.enums import Answer, DeliveryState
from accord.casework.meetings.models import AgendaItem, Invitation, Meeting, Minutes, Reply, Seat
from accord.casework.meetings.selectors import feed_meetings, seats_of
from accord.casework.meetings.services import (
    answer_invitation,
    move_meeting,
    reseat_meeting,
    schedule_meeting,
    take_reply,
    write_minutes,
)
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Delivery, Notification
from accord.kernel.actors import WORKER
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Kind
from casework.meetings.situations import PLAN, Table, at, room_at, seat_of
from casework.meetings.test_mail import calendar_of, event_of, reply, send_all, to
from scenarios import colleague, opened_to


@pytest.fixture(autouse=True)
def _mails(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def third(table):
    """Chloé, of the employment office, takes part in the case."""
    chloe = colleague(kind=Kind.EMPLOYMENT_OFFICE, last_name="Clerc")
    opened_to(table.case, chloe.institution, Category.PLAN)
    return chloe


def reseat(table, meeting, *people, by=None, **wishes) -> Meeting:
    by = by or table.anne
    known = {"version": Meeting.objects.get(pk=meeting.pk).version, "kind": meeting.kind, **wishes}
    with acting_as(by.actor):
        return reseat_meeting(
            by=by.actor, meeting_id=meeting.pk, seats=[seat_of(one) for one in people], **known
        )


def invited(table, meeting) -> list[str]:
    with acting_as(table.anne.actor):
        return sorted(seat.user.last_name for seat in seats_of(table.anne.actor, meeting))


def told(one) -> list[str]:
    return list(
        Notification.objects.filter(user=one.user).order_by("created_at").values_list("kind", flat=True)
    )


def test_one_is_asked_another_no_more_and_every_calendar_learns_of_it(table, third):
    meeting = table.meeting()
    send_all()
    reseat(table, meeting, table.anne, third)
    assert invited(table, meeting) == ["Clerc", "Muller"]
    mails = send_all()
    methods = {one["To"]: str(calendar_of(one)["method"]) for one in mails}
    assert methods == {
        table.anne.user.email: "REQUEST",
        third.user.email: "REQUEST",
        table.sami.user.email: "CANCEL",
    }
    assert {str(event_of(one)["uid"]) for one in mails} == {meeting.uid}
    assert {event_of(one)["sequence"] for one in mails} == {1}
    assert "status" not in event_of(to(table.sami, mails))
    assert to(third, mails)["Subject"].lstrip().startswith("Invitation")
    assert to(table.anne, mails)["Subject"].lstrip().startswith("Modifiée")
    assert told(third) == ["meeting.invited"] and told(table.sami) == ["meeting.invited", "meeting.uninvited"]


def test_who_stays_keeps_her_answer_and_her_old_reply_counts_no_more(table, third):
    meeting = table.meeting()
    old = reply(table, meeting, partstat="DECLINED")
    with acting_as(table.sami.actor):
        mine = Seat.objects.get(user=table.sami.user)
        answer_invitation(by=table.sami.actor, seat_id=mine.pk, answer=Answer.ACCEPTED)
    reseat(table, meeting, table.anne, table.sami, third)
    assert Seat.objects.get(user=table.sami.user).answer == Answer.ACCEPTED
    with acting_as(WORKER):
        assert take_reply(old).fault == "outdated"


def test_nothing_of_a_seat_that_is_taken_back_is_lost(table, third):
    meeting = table.meeting()
    send_all()
    reseat(table, meeting, table.anne, third)
    gone = Seat.ever.get(user=table.sami.user)
    assert gone.removed_at is not None
    assert Invitation.objects.filter(seat=gone, state=DeliveryState.SENT).count() == 1
    reseat(table, meeting, table.anne, table.sami)
    again = Seat.objects.get(user=table.sami.user)
    assert again.pk == gone.pk and again.answer == Answer.PENDING
    assert str(calendar_of(to(table.sami, send_all()))["method"]) == "REQUEST"


def test_who_is_asked_no_more_answers_no_more_and_is_free_at_that_hour(table, third):
    meeting = table.meeting()
    late = reply(table, meeting)
    reseat(table, meeting, table.anne, third)
    with acting_as(WORKER):
        assert take_reply(late).fault == "stranger"
    with acting_as(table.sami.actor):
        assert feed_meetings(table.sami.actor) == []
        with pytest.raises(Seat.DoesNotExist):
            answer_invitation(
                by=table.sami.actor, seat_id=Seat.ever.get(user=table.sami.user).pk, answer=Answer.ACCEPTED
            )
    with acting_as(table.anne.actor):
        assert schedule_meeting(
            by=table.anne.actor,
            case_id=table.case.pk,
            kind="follow_up",
            starts_at=at(10),
            minutes=60,
            seats=[seat_of(table.sami)],
            place="x",
        )


def test_taken_back_while_she_writes_her_text_is_kept(table, third):
    meeting = table.meeting()
    words = {"category": PLAN, "audience": "circle", "meeting_id": meeting.pk}
    with acting_as(table.sami.actor):
        draft = write_minutes(by=table.sami.actor, sections={"next": "Appeler"}, **words)
    reseat(table, meeting, table.anne, third)
    with acting_as(table.sami.actor):
        write_minutes(
            by=table.sami.actor, sections={"next": "Écrire"}, minutes_id=draft.pk, version=1, **words
        )
    assert Minutes.objects.get().sections["next"] == "Écrire"


def test_an_unchanged_table_disturbs_nobody(table):
    meeting = table.meeting()
    send_all()
    reseat(table, meeting, table.anne, table.sami)
    assert Meeting.objects.get().sequence == 0 and send_all() == []


def test_it_becomes_one_with_the_person_of_another_kind(table):
    meeting = table.meeting(agenda=["Suite"])
    assert not meeting.person_present
    reseat(table, meeting, table.anne, table.sami, kind="round_table")
    changed = Meeting.objects.get()
    assert (changed.kind, changed.person_present, changed.audience) == ("round_table", True, "person")
    assert AgendaItem.objects.get().audience == "person"
    assert told(table.sami) == ["meeting.invited", "meeting.changed"]
    assert Event.objects.filter(kind="meeting_planned").latest("at").data["act"] == "changed"
    reseat(table, meeting, table.anne, table.sami, kind="follow_up")
    assert (Meeting.objects.get().audience, AgendaItem.objects.get().audience) == ("circle", "circle")


def refusal(verb, *args, **wishes) -> Refused:
    with pytest.raises(Refused) as raised:
        verb(*args, **wishes)
    return raised.value


def test_what_the_programme_and_the_room_ask_holds_here_too(table, third):
    meeting = table.meeting(room_id=room_at(table.anne.institution, seats=2).pk)
    assert refusal(reseat, table, meeting, table.anne, table.sami, third).field == "room"
    assert refusal(reseat, table, meeting, table.anne, table.doctor).field == "doctor_reason"
    assert refusal(reseat, table, meeting).field == "seats"
    assert refusal(reseat, table, meeting, colleague()).field == "seats"
    assert refusal(reseat, table, meeting, table.anne, kind="unknown").field == "kind"
    reseat(table, meeting, table.anne, table.doctor, doctor_reason="Capacité à préciser")
    assert Meeting.objects.get().doctor_reason == "Capacité à préciser"
    assert Seat.objects.get(user=table.doctor.user).is_doctor


def test_only_newcomers_are_warned_about(table, third):
    meeting = table.meeting()
    other = table.meeting(third, clash_known=True, starts_at=at(10, 30))
    refused = refusal(reseat, table, meeting, table.anne, table.sami, third)
    assert refused.field == "clash_known" and third.user.name in refused.sentence
    assert table.anne.user.name not in refused.sentence
    reseat(table, meeting, table.anne, table.sami, third, clash_known=True)
    assert invited(table, other) == ["Clerc", "Muller"]


def test_a_stale_change_is_not_lost_and_who_only_takes_part_changes_nothing(table, third):
    meeting = table.meeting()
    reseat(table, meeting, table.anne, third)
    with pytest.raises(Stale):
        reseat(table, meeting, table.anne, table.sami, version=1)
    with pytest.raises(Refused, match="organise la rencontre"):
        reseat(table, meeting, table.sami, by=table.sami)


def test_both_meetings_of_an_assessment_get_the_same_guests_and_keep_their_kinds(db):
    scenarios.programmes()
    valais = Table("cii-valais")
    interview = valais.meeting(kind="assessment")
    refused = refusal(reseat, valais, interview, valais.anne, kind="round_table")
    assert refused.field == "kind"
    reseat(valais, interview, valais.anne)
    for one in (interview, interview.follows):
        assert invited(valais, one) == ["Muller"]
    assert set(Meeting.objects.values_list("sequence", flat=True)) == {1}


def test_one_thing_is_told_by_one_mail(table, third):
    """The calendar's; the message stands in Accord, without a mail of its own."""
    meeting = table.meeting()
    reseat(table, meeting, table.anne, third)
    with acting_as(table.anne.actor):
        move_meeting(
            by=table.anne.actor, meeting_id=meeting.pk, version=2, starts_at=at(15), minutes=60, place="x"
        )
    assert told(third) == ["meeting.invited", "meeting.moved"]
    assert not Delivery.objects.exists()
    send_all()
    assert sorted(one.to[0] for one in mail.outbox) == sorted([table.anne.user.email, third.user.email])


# Screens


def form(meeting, *people, **changes):
    return {
        "kind": meeting.kind,
        "seats": [f"{one.institution.pk}:{one.user.pk}" for one in people],
        "version": meeting.version,
        "submission": uuid4().hex,
        **changes,
    }


def test_the_page_leads_to_the_change_and_shows_it(table, third):
    meeting = table.meeting()
    url = reverse("meetings:seats", args=[meeting.pk])
    browser = table.anne.browser()
    assert url in browser.get(reverse("meetings:show", args=[meeting.pk])).content.decode()
    assert url not in table.sami.browser().get(reverse("meetings:show", args=[meeting.pk])).content.decode()
    empty = browser.post(url, form(meeting))
    assert empty.status_code == 422 and "Invitez au moins une personne" in empty.content.decode()
    shown = browser.post(url, form(meeting, table.anne, third), follow=True).content.decode()
    assert third.user.name in shown and "chacun en est averti" in shown
    assert Entry.objects.filter(purpose="change who comes", verb="changed").count() == 1


def test_both_versions_are_shown_and_ones_choice_is_kept(table, third):
    meeting = table.meeting()
    url, browser = reverse("meetings:seats", args=[meeting.pk]), table.anne.browser()
    browser.post(url, form(meeting, table.anne, third))
    stale = browser.post(url, form(meeting, table.anne, table.sami))
    page = stale.content.decode()
    assert stale.status_code == 409 and table.sami.user.name in page and third.user.name in page
    assert 'name="version" value="2"' in page
    chosen = f'value="{table.sami.institution.pk}:{table.sami.user.pk}"'
    assert "checked" in page.split(chosen)[1].split(">")[0]
    meeting.refresh_from_db()
    assert browser.post(url, form(meeting, table.anne, table.sami)).status_code == 302
    assert invited(table, meeting) == ["Haddad", "Muller"]


# Replies put aside


def aside(table, **changes) -> Reply:
    meeting = table.meeting()
    with acting_as(WORKER):
        return take_reply(reply(table, meeting, **changes))


FORGED = {"sender": "mallory@example.org"}


def replies_page(one) -> str:
    return one.browser().get(reverse("meetings:replies")).content.decode()


def test_who_organises_is_told_and_reads_what_was_put_aside_and_why(table):
    found = aside(table, **FORGED)
    page = replies_page(table.anne)
    assert "expéditeur non prouvé" in page and table.sami.user.email in page
    assert reverse("meetings:reply", args=[found.pk]) in page
    assert "meeting.reply_aside" in told(table.anne)
    assert table.sami.user.email not in replies_page(table.sami)
    assert reverse("meetings:replies") in table.anne.browser().get(reverse("meetings:list")).content.decode()


def test_an_answer_is_noted_for_who_gave_it(table):
    found = aside(table, **FORGED, partstat="TENTATIVE")
    url, browser = reverse("meetings:reply", args=[found.pk]), table.anne.browser()
    seat = Seat.objects.get(user=table.sami.user)
    shown = browser.get(url).content.decode()
    assert "checked" in shown.split(f'value="{seat.pk}"')[1].split(">")[0]
    assert browser.post(url, {"seat": str(uuid4())}).status_code == 422
    assert browser.post(url, {"seat": str(seat.pk), "submission": uuid4().hex}).status_code == 302
    seat.refresh_from_db()
    found.refresh_from_db()
    assert seat.answer == Answer.TENTATIVE and found.seat == seat
    assert found.settled_at is not None and found.attendee == ""
    assert "expéditeur non prouvé" not in replies_page(table.anne)
    assert Entry.objects.filter(verb="answered_invitation", user_id=table.anne.user.pk).count() == 1


def test_a_reply_that_is_let_go_changes_nothing_and_comes_back_no_more(table):
    meeting = table.meeting()
    message = reply(table, meeting, **FORGED)
    with acting_as(WORKER):
        found = take_reply(message)
    url = reverse("meetings:reply-discarding", args=[found.pk])
    for click in range(2):
        assert table.anne.browser().post(url, {"submission": f"{click}"}).status_code == 302
    assert Entry.objects.filter(verb="discarded", subject_kind="reply").count() == 1
    with acting_as(WORKER):
        take_reply(message)
    assert "expéditeur non prouvé" not in replies_page(table.anne)
    assert Seat.objects.get(user=table.sami.user).answer == Answer.PENDING


def test_a_mail_that_names_no_meeting_keeps_nothing_and_is_for_the_administrator(table):
    clerk = colleague(table.anne.institution, "administrator")
    with acting_as(WORKER):
        found = take_reply(b"spam")
    assert (found.meeting, found.attendee, found.answer) == (None, "", "")
    assert "illisible" in replies_page(clerk) and "illisible" not in replies_page(table.anne)
    url = reverse("meetings:reply-discarding", args=[found.pk])
    assert clerk.browser().post(url, {"submission": "1"}).status_code == 302
    assert "illisible" not in replies_page(clerk)


def test_another_institution_neither_reads_nor_settles_a_reply(table):
    found = aside(table, **FORGED)
    for name in ("reply", "reply-discarding"):
        url = reverse(f"meetings:{name}", args=[found.pk])
        assert table.sami.browser().post(url, {"submission": name}).status_code == 404


def test_a_reply_to_a_meeting_that_is_over_can_only_be_let_go(table):
    meeting = table.meeting()
    message = reply(table, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
    with acting_as(WORKER):
        found = take_reply(message)
    page = replies_page(table.anne)
    assert reverse("meetings:reply", args=[found.pk]) + '"' not in page
    assert reverse("meetings:reply-discarding", args=[found.pk]) in page
    assert table.anne.browser().get(reverse("meetings:reply", args=[found.pk])).status_code == 403
