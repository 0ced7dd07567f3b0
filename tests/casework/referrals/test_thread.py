"""From the announcement to its answer, as sender and desk live it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import scenarios
from accord.casework.cases.enums import Basis, CaseState, Category, EventKind, ParticipantRole
from accord.casework.cases.models import Case, Disclosure, Event, Participant
from accord.casework.cases.services import gates_of
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.models import Referral
from accord.casework.referrals.policies import can_announce
from accord.casework.referrals.selectors import (
    asked_back,
    desks_for,
    drafts,
    persons_to_announce,
    referral_for,
    running_cases_of,
    to_triage,
    waiting_for_answer,
)
from accord.casework.referrals.services import (
    Incomplete,
    accept_referral,
    answer_back,
    ask_back,
    decline_referral,
    note_receipt,
    remind_and_expire,
    save_draft,
    send_referral,
    start_referral,
    withdraw_referral,
)
from accord.casework.referrals.tasks import remind_and_expire_daily
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import WORKER
from accord.kernel.clock import SWISS_TIME, frozen_at, now, today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.models import ProgrammeMember
from accord.network.programmes.selectors import current_programme
from casework.referrals.situations import Thread, as_, authorised, complete_form, draft, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programmes(db):
    scenarios.programmes()


def told(thread: Thread, who: scenarios.Colleague) -> list[str]:
    with acting_as(WORKER):
        return list(
            Notification.objects.filter(user=who.user, case_id=thread.referral.case_id)
            .order_by("created_at")
            .values_list("kind", flat=True)
        )


def test_the_whole_thread_from_announcement_to_acceptance():
    thread = sent()
    sender, desk, key = thread.sender, thread.desk, thread.referral.pk
    assert told(thread, desk) == ["referral.received"]
    with as_(desk):
        assert list(to_triage(desk.actor)) == [thread.referral]
        note_receipt(by=desk.actor, referral=referral_for(desk.actor, key))
        exchange = ask_back(by=desk.actor, referral_id=key, question="Depuis quand ?")
    with as_(sender):
        assert list(asked_back(sender.actor)) == [thread.referral]
        seen = referral_for(sender.actor, key)
        assert seen.received_at is not None and seen.state == ReferralState.ASKED_BACK
        answer_back(by=sender.actor, referral_id=key, exchange_id=exchange.pk, answer="Depuis mai.")
        assert referral_for(sender.actor, key).state == ReferralState.SENT
    with as_(desk):
        accept_referral(by=desk.actor, referral_id=key)
    with as_(sender):
        seen = referral_for(sender.actor, key)
        assert (seen.state, seen.decided_by) == (ReferralState.ACCEPTED, desk.user)
        case = Case.objects.get(pk=seen.case_id)
        assert (case.state, case.lead, case.stage) == (CaseState.OPEN, desk.institution, "opening")
        roles = dict(Participant.objects.filter(case=case).values_list("institution", "role"))
    assert roles == {
        sender.institution.pk: ParticipantRole.ANNOUNCER,
        desk.institution.pk: ParticipantRole.LEAD,
    }
    assert told(thread, desk) == ["referral.received", "referral.answered"]
    assert told(thread, sender) == ["referral.asked_back", "referral.accepted"]


def test_the_announcer_may_lead_from_the_start():
    thread = sent()
    with as_(thread.desk):
        accept_referral(
            by=thread.desk.actor, referral_id=thread.referral.pk, lead_id=thread.sender.institution.pk
        )
    assert thread.seen_by(thread.sender).case.lead == thread.sender.institution


def test_nobody_else_leads_at_first():
    thread, third = sent(), scenarios.institution()
    with as_(thread.desk), pytest.raises(Refused) as refused:
        accept_referral(by=thread.desk.actor, referral_id=thread.referral.pk, lead_id=third.pk)
    assert refused.value.field == "lead"


def test_declining_needs_a_reason_and_a_sentence_and_closes_what_rested_on_consent():
    thread = sent()
    decline = {"by": thread.desk.actor, "referral_id": thread.referral.pk}
    with as_(thread.desk):
        with pytest.raises(Refused):
            decline_referral(**decline, reason="humeur", sentence="Non.")
        with pytest.raises(Refused):
            decline_referral(**decline, reason="criteria", sentence="  ")
        decline_referral(**decline, reason="criteria", sentence="Un entretien interne suffit.")
    seen = thread.seen_by(thread.sender)
    assert (seen.state, seen.decision_reason) == (ReferralState.DECLINED, "criteria")
    assert seen.case.state == CaseState.DECLINED
    assert told(thread, thread.sender) == ["referral.declined"]


def test_a_decided_announcement_is_not_decided_again():
    thread = sent()
    with as_(thread.desk):
        decline_referral(
            by=thread.desk.actor, referral_id=thread.referral.pk, reason="criteria", sentence="Non."
        )
        with pytest.raises(Refused):
            accept_referral(by=thread.desk.actor, referral_id=thread.referral.pk)
    assert thread.seen_by(thread.sender).state == ReferralState.DECLINED


def test_while_the_desk_asks_it_does_not_accept():
    thread = sent()
    with as_(thread.desk):
        ask_back(by=thread.desk.actor, referral_id=thread.referral.pk, question="Depuis quand ?")
        with pytest.raises(Refused):
            accept_referral(by=thread.desk.actor, referral_id=thread.referral.pk)


def test_two_questions_are_back_on_the_desk_once_both_are_answered():
    thread = sent()
    with as_(thread.desk):
        first, second = (
            ask_back(by=thread.desk.actor, referral_id=thread.referral.pk, question=q) for q in "ab"
        )
    answer = {"by": thread.sender.actor, "referral_id": thread.referral.pk, "answer": "Oui."}
    with as_(thread.sender):
        answer_back(**answer, exchange_id=first.pk)
        assert thread.seen_by(thread.sender).state == ReferralState.ASKED_BACK
        answer_back(**answer, exchange_id=second.pk)
    assert thread.seen_by(thread.sender).state == ReferralState.SENT


def test_the_answer_to_a_question_is_given_once():
    thread = sent()
    with as_(thread.desk):
        first = ask_back(by=thread.desk.actor, referral_id=thread.referral.pk, question="a")
        ask_back(by=thread.desk.actor, referral_id=thread.referral.pk, question="b")
    answer = {"by": thread.sender.actor, "referral_id": thread.referral.pk, "exchange_id": first.pk}
    with as_(thread.sender):
        answer_back(**answer, answer="Depuis mai.")
        again = answer_back(**answer, answer="Depuis juin.")
    assert again.answer == "Depuis mai."


def test_while_the_desk_waits_the_form_is_corrected_but_stays_complete():
    thread = sent()
    with as_(thread.desk):
        ask_back(by=thread.desk.actor, referral_id=thread.referral.pk, question="Depuis quand ?")
    version = thread.seen_by(thread.sender).version
    with as_(thread.sender):
        save = {"by": thread.sender.actor, "referral_id": thread.referral.pk, "version": version}
        with pytest.raises(Incomplete):
            save_draft(**save, **{**thread.complete, "reasons": []})
        save_draft(**save, **{**thread.complete, "subject": "Mal de dos depuis mai"})
        with pytest.raises(Refused):
            send_referral(by=thread.sender.actor, referral_id=thread.referral.pk)
    assert thread.seen_by(thread.desk).case.subject == "Mal de dos depuis mai"


def test_what_was_sent_is_no_longer_changed():
    thread = sent()
    with as_(thread.sender), pytest.raises(Refused):
        save_draft(
            by=thread.sender.actor,
            referral_id=thread.referral.pk,
            version=thread.referral.version,
            **thread.complete,
        )


def test_sending_twice_is_sending_once():
    thread = sent()
    with as_(thread.sender):
        send_referral(by=thread.sender.actor, referral_id=thread.referral.pk)
        announced = Event.objects.filter(case=thread.referral.case, kind=EventKind.ANNOUNCED).count()
    assert announced == 1
    assert told(thread, thread.desk) == ["referral.received"]


def test_an_incomplete_announcement_stays_a_draft_and_says_what_is_missing():
    thread = authorised(draft(filled=False))
    with as_(thread.sender), pytest.raises(Incomplete) as incomplete:
        send_referral(by=thread.sender.actor, referral_id=thread.referral.pk)
    assert "subject" in {one.field for one in incomplete.value.missing}
    assert thread.seen_by(thread.sender).state == ReferralState.DRAFT


def test_an_announcement_goes_to_a_desk_of_its_programme():
    thread = draft()
    other = scenarios.institution(Kind.EMPLOYMENT_OFFICE)
    with as_(thread.sender):
        save_draft(
            by=thread.sender.actor,
            referral_id=thread.referral.pk,
            version=thread.referral.version,
            **{**thread.complete, "desk_id": other.pk},
        )
        with pytest.raises(Refused) as refused:
            send_referral(by=thread.sender.actor, referral_id=thread.referral.pk)
    assert refused.value.field == "desk"


# What lets the desk read it.


def test_the_ordinary_announcement_needs_the_authorisation_of_the_person():
    thread = draft()
    with as_(thread.sender):
        with pytest.raises(Refused) as refused:
            send_referral(by=thread.sender.actor, referral_id=thread.referral.pk)
        assert refused.value.field == "desk"
        assert not Disclosure.objects.filter(recipient=thread.desk.institution).exists()
    with as_(thread.desk):
        assert not Case.objects.exists()
    authorised(thread)
    with as_(thread.sender):
        send_referral(by=thread.sender.actor, referral_id=thread.referral.pk)
    assert thread.seen_by(thread.desk).state == ReferralState.SENT


def test_a_communication_for_early_detection_informs_the_desk_by_law():
    thread = sent("cii-plus")
    with as_(thread.desk):
        found = Disclosure.objects.exclude(basis=Basis.PARTY).get(recipient=thread.desk.institution)
    assert (found.basis, found.legal_article) == (Basis.LAW, "LAI art. 3b")
    assert found.categories & Category.CAPACITY and not found.categories & Category.MEDICAL


def test_the_desk_announces_to_itself_without_telling_anybody():
    desk = scenarios.colleague(None, Role.REFERENT)
    with as_(desk):
        referral = start_referral(
            by=desk.actor, programme_slug="cii-geneve", person=scenarios.person(desk.institution)
        )
        save_draft(
            by=desk.actor,
            referral_id=referral.pk,
            version=referral.version,
            **complete_form("cii-geneve", desk),
        )
        send_referral(by=desk.actor, referral_id=referral.pk)
        accept_referral(by=desk.actor, referral_id=referral.pk)
        assert Case.objects.get().state == CaseState.OPEN
    with acting_as(WORKER):
        assert not Notification.objects.exists()


def test_withdrawing_ends_what_rested_on_consent_and_tells_the_desk():
    thread = sent()
    with acting_as(WORKER):
        Disclosure.objects.filter(basis=Basis.LAW).update(basis=Basis.EMERGENCY)
    with as_(thread.sender):
        withdraw_referral(
            by=thread.sender.actor, referral_id=thread.referral.pk, reason="Elle a trouvé un emploi."
        )
    assert told(thread, thread.desk) == ["referral.received", "referral.withdrawn"]
    with as_(thread.desk):
        running = Disclosure.objects.filter(recipient=thread.desk.institution, valid_until__gt=now())
        assert [found.basis for found in running] == [Basis.PARTY]
        assert Case.objects.get().state == CaseState.WITHDRAWN


def test_a_draft_that_is_withdrawn_was_never_known_to_the_desk():
    thread = draft()
    with as_(thread.sender):
        withdraw_referral(by=thread.sender.actor, referral_id=thread.referral.pk, reason="Erreur.")
    with as_(thread.desk):
        assert not Referral.objects.exists()
        with pytest.raises(Referral.DoesNotExist):
            referral_for(thread.desk.actor, thread.referral.pk)
    assert told(thread, thread.desk) == []


# Time.


def at_day(thread: Thread, days: int) -> tuple[int, int]:
    day = thread.referral.sent_at.astimezone(SWISS_TIME).date() + timedelta(days=days)
    with frozen_at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)), acting_as(WORKER):
        return remind_and_expire()


def test_reminders_come_every_ten_days_and_expiry_after_thirty():
    thread = sent()
    assert [at_day(thread, day) for day in (9, 10, 10, 19, 20, 29, 30, 31)] == [
        (0, 0), (1, 0), (0, 0), (0, 0), (1, 0), (0, 0), (0, 1), (0, 0),
    ]  # fmt: skip
    seen = thread.seen_by(thread.sender)
    assert (seen.state, seen.reminders, seen.case.state) == (ReferralState.EXPIRED, 2, CaseState.EXPIRED)
    assert told(thread, thread.desk) == ["referral.received", *["referral.reminder"] * 2, "referral.expired"]
    assert told(thread, thread.sender) == ["referral.expired"]


def test_the_morning_job_of_the_worker_reminds():
    thread = sent()
    with frozen_at(now() + timedelta(days=10, hours=1)):
        remind_and_expire_daily(timestamp=0)
    assert told(thread, thread.desk) == ["referral.received", "referral.reminder"]


def test_while_the_desk_asks_it_is_the_sender_who_is_reminded():
    thread = sent()
    with as_(thread.desk):
        ask_back(by=thread.desk.actor, referral_id=thread.referral.pk, question="Depuis quand ?")
    at_day(thread, 10)
    assert told(thread, thread.sender) == ["referral.asked_back", "referral.reminder"]


def test_an_answered_announcement_is_neither_reminded_nor_expired():
    thread = sent()
    with as_(thread.desk):
        accept_referral(by=thread.desk.actor, referral_id=thread.referral.pk)
    assert at_day(thread, 40) == (0, 0)


def test_what_expired_is_sent_again_with_new_clocks():
    thread = sent("cii-plus")
    at_day(thread, 10)
    at_day(thread, 30)
    with as_(thread.sender):
        again = send_referral(by=thread.sender.actor, referral_id=thread.referral.pk)
        assert (again.state, again.reminders, again.received_at) == (ReferralState.SENT, 0, None)
        assert again.expires_on == today() + timedelta(days=30)
    assert thread.seen_by(thread.desk).case.state == CaseState.ANNOUNCED


def test_receipt_is_the_first_opening_by_the_desk_only():
    thread = sent()
    with as_(thread.sender):
        note_receipt(by=thread.sender.actor, referral=thread.referral)
    assert thread.seen_by(thread.sender).received_at is None
    with as_(thread.desk):
        first = note_receipt(by=thread.desk.actor, referral=thread.seen_by(thread.desk)).received_at
        note_receipt(by=thread.desk.actor, referral=thread.seen_by(thread.desk))
    assert thread.seen_by(thread.sender).received_at == first


# Who may what.


def test_only_the_kinds_of_the_programme_announce():
    pension_fund = scenarios.colleague(kind=Kind.PENSION_FUND)
    with as_(pension_fund), pytest.raises(Refused):
        start_referral(
            by=pension_fund.actor,
            programme_slug="cii-geneve",
            person=scenarios.person(pension_fund.institution),
        )


def test_once_a_circle_is_named_only_its_institutions_announce_and_triage():
    inside, outside = scenarios.colleague(), scenarios.colleague()
    programme = current_programme("cii-geneve")
    assert can_announce(outside.actor, programme)
    ProgrammeMember.objects.create(programme_slug="cii-geneve", institution=inside.institution, role="desk")
    assert can_announce(inside.actor, programme)
    assert not can_announce(outside.actor, programme)
    assert desks_for(programme) == [inside.institution]


def test_one_announces_persons_of_ones_own_house():
    sender = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    stranger = scenarios.person(scenarios.institution())
    with as_(sender), pytest.raises(Refused) as refused:
        start_referral(by=sender.actor, programme_slug="cii-geneve", person=stranger)
    assert refused.value.field == "person"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DATA_PROTECTION])
def test_who_does_not_work_on_cases_neither_writes_nor_sends_nor_answers(role):
    thread = authorised(draft())
    other = scenarios.colleague(thread.sender.institution, role)
    key = thread.referral.pk
    with as_(other):
        with pytest.raises(Refused):
            save_draft(by=other.actor, referral_id=key, version=thread.referral.version, **thread.complete)
        with pytest.raises(Refused):
            send_referral(by=other.actor, referral_id=key)
        with pytest.raises(Refused):
            withdraw_referral(by=other.actor, referral_id=key, reason="Non.")


def test_a_third_institution_knows_nothing_of_it():
    thread, stranger = sent(), scenarios.colleague()
    with as_(stranger):
        assert not Referral.objects.exists()
        with pytest.raises(Referral.DoesNotExist):
            accept_referral(by=stranger.actor, referral_id=thread.referral.pk)


def test_the_sender_does_not_triage_its_own_announcement():
    thread = sent()
    with as_(thread.sender), pytest.raises(Refused):
        accept_referral(by=thread.sender.actor, referral_id=thread.referral.pk)


# Two people, one draft.


def test_the_second_to_save_is_told_and_the_first_is_kept():
    thread = draft()
    save = {"by": thread.sender.actor, "referral_id": thread.referral.pk, "version": thread.referral.version}
    with as_(thread.sender):
        save_draft(**save, **{**thread.complete, "subject": "La première"})
        with pytest.raises(Stale) as stale:
            save_draft(**save, **{**thread.complete, "subject": "La seconde"})
    assert stale.value.current.case.subject == "La première"
    assert thread.seen_by(thread.sender).case.subject == "La première"


def test_a_page_is_never_in_conflict_with_what_it_saved_by_itself():
    from accord.kernel.identifiers import new_id

    thread, page = draft(), new_id()
    save = {
        "by": thread.sender.actor, "referral_id": thread.referral.pk, "version": thread.referral.version,
        "page": page,
    }  # fmt: skip
    with as_(thread.sender):
        save_draft(**save, by_itself=True, **{**thread.complete, "subject": "Pendant la frappe"})
        save_draft(**save, **{**thread.complete, "subject": "Au clic"})
        with pytest.raises(Stale):
            save_draft(**save, by_itself=True, **{**thread.complete, "subject": "Arrivé trop tard"})
    assert thread.seen_by(thread.sender).case.subject == "Au clic"


# Lists, gates, traces.


def test_a_running_case_of_the_same_person_is_found_by_registration_or_avs_number():
    sender = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    number = scenarios.avs_number()
    person = scenarios.person(sender.institution, avs_number=number)
    other = scenarios.colleague(kind=Kind.SOCIAL_AID)
    twin = scenarios.person(other.institution, avs_number=number)
    case = scenarios.draft(other, about=twin)
    with as_(sender):
        assert running_cases_of(sender.actor, person, "cii-geneve") == []
    scenarios.opened_to(case, sender.institution, Category.IDENTITY)
    with as_(sender):
        assert running_cases_of(sender.actor, person, "cii-geneve") == [case]
        assert running_cases_of(sender.actor, person, "cii-valais") == []


def test_persons_are_found_by_name_accents_or_not_and_by_number():
    sender = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    number = scenarios.avs_number()
    zoe = scenarios.person(sender.institution, "Müller", "Zoé", avs_number=number)
    scenarios.person(sender.institution, "Favre", "Luc")
    scenarios.person(scenarios.institution(), "Müller", "Zoé")
    with as_(sender):
        for typed in (
            "zoe muller",
            "MUELLER",
            number,
            f"{number[:3]}.{number[3:7]}.{number[7:11]}.{number[11:]}",
        ):
            assert persons_to_announce(sender.actor, typed) == [zoe]
        assert len(persons_to_announce(sender.actor)) == 2
        assert persons_to_announce(sender.actor, "'; drop table persons_person; --") == []


def test_what_waits_on_whom():
    thread = sent()
    forgotten = draft()
    with as_(thread.sender):
        assert list(waiting_for_answer(thread.sender.actor)) == [thread.referral]
        assert not drafts(thread.sender.actor).exists()
    with as_(thread.desk):
        assert list(to_triage(thread.desk.actor)) == [thread.referral]
        assert not waiting_for_answer(thread.desk.actor).exists()
    with as_(forgotten.sender):
        assert list(drafts(forgotten.sender.actor)) == [forgotten.referral]


def test_the_gates_of_early_detection_hold_only_after_acceptance():
    thread = sent("cii-plus")
    stage = current_programme("cii-plus").stage("early_detection")
    with as_(thread.desk):
        before = dict(gates_of(thread.seen_by(thread.desk).case, stage))
        accept_referral(by=thread.desk.actor, referral_id=thread.referral.pk)
        after = dict(gates_of(thread.seen_by(thread.desk).case, stage))
    assert not before["referral.accepted"] and before["insured.informed"]
    assert after["referral.accepted"] and after["insured.informed"]


def test_every_act_is_in_the_journal_with_its_case():
    thread = sent()
    with as_(thread.desk):
        ask_back(by=thread.desk.actor, referral_id=thread.referral.pk, question="Depuis quand ?")
        decline_referral(
            by=thread.desk.actor, referral_id=thread.referral.pk, reason="criteria", sentence="Non."
        )
    with acting_as(WORKER):
        verbs = set(
            Entry.objects.filter(cases__contains=[thread.referral.case_id]).values_list("verb", flat=True)
        )
    assert {"created", "saved", "announced", "asked_back", "declined"} <= verbs
