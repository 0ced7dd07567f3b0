"""The verbs of casework, as a caseworker would tell them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import scenarios
from accord.casework.cases.enums import Audience, Category, EventKind, StepState
from accord.casework.cases.models import Case, Disclosure, Event, Note, Participant, StageEntry, Step
from accord.casework.cases.selectors import events_of, notes_of, sight_of, steps_of
from accord.casework.cases.services import (
    add_note,
    add_step,
    change_note,
    change_step,
    close_case,
    close_institution_file,
    disclose_by_law,
    end_disclosures,
    end_step,
    enter_stage,
    hand_over_lead,
    invite,
    leave,
    name_referent,
    note_visit,
    open_institution_file,
    reopen_case,
    tell_overdue,
)
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import WORKER
from accord.kernel.clock import frozen_at, now, today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.kernel.states import ForbiddenTransition
from accord.network.institutions.enums import Kind
from accord.network.programmes.selectors import programme_for
from accord.people.persons.models import InstitutionFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programmes():
    scenarios.programmes()


@pytest.fixture
def case(anne):
    return scenarios.open_case(anne, subject="Retour à l’emploi")


@pytest.fixture
def bruno(case):
    """Works for the employment office, which takes part and sees the plan."""
    bruno = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    scenarios.opened_to(case, bruno.institution, Category.IDENTITY, Category.PLAN)
    return bruno


def act(who, verb, **words):
    with acting_as(who.actor):
        return verb(by=who.actor, **words)


def test_a_draft_is_known_to_nobody_else(anne):
    draft = scenarios.draft(anne)
    other = scenarios.colleague(kind=Kind.EMPLOYMENT_OFFICE)
    assert draft.lead_id == anne.institution.pk
    assert [p.role for p in Participant.objects.filter(case=draft)] == ["lead"]
    assert StageEntry.objects.get(case=draft).stage == draft.stage != ""
    with pytest.raises(Case.DoesNotExist):
        act(other, add_note, case_id=draft.pk, text="?", category=Category.PLAN, audience=Audience.CIRCLE)


def test_case_numbers_never_repeat(anne):
    numbers = {scenarios.draft(anne).number for _ in range(3)}
    assert len(numbers) == 3


def test_the_party_row_carries_what_lists_sort_by(anne, case, bruno):
    act(anne, add_note, case_id=case.pk, text="Vu.", category=Category.PLAN, audience=Audience.CIRCLE)
    case.refresh_from_db()
    party = Disclosure.objects.get(case=case, recipient=bruno.institution, basis="party")
    assert (party.case_state, party.case_updated_at) == (case.state, case.updated_at)


def test_an_institution_that_nothing_is_disclosed_to_cannot_be_invited(anne, case):
    stranger = scenarios.institution(Kind.SOCIAL_AID)
    with pytest.raises(Refused) as refusal:
        act(anne, invite, case_id=case.pk, institution_id=stranger.pk)
    assert refusal.value.field == "institution"
    assert not Participant.objects.filter(institution=stranger).exists()


def test_an_institution_that_an_article_allows_is_invited_once(anne, case):
    office = scenarios.colleague(None, "desk", kind=Kind.EMPLOYMENT_OFFICE)
    scenarios.opened_to(case, office.institution, takes_part=False)
    for _click in range(2):
        act(anne, invite, case_id=case.pk, institution_id=office.institution.pk)
    assert Participant.objects.filter(institution=office.institution).count() == 1
    assert Event.objects.filter(case=case, kind=EventKind.JOINED).count() == 1
    assert Notification.objects.filter(user=office.user, kind="case.invited").count() == 1


def test_only_the_lead_invites(case, bruno):
    with pytest.raises(Refused):
        act(bruno, invite, case_id=case.pk, institution_id=scenarios.institution(Kind.SOCIAL_AID).pk)


def test_who_leaves_no_longer_sees_what_was_shown(case, bruno, anne):
    act(anne, add_note, case_id=case.pk, text="Bilan", category=Category.PLAN, audience=Audience.CIRCLE)
    with acting_as(bruno.actor):
        assert notes_of(bruno.actor, case).count() == 1
    act(bruno, leave, case_id=case.pk)
    with acting_as(bruno.actor):
        assert notes_of(bruno.actor, case).count() == 0
        assert sight_of(bruno.actor, case).mask == 0


def test_the_lead_cannot_leave_before_handing_over(anne, case):
    with pytest.raises(Refused):
        act(anne, leave, case_id=case.pk)


def test_the_lead_is_handed_to_an_institution_that_takes_part(anne, case, bruno):
    act(bruno, name_referent, case_id=case.pk, user_id=bruno.user.pk)
    act(anne, hand_over_lead, case_id=case.pk, institution_id=bruno.institution.pk)
    case.refresh_from_db()
    assert (case.lead_id, case.lead_user_id) == (bruno.institution.pk, bruno.user.pk)
    roles = dict(Participant.objects.filter(case=case).values_list("institution_id", "role"))
    assert roles == {anne.institution.pk: "member", bruno.institution.pk: "lead"}
    assert Notification.objects.filter(user=bruno.user, kind="case.lead").exists()


def test_the_lead_is_not_handed_to_a_stranger(anne, case):
    with pytest.raises(Refused) as refusal:
        act(anne, hand_over_lead, case_id=case.pk, institution_id=scenarios.institution().pk)
    assert refusal.value.field == "institution"


def test_a_referent_works_for_ones_own_institution(anne, case, bruno):
    with pytest.raises(Refused):
        act(anne, name_referent, case_id=case.pk, user_id=bruno.user.pk)


def test_a_note_for_ones_own_house_stays_there(anne, case, bruno):
    act(anne, add_note, case_id=case.pk, text="Interne", category=Category.PLAN, audience=Audience.OWN)
    act(anne, add_note, case_id=case.pk, text="Pour tous", category=Category.PLAN, audience=Audience.CIRCLE)
    act(anne, add_note, case_id=case.pk, text="Santé", category=Category.MEDICAL, audience=Audience.CIRCLE)
    with acting_as(bruno.actor):
        assert [note.text for note in notes_of(bruno.actor, case)] == ["Pour tous"]
    with acting_as(anne.actor):
        assert notes_of(anne.actor, case).count() == 3


def test_two_colleagues_correct_the_same_note(anne, case):
    note = act(anne, add_note, case_id=case.pk, text="un", category=Category.PLAN, audience=Audience.CIRCLE)
    colleague = scenarios.colleague(anne.institution)
    act(anne, change_note, note_id=note.pk, version=1, text="deux")
    with pytest.raises(Stale) as stale:
        act(colleague, change_note, note_id=note.pk, version=1, text="trois")
    assert stale.value.current.text == "deux"
    assert Note.objects.get(pk=note.pk).text == "deux"
    act(colleague, change_note, note_id=note.pk, version=2, text="deux et trois")
    assert Note.objects.get(pk=note.pk).version == 3


def test_another_institutions_note_is_not_corrected(anne, case, bruno):
    note = act(anne, add_note, case_id=case.pk, text="un", category=Category.PLAN, audience=Audience.CIRCLE)
    with pytest.raises(Refused):
        act(bruno, change_note, note_id=note.pk, version=1, text="deux")


def test_a_hidden_note_does_not_exist_for_others(anne, case, bruno):
    note = act(
        anne, add_note, case_id=case.pk, text="un", category=Category.MEDICAL, audience=Audience.CIRCLE
    )
    with pytest.raises(Note.DoesNotExist):
        act(bruno, change_note, note_id=note.pk, version=1, text="deux")


def step_for(who, case, assignee, **words):
    values = {"title": "Appeler l’employeur", "due_on": scenarios.in_days(7)} | words
    return act(who, add_step, case_id=case.pk, assignee_id=assignee.institution.pk, **values)


def test_a_step_is_told_to_who_must_do_it(anne, case, bruno):
    act(bruno, name_referent, case_id=case.pk, user_id=bruno.user.pk)
    step = step_for(anne, case, bruno)
    assert Notification.objects.filter(user=bruno.user, kind="case.step_assigned").count() == 1
    with acting_as(bruno.actor):
        assert list(steps_of(bruno.actor, case)) == [step]


def test_a_step_is_not_given_to_who_may_not_read_it(anne, case):
    claire = scenarios.colleague(kind=Kind.SOCIAL_AID)
    scenarios.opened_to(case, claire.institution, Category.IDENTITY)
    with pytest.raises(Refused) as refusal:
        step_for(anne, case, claire)
    assert refusal.value.field == "assignee"


def test_a_step_is_not_given_to_who_does_not_take_part(anne, case):
    with pytest.raises(Refused):
        step_for(anne, case, scenarios.colleague(kind=Kind.SOCIAL_AID))


def test_a_step_is_done_dropped_and_opened_again(anne, case, bruno):
    step = step_for(anne, case, bruno)
    act(bruno, end_step, step_id=step.pk, state=StepState.DONE)
    act(bruno, end_step, step_id=step.pk, state=StepState.DONE)
    assert Step.objects.get(pk=step.pk).ended_at is not None
    with pytest.raises(ForbiddenTransition):
        act(bruno, end_step, step_id=step.pk, state=StepState.DROPPED)
    act(anne, end_step, step_id=step.pk, state=StepState.OPEN)
    assert Step.objects.get(pk=step.pk).ended_at is None


def test_a_step_changed_in_between_is_not_overwritten(anne, case, bruno):
    step = step_for(anne, case, bruno)
    words = {"assignee_id": bruno.institution.pk, "due_on": None}
    act(anne, change_step, step_id=step.pk, version=1, title="Écrire à l’employeur", **words)
    with pytest.raises(Stale):
        act(anne, change_step, step_id=step.pk, version=1, title="Rien", **words)
    assert Step.objects.get(pk=step.pk).title == "Écrire à l’employeur"


def test_the_case_closes_with_an_outcome_and_opens_again(anne, case, bruno):
    step = step_for(anne, case, bruno)
    outcome = programme_for(case.programme, case.programme_version).outcomes[0].key
    with pytest.raises(Refused) as refusal:
        act(anne, close_case, case_id=case.pk, outcome="inventé")
    assert refusal.value.field == "outcome"
    act(anne, close_case, case_id=case.pk, outcome=outcome)
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", outcome)
    assert case.closed_at is not None
    assert Step.objects.get(pk=step.pk).state == StepState.DROPPED
    with pytest.raises(Refused):
        step_for(anne, case, bruno)
    with pytest.raises(Refused):
        act(bruno, reopen_case, case_id=case.pk, reason="?")
    act(anne, reopen_case, case_id=case.pk, reason="Rechute")
    case.refresh_from_db()
    assert (case.state, case.closed_at, case.outcome) == ("open", None, "")
    assert StageEntry.objects.get(case=case, left_at__isnull=True).stage == case.stage


def test_only_the_lead_closes(case, bruno):
    outcome = programme_for(case.programme, case.programme_version).outcomes[0].key
    with pytest.raises(Refused):
        act(bruno, close_case, case_id=case.pk, outcome=outcome)


def test_a_stage_is_entered_when_its_gates_hold(anne, case):
    stages = programme_for(case.programme, case.programme_version).stages
    guarded = next(stage for stage in stages if "consent.active" in stage.gates)
    with pytest.raises(Refused) as refusal:
        act(anne, enter_stage, case_id=case.pk, stage_key=guarded.key)
    assert refusal.value.sentence
    with pytest.raises(Refused):
        act(anne, enter_stage, case_id=case.pk, stage_key="inventée")
    case.refresh_from_db()
    assert case.stage == stages[0].key


def test_the_last_stage_waits_until_nothing_is_left_to_do(anne, case):
    step = act(anne, add_step, case_id=case.pk, title="Bilan", assignee_id=anne.institution.pk, due_on=None)
    with pytest.raises(Refused):
        act(anne, enter_stage, case_id=case.pk, stage_key="closing")
    act(anne, end_step, step_id=step.pk, state="done")
    assert act(anne, enter_stage, case_id=case.pk, stage_key="closing").stage == "closing"


def test_entering_the_present_stage_changes_nothing(anne, case):
    act(anne, enter_stage, case_id=case.pk, stage_key=case.stage)
    assert StageEntry.objects.filter(case=case).count() == 1


def test_what_is_not_the_programmes_law_is_not_disclosed_by_law(anne, case):
    fund = scenarios.institution(Kind.PENSION_FUND)
    with pytest.raises(Refused) as refusal:
        act(anne, disclose_by_law, case_id=case.pk, law_key="inventé", recipient_id=fund.pk)
    assert refusal.value.field == "law"


def test_opening_and_closing_a_file_is_told_to_who_may_know(anne, case, bruno):
    act(bruno, name_referent, case_id=case.pk, user_id=bruno.user.pk)
    claire = scenarios.colleague(kind=Kind.SOCIAL_AID)
    scenarios.opened_to(case, claire.institution, Category.BENEFITS)
    act(claire, name_referent, case_id=case.pk, user_id=claire.user.pk)
    act(anne, open_institution_file, case_id=case.pk, number="AI-77", opened_on=date(2026, 3, 1))
    assert InstitutionFile.objects.get(institution=anne.institution).number == "AI-77"
    told = Notification.objects.filter(kind="case.file_opened")
    assert [message.user for message in told] == [claire.user]
    with acting_as(bruno.actor):
        assert not events_of(bruno.actor, case).filter(kind=EventKind.FILE_OPENED).exists()
    with acting_as(claire.actor):
        assert events_of(claire.actor, case).filter(kind=EventKind.FILE_OPENED).exists()
    act(anne, close_institution_file, case_id=case.pk, closed_on=date(2026, 9, 1), reason="Décision")
    with pytest.raises(Refused):
        act(anne, close_institution_file, case_id=case.pk, closed_on=date(2026, 9, 2), reason="")


def test_the_visit_remembers_the_one_before(anne, case):
    first = now()
    with acting_as(anne.actor):
        with frozen_at(first):
            assert note_visit(by=anne.actor, case=case).since is None
        assert note_visit(by=anne.actor, case=case).since == first


def test_every_act_is_in_the_journal(anne, case):
    note = act(anne, add_note, case_id=case.pk, text="un", category=Category.PLAN, audience=Audience.CIRCLE)
    entry = Entry.objects.get(subject_kind="note")
    assert (entry.verb, entry.subject_id, entry.cases) == ("wrote", note.pk, [case.pk])
    assert entry.user_id == anne.user.pk


def test_what_ended_hides_at_once(anne, case, bruno):
    step_for(anne, case, anne)
    with acting_as(bruno.actor):
        assert steps_of(bruno.actor, case).count() == 1
    end_disclosures(
        Disclosure.objects.filter(recipient=bruno.institution).exclude(basis="party"), because="revoked"
    )
    with acting_as(bruno.actor):
        assert steps_of(bruno.actor, case).count() == 0


def overdue_messages(who):
    return Notification.objects.filter(user=who.user, kind="case.overdue").count()


def test_a_clock_that_ran_out_is_told_once(anne, case, bruno):
    act(anne, name_referent, case_id=case.pk, user_id=anne.user.pk)
    act(bruno, name_referent, case_id=case.pk, user_id=bruno.user.pk)
    step_for(anne, case, bruno, due_on=today() - timedelta(days=1))
    with acting_as(WORKER):
        assert tell_overdue(on=today()) == 1
        assert tell_overdue(on=today()) == 0
        assert tell_overdue(on=today() + timedelta(days=1)) == 0
    assert (overdue_messages(bruno), overdue_messages(anne)) == (1, 0)


def test_the_next_clock_is_told_again(anne, case, bruno):
    act(bruno, name_referent, case_id=case.pk, user_id=bruno.user.pk)
    step_for(anne, case, bruno, due_on=today() - timedelta(days=1))
    with acting_as(WORKER):
        tell_overdue(on=today())
    step_for(anne, case, bruno, due_on=today())
    with acting_as(WORKER):
        assert tell_overdue(on=today() + timedelta(days=1)) == 1
    assert overdue_messages(bruno) == 2


def test_a_closed_case_has_no_clock(anne, case):
    act(anne, name_referent, case_id=case.pk, user_id=anne.user.pk)
    StageEntry.objects.filter(case=case).update(due_on=today() - timedelta(days=3))
    with acting_as(WORKER):
        assert tell_overdue(on=today()) == 1
    outcome = programme_for(case.programme, case.programme_version).outcomes[0].key
    Notification.objects.all().delete()
    act(anne, close_case, case_id=case.pk, outcome=outcome)
    with acting_as(WORKER):
        assert tell_overdue(on=today()) == 0
