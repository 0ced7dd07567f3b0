"""Minutes: a draft of one’s own, then signed and never silently changed; whatever happens meanwhile."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Disclosure, Event
from accord.casework.cases.services import leave
from accord.casework.meetings.enums import MinutesState
from accord.casework.meetings.models import Minutes, MinutesSignature
from accord.casework.meetings.selectors import minutes_of, newest_minutes_of
from accord.casework.meetings.services import amend_minutes, sign_minutes, write_minutes
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Kind
from casework.meetings.situations import PLAN, at, seat_of
from scenarios import colleague, opened_to

TEXT = {"decisions": "Un stage de deux semaines."}


def written(by, meeting, **wishes):
    wishes = {"sections": TEXT, "category": PLAN, "audience": Audience.CIRCLE, **wishes}
    with acting_as(by.actor):
        return write_minutes(by=by.actor, meeting_id=meeting.pk, **wishes)


def signed(by, minutes, version: int | None = None):
    with acting_as(by.actor):
        known = Minutes.objects.get(pk=minutes.pk)
        return sign_minutes(by=by.actor, minutes_id=minutes.pk, version=version or known.version)


def readers(minutes, *people) -> set[str]:
    found = set()
    for one in people:
        with acting_as(one.actor):
            if Minutes.objects.filter(pk=minutes.pk).exists():
                found.add(one.user.last_name)
    return found


def test_a_draft_is_its_institutions_own_until_it_is_signed(table):
    meeting = table.held()
    draft = written(table.anne, meeting)
    assert readers(draft, table.anne, table.sami) == {"Muller"}
    after = signed(table.anne, draft)
    assert (after.state, after.audience) == (MinutesState.SIGNED, Audience.CIRCLE)
    assert readers(draft, table.anne, table.sami) == {"Muller", "Haddad"}
    assert Notification.objects.filter(user=table.sami.user, kind="meeting.minutes").count() == 1
    assert Event.objects.get(kind=EventKind.MINUTES_SIGNED).category == PLAN


def test_each_institution_that_was_there_signs_once(table):
    minutes = signed(table.anne, written(table.anne, table.held()))
    signed(table.sami, minutes)
    signed(table.sami, minutes)
    signers = set(MinutesSignature.objects.values_list("institution_id", flat=True))
    assert signers == {table.anne.institution.pk, table.sami.institution.pk}
    assert MinutesSignature.objects.count() == 2


def test_who_was_not_there_does_not_sign(table):
    late = colleague(kind=Kind.EMPLOYMENT_OFFICE)
    opened_to(table.case, late.institution, Category.PLAN)
    minutes = signed(table.anne, written(table.anne, table.held()))
    with pytest.raises(Refused, match="présentes"):
        signed(late, minutes)


def test_what_is_for_the_person_is_read_by_her(table):
    meeting = table.held(kind="assessment")
    minutes = written(table.anne, meeting, audience=Audience.PERSON)
    her = Actor(window_case_id=table.case.pk)
    with acting_as(her):
        assert not Minutes.objects.exists()
    signed(table.anne, minutes)
    with acting_as(her):
        assert Minutes.objects.get().sections["decisions"] == TEXT["decisions"]
        assert MinutesSignature.objects.count() == 1


def test_what_is_for_the_house_stays_there(table):
    minutes = signed(table.anne, written(table.anne, table.held(), audience=Audience.OWN))
    assert readers(minutes, table.anne, table.sami) == {"Muller"}
    assert not Event.objects.filter(kind=EventKind.MINUTES_SIGNED).exists()


def test_signed_minutes_never_change_not_even_in_the_database(table):
    minutes = signed(table.anne, written(table.anne, table.held()))
    with pytest.raises(Refused, match="nouvelle version"):
        written(table.anne, minutes.meeting, minutes_id=minutes.pk, version=minutes.version)
    with pytest.raises(IntegrityError, match="amended by a new version"), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(sections={"decisions": "Autre chose."})


def test_an_amendment_is_a_new_version(table):
    first = signed(table.anne, written(table.anne, table.held()))
    with acting_as(table.anne.actor):
        second = amend_minutes(by=table.anne.actor, minutes_id=first.pk)
        with pytest.raises(Refused, match="déjà préparée"):
            amend_minutes(by=table.anne.actor, minutes_id=first.pk)
    assert (second.edition, second.state, second.sections) == (2, MinutesState.DRAFT, first.sections)
    written(
        table.anne, first.meeting, minutes_id=second.pk, version=second.version, sections={"next": "Juin."}
    )
    signed(table.anne, second)
    with acting_as(table.sami.actor):
        assert [one.edition for one in minutes_of(table.sami.actor, first.meeting)] == [2, 1]
        assert [one.edition for one in newest_minutes_of(table.sami.actor, first.meeting)] == [2]
    first.refresh_from_db()
    assert first.sections["decisions"] == TEXT["decisions"]
    with pytest.raises(Refused, match="plus récente"):
        signed(table.sami, first)


def test_only_its_author_institution_amends(table):
    minutes = signed(table.anne, written(table.anne, table.held()))
    with acting_as(table.sami.actor), pytest.raises(Refused):
        amend_minutes(by=table.sami.actor, minutes_id=minutes.pk)


def test_one_signs_what_one_has_read(table):
    draft = written(table.anne, table.held())
    written(table.anne, draft.meeting, minutes_id=draft.pk, version=1, sections={"next": "Autre."})
    with pytest.raises(Stale):
        signed(table.anne, draft, version=1)


@pytest.mark.parametrize(
    ("wishes", "field"), [({"audience": "everybody"}, "audience"), ({"category": 1 << 40}, "category")]
)
def test_addressees_are_those_of_the_list(table, wishes, field):
    with pytest.raises(Refused) as refused:
        written(table.anne, table.held(), **wishes)
    assert refused.value.field == field


def test_nothing_written_or_not_yet_held_is_not_signed(table):
    with pytest.raises(Refused, match="eu lieu"):
        signed(table.anne, written(table.anne, table.meeting()))
    with pytest.raises(Refused, match="Écrivez"):
        signed(table.anne, written(table.anne, table.held(starts_at=at(15)), sections={"next": "  "}))


def test_who_has_no_seat_writes_no_minutes(table):
    other = colleague(kind=Kind.EMPLOYMENT_OFFICE)
    opened_to(table.case, other.institution, Category.PLAN)
    with pytest.raises(Refused, match="pas de place"):
        written(other, table.held())


# What is kept while one types


def test_a_page_is_never_in_conflict_with_what_it_saved_by_itself(table):
    meeting, page = table.held(), uuid4()
    begun = written(table.anne, meeting, page=page, by_itself=True)
    more = written(table.anne, meeting, page=page, by_itself=True, version=1)
    last = written(table.anne, meeting, page=page, version=0)
    assert begun.pk == more.pk == last.pk and last.version == 3


def test_a_colleague_who_was_faster_is_noticed(table):
    draft = written(table.anne, table.held())
    again = {"minutes_id": draft.pk, "version": 1}
    written(table.doctor, draft.meeting, **again)
    with pytest.raises(Stale):
        written(table.anne, draft.meeting, **again)


def test_consent_that_expires_during_the_meeting(table):
    """Those still authorised read the minutes; the other one does not, although it was there."""
    third = colleague(kind=Kind.EMPLOYMENT_OFFICE, last_name="Tiers")
    opened_to(table.case, third.institution, Category.PLAN)
    meeting = table.held(seats=_seats(table, third))
    draft = written(table.anne, meeting)
    expire(table, table.sami)
    signed(table.anne, draft)
    assert readers(draft, table.anne, table.sami, third) == {"Muller", "Tiers"}
    asked = Notification.objects.filter(kind="meeting.minutes").values_list("user", flat=True)
    assert set(asked) == {third.user.pk}


def test_a_writer_whose_own_authorisation_expired_keeps_her_text_and_shares_it_no_more(table):
    draft = written(table.sami, table.held())
    expire(table, table.sami)
    kept = written(table.sami, draft.meeting, minutes_id=draft.pk, version=1, sections={"next": "Suite."})
    assert kept.sections["next"] == "Suite."
    with pytest.raises(Refused, match="ne couvre plus"):
        signed(table.sami, kept)
    assert Minutes.objects.get(pk=kept.pk).state == MinutesState.DRAFT


def test_an_institution_removed_while_it_writes_keeps_its_text(table):
    draft = written(table.sami, table.held())
    with acting_as(table.sami.actor):
        leave(by=table.sami.actor, case_id=table.case.pk)
    kept = written(table.sami, draft.meeting, minutes_id=draft.pk, version=1, sections={"next": "Suite."})
    assert Minutes.objects.get(pk=kept.pk).sections["next"] == "Suite."
    with pytest.raises(Refused, match="ne participe pas"):
        signed(table.sami, kept)
    assert readers(kept, table.anne, table.sami) == {"Haddad"}


def _seats(table, third):
    return [seat_of(one) for one in (table.anne, table.sami, third)]


def expire(table, one) -> None:
    Disclosure.objects.filter(case=table.case, recipient=one.institution).exclude(basis="party").update(
        valid_until=now()
    )
