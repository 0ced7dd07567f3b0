"""Meetings on the screen, as organiser, invited colleague, stranger, and a calendar programme meet them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from accord.casework.cases.models import Disclosure
from accord.casework.cases.services import leave
from accord.casework.meetings.enums import Answer, DeliveryState, MeetingState
from accord.casework.meetings.models import CalendarFeed, Invitation, Meeting, Minutes, Room, Seat
from accord.casework.meetings.services import answer_invitation, cancel_meeting, renew_feed, write_minutes
from accord.foundation.journal.models import Entry
from accord.kernel.clock import SWISS_TIME, frozen_at, now
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Role
from accord.people.persons.models import Person
from casework.meetings.situations import PLAN, at, next_working_day, room_at, seat_of
from scenarios import colleague, opened_to


def url(name: str, *keys: object) -> str:
    return reverse(f"meetings:{name}", args=keys)


def filled(table, **changes: object) -> dict[str, object]:
    """The form as a browser sends it."""
    people = (table.anne, table.sami)
    return {
        "kind": "follow_up",
        "seats": [f"{one.institution.pk}:{one.user.pk}" for one in people],
        "minutes": "60",
        "place": "Genève",
        "on": f"{next_working_day():%d.%m.%Y}",
        "hour": "10h30",
        "agenda": "Situation\n- Suite",
        "submission": uuid4().hex,
        **changes,
    }


def test_a_meeting_is_called_from_the_case(table):
    browser = table.anne.browser()
    page = browser.get(reverse("web:case", args=[table.case.pk]) + "?panneau=rencontres")
    assert url("schedule", table.case.pk) in page.content.decode()
    response = browser.post(url("schedule", table.case.pk), filled(table))
    meeting = Meeting.objects.get()
    assert response.headers["Location"] == url("show", meeting.pk)
    assert meeting.starts_at == at(10, 30)
    shown = browser.get(url("show", meeting.pk)).content.decode()
    assert table.sami.user.name in shown and "Situation" in shown and "Suite" in shown


def test_a_double_click_calls_one_meeting(table):
    browser, sent = table.anne.browser(), filled(table)
    first = browser.post(url("schedule", table.case.pk), sent)
    again = browser.post(url("schedule", table.case.pk), sent)
    assert first.headers["Location"] == again.headers["Location"] and Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"hour": "morning"}, "Écrivez l’heure ainsi"),
        ({"on": "32.12.2026"}, "Écrivez la date ainsi"),
        ({"seats": []}, "Invitez au moins une personne."),
        ({"minutes": "90"}, "Au plus 60 minutes"),
        ({"place": ""}, "Choisissez une salle"),
        ({"video": "javascript:alert(1)"}, "URL"),
        ({"agenda": "x" * 301}, "tient en une ligne"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(table, changes, sentence):
    response = table.anne.browser().post(url("schedule", table.case.pk), filled(table, **changes))
    page = response.content.decode()
    assert response.status_code == 422 and sentence in page and not Meeting.objects.exists()
    if "agenda" not in changes:
        assert "Situation" in page


def test_free_hours_are_proposed_and_fill_the_form(table):
    table.meeting(starts_at=at(8, on=next_working_day(1)))
    browser = table.anne.browser()
    asked = filled(table, propose="1", on="", hour="")
    page = browser.post(url("schedule", table.case.pk), asked)
    slots = page.context["slots"]
    assert page.status_code == 200 and len(slots) == 12 and at(8, on=next_working_day(1)) not in slots
    chosen = browser.post(url("schedule", table.case.pk), {**filled(table), "slot": slots[0].isoformat()})
    assert f'value="{slots[0]:%H:%M}"' in chosen.content.decode() and Meeting.objects.count() == 1


def test_a_colleague_taken_twice_is_named_and_one_may_insist(table):
    table.meeting(starts_at=at(10, 30))
    browser = table.anne.browser()
    refused = browser.post(url("schedule", table.case.pk), filled(table))
    assert refused.status_code == 422 and table.sami.user.name in refused.content.decode()
    assert 'type="checkbox" name="clash_known"' in refused.content.decode()
    assert browser.post(url("schedule", table.case.pk), filled(table, clash_known="on")).status_code == 302


def test_a_stranger_finds_nothing_and_who_only_knows_reads_no_plan(table):
    meeting = table.meeting(agenda=["Emploi adapté"])
    assert colleague().browser().get(url("show", meeting.pk)).status_code == 404
    knows = colleague()
    opened_to(table.case, knows.institution)
    page = knows.browser().get(url("show", meeting.pk)).content.decode()
    assert "Emploi adapté" not in page and "Masqué" in page


def test_reading_is_journalled(table):
    meeting = table.meeting()
    table.sami.browser().get(url("show", meeting.pk))
    entry = Entry.objects.get(is_read=True, subject_kind="meeting")
    assert (entry.user_id, entry.cases, entry.purpose) == (
        table.sami.user.pk,
        [table.case.pk],
        "read a meeting",
    )


def test_one_moves_and_both_versions_are_shown(table):
    meeting = table.meeting()
    browser = table.anne.browser()
    sent = {"on": f"{next_working_day():%d.%m.%Y}", "hour": "15", "minutes": "60", "place": "x", "version": 1}
    assert browser.post(url("move", meeting.pk), sent).status_code == 302
    stale = browser.post(url("move", meeting.pk), {**sent, "hour": "16"})
    assert (
        stale.status_code == 409 and "15:00" in stale.content.decode() and "16:00" in stale.content.decode()
    )
    assert table.sami.browser().get(url("move", meeting.pk)).status_code == 403


def test_one_cancels_and_answers_no_more(table):
    meeting = table.meeting()
    browser = table.anne.browser()
    assert browser.post(url("cancellation", meeting.pk), {"reason": ""}).status_code == 422
    assert browser.post(url("cancellation", meeting.pk), {"reason": "malade"}).status_code == 302
    seat = Seat.objects.get(user=table.sami.user)
    page = table.sami.browser().post(url("answer", seat.pk), {"answer": "accepted"}, follow=True)
    assert "plus de réponse" in page.content.decode()
    seat.refresh_from_db()
    assert seat.answer == Answer.PENDING


def test_one_answers_with_one_click(table):
    meeting = table.meeting()
    seat = Seat.objects.get(user=table.sami.user)
    assert 'value="declined"' in table.sami.browser().get(url("show", meeting.pk)).content.decode()
    table.sami.browser().post(url("answer", seat.pk), {"answer": "declined"})
    seat.refresh_from_db()
    assert seat.answer == Answer.DECLINED


def test_a_broken_delivery_is_shown_and_sent_again(table):
    meeting = table.meeting()
    Invitation.objects.filter(meeting=meeting).update(state=DeliveryState.FAILED, attempts=8, error="x")
    browser = table.anne.browser()
    page = browser.get(url("show", meeting.pk)).content.decode()
    assert "échec" in page and "Envoyer de nouveau" in page
    one = Invitation.objects.first()
    assert browser.post(url("resending", one.pk)).status_code == 302
    one.refresh_from_db()
    assert one.state == DeliveryState.PENDING
    assert "Envoyer de nouveau" not in table.sami.browser().get(url("show", meeting.pk)).content.decode()


def test_who_came_is_noted(table):
    meeting = table.meeting(kind="assessment")
    browser = table.anne.browser()
    assert browser.get(url("attendance", meeting.pk)).status_code == 403
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=now() - timedelta(hours=2), ends_at=now() - timedelta(hours=1)
    )
    assert browser.post(url("attendance", meeting.pk), {"submission": uuid4().hex}).status_code == 422
    seats = [str(key) for key in Seat.objects.values_list("pk", flat=True)]
    browser.post(url("attendance", meeting.pk), {"attended": seats})
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD and meeting.person_absent


# Minutes


def minutes_of(**changes: object) -> dict[str, object]:
    return {"decisions": "Un stage.", "category": PLAN, "audience": "circle", "version": 0, **changes}


def test_what_is_typed_is_kept_by_itself_then_signed(table):
    meeting = table.held()
    browser, page = table.anne.browser(), uuid4().hex
    kept = browser.post(
        url("minutes", meeting.pk), minutes_of(decisions="Un sta", by_itself="1", submission=page)
    )
    assert kept.status_code == 200 and "Brouillon enregistré" in kept.content.decode()
    saved = browser.post(url("minutes", meeting.pk), minutes_of(submission=page))
    draft = Minutes.objects.get()
    assert saved.status_code == 302 and draft.sections["decisions"] == "Un stage."
    signed = browser.post(url("minutes-signature", draft.pk), {"version": draft.version})
    assert signed.headers["Location"].startswith(url("show", meeting.pk))
    assert "Un stage." in table.sami.browser().get(url("show", meeting.pk)).content.decode()
    assert browser.get(url("minutes-draft", draft.pk)).status_code == 302


def test_two_colleagues_on_one_draft_see_both_versions(table):
    meeting = table.held()
    with acting_as(table.anne.actor):
        draft = write_minutes(
            by=table.anne.actor,
            meeting_id=meeting.pk,
            sections={"decisions": "De l’une."},
            category=PLAN,
            audience="circle",
        )
    browser = table.doctor.browser()
    assert browser.post(url("minutes-draft", draft.pk), minutes_of(version=1)).status_code == 302
    stale = table.anne.browser().post(
        url("minutes-draft", draft.pk), minutes_of(version=1, decisions="De l’autre.")
    )
    assert stale.status_code == 409
    assert "Un stage." in stale.content.decode() and "De l’autre." in stale.content.decode()


@pytest.mark.parametrize("by_itself", [True, False])
def test_removed_while_writing_one_reads_why_and_the_text_is_kept(table, by_itself):
    meeting = table.held()
    browser = table.sami.browser()
    browser.post(url("minutes", meeting.pk), minutes_of())
    with acting_as(table.sami.actor):
        leave(by=table.sami.actor, case_id=table.case.pk)
    draft = Minutes.objects.get()
    sent = minutes_of(version=draft.version, decisions="Mes derniers mots.")
    if by_itself:
        sent["by_itself"] = "1"
    page = browser.post(url("minutes-draft", draft.pk), sent, follow=True)
    draft.refresh_from_db()
    assert draft.sections["decisions"] == "Mes derniers mots."
    assert "ne participe pas" in page.content.decode() and "gardé" in page.content.decode()


# Rooms


def test_rooms_are_kept_by_the_administrator(table):
    room = room_at(table.anne.institution)
    clerk = colleague(table.anne.institution, Role.ADMINISTRATOR).browser()
    assert room.name in clerk.get(url("rooms")).content.decode()
    sent = {"site": room.site_id, "name": "Petite salle", "seats": "4"}
    assert clerk.post(url("room", room.pk), sent).status_code == 302
    room.refresh_from_db()
    assert (room.name, room.seats, room.is_active) == ("Petite salle", 4, False)
    again = clerk.post(url("room-new"), {**sent, "is_active": "on"})
    assert again.status_code == 422 and "déjà une salle" in again.content.decode()
    assert Room.objects.count() == 1
    assert clerk.get(url("room", room_at(table.sami.institution).pk)).status_code == 404
    assert table.anne.browser().get(url("rooms")).status_code == 403


# The agenda


def test_the_agenda_shows_mine_or_those_of_my_house(table):
    mine = table.meeting()
    other = colleague(table.anne.institution)
    table.meeting(starts_at=at(15), seats=[seat_of(other)])
    browser = table.anne.browser()
    here = {"du": f"{next_working_day():%Y-%m-%d}"}
    assert browser.get(url("list"), here).content.decode().count('class="agenda-line') == 1
    both = browser.get(url("list"), {**here, "qui": "institution"}).content.decode()
    assert both.count('class="agenda-line') == 2 and url("show", mine.pk) in both
    assert colleague().browser().get(url("list")).status_code == 200
    assert browser.get(url("list"), {"du": "no day"}).status_code == 200


def test_two_empty_weeks_lead_to_the_next_meeting(table):
    meeting = table.meeting(starts_at=at(10, on=next_working_day(18)))
    page = table.anne.browser().get(url("list"), {"du": "2020-01-06"}).content.decode()
    assert url("show", meeting.pk) in page


@pytest.mark.parametrize("where", ["list", "case"])
def test_lists_ask_as_much_with_one_meeting_as_with_many(table, where):
    browser = table.anne.browser()
    address = (
        url("list") + f"?qui=institution&du={next_working_day():%Y-%m-%d}"
        if where == "list"
        else reverse("web:case", args=[table.case.pk]) + "?panneau=rencontres"
    )
    table.meeting(starts_at=at(8))
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    for hour in range(9, 18):
        table.meeting(starts_at=at(hour), clash_known=True)
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(few)


# The private calendar


def feed(table, by=None) -> str:
    by = by or table.sami
    with acting_as(by.actor):
        return renew_feed(by=by.actor)


def read(token: str, **headers: str):
    return Client().get(url("feed", token), headers=headers)


def events(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_a_calendar_programme_reads_ones_meetings_and_nothing_of_the_person(table):
    Person.objects.filter(pk=table.case.person_id).update(family_name="Zbinden")
    meeting = table.meeting(agenda=["Rente"])
    response = read(feed(table))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(event["uid"]) for event in events(response)] == [meeting.uid]
    assert b"Zbinden" not in response.content and b"Rente" not in response.content
    assert "Set-Cookie" not in response.headers
    entry = Entry.objects.get(subject_kind="calendar", is_read=True)
    assert entry.user_id == table.sami.user.pk and entry.cases == [table.case.pk]


def test_nothing_new_is_nothing_sent(table):
    table.meeting()
    token = feed(table)
    mark = read(token).headers["ETag"]
    again = read(token, if_none_match=mark)
    assert again.status_code == 304 and again.content == b"" and again.headers["ETag"] == mark
    assert Entry.objects.filter(subject_kind="calendar", is_read=True).count() == 1
    with acting_as(table.anne.actor):
        cancel_meeting(by=table.anne.actor, meeting_id=Meeting.objects.get().pk, reason="x")
    assert read(token, if_none_match=mark).status_code == 200


def test_a_cancelled_meeting_leaves_no_ghost(table):
    meeting = table.meeting()
    token = feed(table)
    with acting_as(table.anne.actor):
        cancel_meeting(by=table.anne.actor, meeting_id=meeting.pk, reason="x")
    (event,) = events(read(token))
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 1)
    with frozen_at(now() + timedelta(days=31)):
        assert events(read(token)) == []


def test_an_address_that_leaked_is_renewed_and_the_old_one_answers_no_more(table):
    old = feed(table)
    assert read(old).status_code == 200
    new = feed(table)
    assert read(old).status_code == 404 and read(new).status_code == 200
    kept = CalendarFeed.objects.get(user=table.sami.user)
    assert new not in (kept.token_hash, kept.sign) and len(kept.token_hash) == 64


@pytest.mark.parametrize("guess", ["x", "a" * 43, "..%2f"])
def test_a_guess_opens_nothing(table, guess):
    token = feed(table)
    assert read(guess).status_code == 404
    assert read(token[:-1] + ("A" if token[-1] != "A" else "B")).status_code == 404


def test_the_feed_of_a_colleague_who_left_is_silent(table):
    token = feed(table)
    type(table.sami.user).objects.filter(pk=table.sami.user.pk).update(is_active=False)
    assert read(token).status_code == 404


def test_what_one_may_no_longer_know_of_leaves_the_calendar(table):
    table.meeting()
    token = feed(table)
    Disclosure.objects.filter(recipient=table.sami.institution).update(valid_until=now())
    assert events(read(token)) == []


def test_ones_address_is_shown_once(table):
    browser = table.sami.browser()
    page = browser.post(url("calendar"), {"submission": uuid4().hex})
    assert "/rencontres/agenda/" in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "/rencontres/agenda/" not in browser.get(url("calendar")).content.decode()
    assert url("calendar") in browser.get(reverse("accounts:profile")).content.decode()


# The letter


def test_the_person_is_invited_by_letter_in_her_language(table):
    Person.objects.filter(pk=table.case.person_id).update(language="fr")
    meeting = table.meeting(kind="assessment", agenda=["Rente"])
    response = table.anne.browser().get(url("letter", meeting.pk))
    assert response.headers["Content-Type"] == "application/pdf"
    assert "Favre" not in response.headers["Content-Disposition"]
    pages = pypdfium2.PdfDocument(BytesIO(response.content))
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    assert "Claire Favre" in text and f"{meeting.starts_at.astimezone(SWISS_TIME):%H:%M}" in text
    assert "Office AI" in text and "Rente" not in text
    assert Entry.objects.filter(subject_kind="invitation letter", cases=[table.case.pk]).exists()


def test_no_letter_for_a_meeting_without_her_or_by_who_does_not_know_her(table):
    without = table.meeting()
    page = table.anne.browser().get(url("letter", without.pk), follow=True)
    assert "sans la personne" in page.content.decode()
    with_her = table.meeting(kind="assessment", starts_at=at(15))
    page = table.sami.browser().get(url("letter", with_her.pk), follow=True)
    assert "masquée" in page.content.decode()


def test_an_answer_is_seen_by_all(table):
    meeting = table.meeting()
    seat = Seat.objects.get(user=table.sami.user)
    with acting_as(table.sami.actor):
        answer_invitation(by=table.sami.actor, seat_id=seat.pk, answer="tentative")
    assert "ne sait pas encore" in table.anne.browser().get(url("show", meeting.pk)).content.decode()
