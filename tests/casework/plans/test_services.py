"""Writing, proposing, signing and changing a plan, with its refusals."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from accord.casework.cases.enums import CaseState, Category
from accord.casework.cases.models import Case, Disclosure, Event
from accord.casework.cases.selectors.lines import lines_on_worklist
from accord.casework.cases.services import end_disclosures, gates_of
from accord.casework.plans.enums import MeasureState
from accord.casework.plans.models import Goal, Justification, Measure, Plan, PlanSignature
from accord.casework.plans.rules import differences
from accord.casework.plans.selectors import findings_of, plan_lines, plan_of, sheet_of
from accord.casework.plans.services import (
    GoalWords,
    MeasureWords,
    PlanChanged,
    add_goal,
    add_measure,
    change_goal,
    change_measure,
    follow_measure,
    justify_finding,
    propose_plan,
    remove_goal,
    remove_measure,
    sign_as_person,
    sign_plan,
    withdraw_proposal,
)
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.kernel.states import ForbiddenTransition
from accord.network.institutions.enums import Kind
from accord.network.programmes.selectors import programme_for
from casework.plans.situations import (
    Table,
    act,
    agreed,
    goal,
    measure,
    proposed,
    read_by,
    sign,
    words_of,
)
from furnishing.employers import contact, employer
from scenarios import colleague, in_days

pytestmark = pytest.mark.django_db


def found(table: Table, who=None):
    who = who or table.anne
    with acting_as(who.actor):
        return findings_of(who.actor, table.case, sheet_of(who.actor, table.case))


# Writing


def test_the_first_goal_begins_the_plan(table):
    goal(table)
    assert (table.plan.number, table.plan.state) == (1, "draft")


def test_each_institution_writes_its_own_measures_into_one_plan(table):
    aim = goal(table)
    measure(table, table.bruno, aim, cost_bearer_id=None)
    with acting_as(table.anne.actor):
        tree = plan_of(table.anne.actor, table.case)
    (node,) = tree.goals
    assert [(m.owner, m.cost_bearer) for m in node.measures] == [(table.bruno.institution, None)]
    assert Plan.objects.count() == 1


def test_who_may_not_read_the_plan_does_not_write_into_it(table):
    with pytest.raises(Refused, match="pas ouvert à votre institution"):
        goal(table, table.chloe)


def test_who_does_not_know_of_the_case_does_not_either(table):
    with pytest.raises(Case.DoesNotExist):
        goal(table, colleague(kind=Kind.PROVIDER))


def test_a_closed_case_is_not_planned_any_more(table):
    Case.objects.filter(pk=table.case.pk).update(state=CaseState.DECLINED)
    with pytest.raises(Refused, match="terminé"):
        goal(table)


def test_nobody_commits_another_institution(table):
    aim = goal(table)
    theirs = measure(table, table.bruno, aim)
    for verb, key in ((remove_measure, "measure_id"), (remove_goal, "goal_id")):
        row = theirs if key == "measure_id" else aim
        other = table.anne if key == "measure_id" else table.bruno
        with pytest.raises(Refused, match="Seule l’institution"):
            act(other, verb, **{key: row.pk})


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": " "}, "title"),
        ({"kind": "unknown"}, "kind"),
        ({"kind": "unemployment_course"}, "kind"),
        ({"goal": uuid4()}, "goal"),
        ({"until": in_days(3)}, "since"),
        ({"since": in_days(5), "until": in_days(3)}, "until"),
        ({"intensity": 0}, "intensity"),
        ({"intensity": 101}, "intensity"),
        ({"colleague_id": uuid4()}, "colleague"),
        ({"cost_bearer_id": uuid4()}, "cost_bearer"),
        ({"employer_id": uuid4()}, "employer"),
    ],
)
def test_wrong_words_of_a_measure_are_refused_beside_their_field(table, words, field):
    aim = goal(table)
    with pytest.raises(Refused) as refusal:
        act(
            table.anne,
            add_measure,
            case_id=table.case.pk,
            words=replace(MeasureWords("Conseil", aim.origin), **words),
        )
    assert refusal.value.field == field
    assert not Measure.objects.exists()


@pytest.mark.parametrize(("words", "field"), [(GoalWords(" "), "text"), (GoalWords("x", "unknown"), "key")])
def test_wrong_words_of_a_goal_are_refused_beside_their_field(table, words, field):
    with pytest.raises(Refused) as refusal:
        act(table.anne, add_goal, case_id=table.case.pk, words=words)
    assert refusal.value.field == field


def test_a_key_that_a_version_lacks_stays_valid(table):
    """The programme's version may drop a key; what was written under it can still be changed."""
    aim = goal(table)
    Goal.objects.update(key="dropped")
    act(
        table.anne,
        change_goal,
        goal_id=aim.pk,
        version=1,
        words=GoalWords("Travailler à 60 %", "dropped"),
    )
    ours = measure(table, table.anne, aim)
    Measure.objects.update(kind="dropped")
    ours.refresh_from_db()
    act(table.anne, change_measure, measure_id=ours.pk, version=1, words=words_of(ours, title="Autre"))
    assert found(table) == []


def test_a_goal_with_measures_is_not_taken_out(table):
    aim = goal(table)
    ours = measure(table, table.anne, aim)
    with pytest.raises(Refused, match="servent cet objectif"):
        act(table.anne, remove_goal, goal_id=aim.pk)
    act(table.anne, remove_measure, measure_id=ours.pk)
    act(table.anne, remove_goal, goal_id=aim.pk)
    assert not Goal.objects.exists() and not Measure.objects.exists()


def test_who_saves_over_a_newer_version_is_told(table):
    aim = goal(table)
    act(table.anne, change_goal, goal_id=aim.pk, version=1, words=GoalWords("A"))
    with pytest.raises(Stale) as stale:
        act(table.anne, change_goal, goal_id=aim.pk, version=1, words=GoalWords("B"))
    assert stale.value.current.text == "A"


# Measures on their way


def test_a_measure_is_followed_without_changing_the_plan(table):
    agreed(table)
    ours = Measure.objects.get(title="Réinsertion")
    act(table.anne, follow_measure, measure_id=ours.pk, state=MeasureState.RUNNING)
    assert (table.plan.number, table.plan.state) == (1, "agreed")
    act(table.anne, follow_measure, measure_id=ours.pk, state=MeasureState.RUNNING)
    assert Entry.objects.filter(verb="running").count() == 1, "twice is once"


def test_a_measure_stops_with_its_reason(table):
    ours = measure(table, table.anne, goal(table))
    with pytest.raises(Refused) as refusal:
        act(table.anne, follow_measure, measure_id=ours.pk, state=MeasureState.STOPPED, reason=" ")
    assert refusal.value.field == "reason"
    act(table.anne, follow_measure, measure_id=ours.pk, state=MeasureState.STOPPED, reason="Déménagement")
    ours.refresh_from_db()
    assert (ours.state, ours.reason) == ("stopped", "Déménagement")
    with pytest.raises(ForbiddenTransition):
        act(table.anne, follow_measure, measure_id=ours.pk, state=MeasureState.DONE)


# Competing strategies


def competing(table: Table) -> None:
    """A rehabilitation measure and a course in the same weeks."""
    aim = goal(table)
    weeks = {"since": in_days(1), "until": in_days(60)}
    measure(table, table.anne, aim, "Réinsertion", kind="socio_professional", **weeks)
    measure(table, table.bruno, aim, "Cours", kind="unemployment_course", **weeks)


def test_a_finding_keeps_the_plan_from_being_agreed(table):
    competing(table)
    act(table.anne, propose_plan, case_id=table.case.pk)
    sign(table, table.anne)
    sign(table, table.bruno)
    assert (table.plan.state, table.plan.open_findings) == ("proposed", 1)


def test_the_justification_of_the_lead_agrees_what_all_have_signed(table):
    competing(table)
    act(table.anne, propose_plan, case_id=table.case.pk)
    sign(table, table.anne)
    sign(table, table.bruno)
    (one,) = found(table)
    act(
        table.anne,
        justify_finding,
        case_id=table.case.pk,
        finding=one.finding.key,
        sentence="Le cours a lieu le matin.",
    )
    assert table.plan.state == "agreed"


def test_only_the_lead_justifies_with_a_sentence_and_only_what_is_there(table):
    competing(table)
    (one,) = found(table)
    asked = {"case_id": table.case.pk, "finding": one.finding.key, "sentence": "Voulu."}
    with pytest.raises(Refused, match="conduit le dossier"):
        act(table.bruno, justify_finding, **asked)
    with pytest.raises(Refused) as refusal:
        act(table.anne, justify_finding, **asked | {"sentence": "  "})
    assert refusal.value.field == "sentence"
    with pytest.raises(Refused, match="rien à justifier"):
        act(table.anne, justify_finding, **asked | {"finding": "overlap-0"})
    act(table.anne, justify_finding, **asked)
    act(table.anne, justify_finding, **asked)
    assert Justification.objects.count() == 1, "twice is once"


def test_a_justification_lapses_when_its_rows_change(table):
    competing(table)
    (one,) = found(table)
    act(
        table.anne,
        justify_finding,
        case_id=table.case.pk,
        finding=one.finding.key,
        sentence="Seulement le matin.",
    )
    assert not found(table)[0].is_open
    theirs = Measure.objects.get(title="Cours")
    act(
        table.bruno,
        change_measure,
        measure_id=theirs.pk,
        version=theirs.version,
        words=words_of(theirs, until=in_days(90)),
    )
    assert found(table)[0].is_open
    assert table.plan.open_findings == 1


def test_a_finding_is_resolved_when_its_cause_is_gone(table):
    competing(table)
    act(table.bruno, remove_measure, measure_id=Measure.objects.get(title="Cours").pk)
    assert found(table) == []
    assert table.plan.open_findings == 0


def test_two_planned_contacts_at_one_employer_compete_until_agreed(table):
    goal(table)
    bakery = employer(table.anne.institution)
    contact(table.case, table.anne.institution, bakery)
    second = contact(table.case, table.bruno.institution, bakery)
    assert [one.finding.kind for one in found(table)] == ["employer"]
    second.is_coordinated = True
    second.save()
    assert found(table) == []


def test_contradictory_goals_of_the_programme_are_found(table):
    goal(table, key="keep_job")
    goal(table, table.bruno, text="Autre emploi", key="new_job")
    assert [one.finding.kind for one in found(table)] == ["contradiction"]


# Proposing


def test_an_empty_plan_is_not_proposed(table):
    with pytest.raises(Refused, match="un objectif et une mesure"):
        act(table.anne, propose_plan, case_id=table.case.pk)
    goal(table)
    with pytest.raises(Refused, match="un objectif et une mesure"):
        act(table.anne, propose_plan, case_id=table.case.pk)


def test_only_the_lead_proposes_and_takes_back(table):
    measure(table, table.bruno, goal(table))
    for verb in (propose_plan, withdraw_proposal):
        with pytest.raises(Refused, match="conduit le dossier"):
            act(table.bruno, verb, case_id=table.case.pk)


def test_those_who_have_a_part_are_told(table):
    proposed(table)
    told = Notification.objects.filter(kind="plan.proposed").values_list("institution_id", flat=True)
    assert set(told) <= {table.bruno.institution.pk}
    act(table.anne, withdraw_proposal, case_id=table.case.pk)
    act(table.anne, withdraw_proposal, case_id=table.case.pk)
    assert table.plan.state == "draft"


# Signing


def test_the_last_signature_agrees_the_plan(table):
    proposed(table)
    sign(table, table.anne)
    assert table.plan.state == "proposed"
    sign(table, table.bruno)
    assert table.plan.state == "agreed"
    kinds = list(Event.objects.filter(case=table.case).order_by("at").values_list("kind", flat=True))
    assert kinds[-4:] == ["plan_proposed", "plan_signed", "plan_signed", "plan_agreed"]


def test_a_signature_twice_is_one(table):
    proposed(table)
    assert sign(table, table.anne) == sign(table, table.anne)
    assert PlanSignature.objects.count() == 1


def test_a_plan_that_changed_since_it_was_read_is_not_signed(table):
    proposed(table)
    was = read_by(table.anne, table)
    theirs = Measure.objects.get(title="Cours")
    act(
        table.bruno,
        change_measure,
        measure_id=theirs.pk,
        version=theirs.version,
        words=words_of(theirs, title="Cours du soir"),
    )
    with pytest.raises(PlanChanged) as refusal:
        act(table.anne, sign_plan, case_id=table.case.pk, **was)
    assert refusal.value.changes == [("changed", str(theirs.origin))]
    assert not PlanSignature.objects.exists()


def test_a_change_voids_the_signatures_under_what_was(table):
    proposed(table)
    sign(table, table.anne)
    theirs = Measure.objects.get(title="Cours")
    act(
        table.bruno,
        change_measure,
        measure_id=theirs.pk,
        version=theirs.version,
        words=words_of(theirs, until=None, since=in_days(2)),
    )
    sign(table, table.bruno)
    assert table.plan.state == "proposed", "Anne has not signed what stands there now"
    sign(table, table.anne)
    assert table.plan.state == "agreed"


def test_who_has_no_part_in_it_or_may_not_read_it_does_not_sign(table):
    aim = goal(table)
    measure(table, table.anne, aim)
    act(table.anne, propose_plan, case_id=table.case.pk)
    with pytest.raises(Refused, match="ni objectif ni mesure"):
        sign(table, table.bruno)
    with pytest.raises(Refused, match="pas ouvert à votre institution"):
        act(table.chloe, sign_plan, case_id=table.case.pk, fingerprint="", read={})


def test_whose_authorisation_ended_signs_no_more(table):
    proposed(table)
    was = read_by(table.bruno, table)
    end_disclosures(
        Disclosure.objects.filter(recipient=table.bruno.institution, categories__gt=0), because="revoked"
    )
    with pytest.raises(Refused, match="pas ouvert à votre institution"):
        act(table.bruno, sign_plan, case_id=table.case.pk, **was)
    assert PlanSignature.objects.count() == 0


def test_a_plan_in_preparation_is_not_signed(table):
    measure(table, table.anne, goal(table))
    with pytest.raises(Refused, match="pas proposé"):
        sign(table, table.anne)


def test_the_person_signs_at_her_window_and_nobody_waits_for_it(table):
    proposed(table)
    was = read_by(table.anne, table)
    with acting_as(table.her):
        sign_as_person(by=table.her, **was)
        sign_as_person(by=table.her, **was)
        tree = plan_of(table.her, table.case)
    assert tree.person_signed_at is not None
    assert PlanSignature.objects.filter(is_of_person=True).count() == 1
    sign(table, table.anne)
    sign(table, table.bruno)
    assert table.plan.state == "agreed"


def test_the_person_does_not_sign_what_she_did_not_read(table):
    proposed(table)
    with acting_as(table.her), pytest.raises(PlanChanged):
        sign_as_person(by=table.her, fingerprint="x", read={})
    with pytest.raises(Refused, match="elle-même"):
        act(table.anne, sign_as_person, fingerprint="x", read={})


def test_the_person_reads_the_plan_that_is_proposed_or_in_force(table):
    with acting_as(table.her):
        assert plan_of(table.her, table.case) is None
    agreed(table)
    goal(table, text="Nouveau")
    with acting_as(table.her):
        tree = plan_of(table.her, table.case)
    assert tree.plan.number == 1 and tree.is_in_force


# Versions


def test_a_change_of_what_is_agreed_is_a_new_version(table):
    agreed(table)
    theirs = Measure.objects.get(title="Cours")
    act(
        table.bruno,
        change_measure,
        measure_id=theirs.pk,
        version=theirs.version,
        words=words_of(theirs, title="Cours du soir"),
    )
    assert sorted(Plan.objects.values_list("number", "state")) == [(1, "agreed"), (2, "draft")]
    with acting_as(table.anne.actor):
        sheet = sheet_of(table.anne.actor, table.case)
    (change,) = differences(sheet.entries_in(1), sheet.entries_in(2))
    assert (change.what, change.fields) == ("changed", (("title", "Cours", "Cours du soir"),))
    assert Event.objects.filter(kind="plan_changed").count() == 1


def test_the_version_in_force_stays_until_the_next_is_agreed(table):
    agreed(table)
    goal(table, text="Nouveau")
    act(table.anne, propose_plan, case_id=table.case.pk)
    sign(table, table.anne)
    assert Plan.objects.get(number=1).state == "agreed"
    sign(table, table.bruno)
    assert sorted(Plan.objects.values_list("number", "state")) == [(1, "replaced"), (2, "agreed")]


def test_what_is_taken_out_stays_in_the_version_that_was_agreed(table):
    agreed(table)
    act(table.bruno, remove_measure, measure_id=Measure.objects.get(title="Cours").pk)
    with acting_as(table.anne.actor):
        sheet = sheet_of(table.anne.actor, table.case)
    assert [m.title for m in sheet.measures_in(1)] == ["Réinsertion", "Cours"]
    assert [m.title for m in sheet.measures_in(2)] == ["Réinsertion"]


def test_whoever_saves_an_entry_that_a_new_version_replaced_is_told(table):
    agreed(table)
    theirs = Measure.objects.get(title="Cours")
    act(
        table.bruno,
        change_measure,
        measure_id=theirs.pk,
        version=theirs.version,
        words=words_of(theirs, title="Cours du soir"),
    )
    with pytest.raises(Stale):
        act(
            table.bruno,
            change_measure,
            measure_id=theirs.pk,
            version=theirs.version,
            words=words_of(theirs, title="Autre"),
        )


def test_how_far_a_measure_is_shows_in_every_version(table):
    agreed(table)
    theirs = Measure.objects.get(title="Cours")
    act(
        table.bruno,
        change_measure,
        measure_id=theirs.pk,
        version=theirs.version,
        words=words_of(theirs, title="Cours du soir"),
    )
    newest = Measure.objects.get(title="Cours du soir")
    act(table.bruno, follow_measure, measure_id=newest.pk, state=MeasureState.RUNNING)
    theirs.refresh_from_db()
    assert theirs.state == "running"


# Gate and worklist


def test_the_gate_holds_once_the_plan_is_agreed(table):
    programme = programme_for(table.case.programme, table.case.programme_version)
    stage = next(stage for stage in programme.stages if "plan.agreed" in stage.gates)
    answer = dict(gates_of(table.case, stage))["plan.agreed"]
    assert not answer and "pas encore convenu" in answer.sentence
    agreed(table)
    assert dict(gates_of(table.case, stage))["plan.agreed"]


def todo(who, only_mine=False):
    with acting_as(who.actor):
        found = lines_on_worklist(who.actor, plan_lines, only_mine=only_mine)
        return [one.why for one in found]


def test_who_is_awaited_and_who_must_resolve_have_it_on_their_worklist(table):
    competing(table)
    assert todo(table.anne) == ["resolve"]
    assert todo(table.bruno) == []
    act(table.anne, propose_plan, case_id=table.case.pk)
    assert todo(table.bruno) == ["sign"]
    sign(table, table.bruno)
    assert todo(table.bruno) == [] and todo(table.chloe) == []
    assert todo(table.anne) == ["sign"]


def test_of_others_cases_one_sees_nothing_on_ones_own_worklist(table):
    proposed(table)
    other = colleague(table.anne.institution)
    assert todo(other) == ["sign"]
    assert todo(other, only_mine=True) == []


def test_nothing_of_a_plan_is_medical_or_shown_without_the_category(table):
    proposed(table)
    with acting_as(table.chloe.actor):
        sheet = sheet_of(table.chloe.actor, table.case)
    assert sheet.plans == () and sheet.goals == () and sheet.measures == ()
    assert set(Measure.objects.values_list("category", flat=True)) == {Category.PLAN}
