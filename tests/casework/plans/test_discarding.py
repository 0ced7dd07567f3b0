"""A draft discarded as a whole, and an institution that goes while its signature is awaited."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection
from django.urls import reverse

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Disclosure, Event
from accord.casework.cases.services import end_disclosures, leave
from accord.casework.plans.enums import MeasureState
from accord.casework.plans.models import Goal, Measure, Plan, PlanSignature
from accord.casework.plans.rules import fingerprint_of
from accord.casework.plans.selectors import offered_to, sheet_of
from accord.casework.plans.services import (
    change_measure,
    conclude_plan,
    discard_draft,
    follow_measure,
    propose_plan,
    remove_measure,
    sign_plan,
    withdraw_proposal,
)
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Role
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
from scenarios import colleague, opened_to

pytestmark = pytest.mark.django_db


def sheet(table: Table):
    with acting_as(table.anne.actor):
        return sheet_of(table.anne.actor, table.case)


def discard(table: Table, who=None) -> None:
    act(who or table.anne, discard_draft, case_id=table.case.pk)


# Discarding


def test_a_first_draft_goes_with_all_that_was_written_and_its_writers_are_told(table):
    colleague(table.bruno.institution, Role.DESK)
    measure(table, table.bruno, goal(table))
    discard(table)
    assert not (Plan.objects.exists() or Goal.objects.exists() or Measure.objects.exists())
    told = Notification.objects.filter(kind="plan.discarded").values_list("institution_id", flat=True)
    assert list(told) == [table.bruno.institution.pk]
    assert Event.objects.get(kind="plan_changed").data == {"number": 1, "act": "discarded"}
    assert Entry.objects.filter(verb="discarded", user_id=table.anne.user.pk).count() == 1


def test_after_a_later_draft_the_version_in_force_stands_as_it_was_signed(table):
    agreed(table)
    theirs = Measure.objects.get(title="Cours")
    act(table.bruno, change_measure, measure_id=theirs.pk, version=theirs.version,
        words=words_of(theirs, title="Cours du soir"))  # fmt: skip
    act(table.anne, remove_measure, measure_id=Measure.objects.get(title="Réinsertion").pk)
    goal(table, text="Nouveau")
    discard(table)
    after = sheet(table)
    assert [(plan.number, plan.state) for plan in after.plans] == [(1, "agreed")]
    assert [(one.title, one.until_number) for one in after.measures_in(1)] == [
        ("Réinsertion", None),
        ("Cours", None),
    ]
    assert fingerprint_of(after.entries_in(1)) == after.in_force.fingerprint
    assert PlanSignature.objects.count() == 2


def test_the_next_change_begins_the_same_number_anew(table):
    agreed(table)
    goal(table, text="Nouveau")
    discard(table)
    goal(table, text="Encore un autre")
    assert (table.plan.number, table.plan.state) == (2, "draft")
    assert [one.text for one in sheet(table).goals_in(2)] == ["Travailler à 50 %", "Encore un autre"]


def test_how_far_a_measure_has_come_is_not_discarded(table):
    agreed(table)
    theirs = Measure.objects.get(title="Cours")
    act(table.bruno, change_measure, measure_id=theirs.pk, version=theirs.version,
        words=words_of(theirs, title="Cours du soir"))  # fmt: skip
    newest = Measure.objects.get(title="Cours du soir")
    act(table.bruno, follow_measure, measure_id=newest.pk, state=MeasureState.RUNNING)
    discard(table)
    assert Measure.objects.get(title="Cours").state == "running"


def test_what_has_begun_is_not_discarded(table):
    begun = measure(table, table.bruno, goal(table))
    act(table.bruno, follow_measure, measure_id=begun.pk, state=MeasureState.RUNNING)
    with pytest.raises(Refused, match="déjà commencé"):
        discard(table)
    act(table.bruno, remove_measure, measure_id=begun.pk)
    discard(table)
    assert not Plan.objects.exists()


def test_only_the_lead_discards(table):
    goal(table)
    with pytest.raises(Refused):
        discard(table, table.bruno)
    with acting_as(table.bruno.actor), pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("select accord.discard_draft(%s)", [table.plan.pk])


def test_a_proposal_is_taken_back_before_it_is_discarded(table):
    proposed(table)
    with pytest.raises(Refused, match="retirez d’abord la proposition"):
        discard(table)
    sign(table, table.bruno)
    act(table.anne, withdraw_proposal, case_id=table.case.pk)
    discard(table)
    assert not (Plan.objects.exists() or PlanSignature.objects.exists())


def test_discarding_twice_is_discarding_once_and_keeps_what_is_in_force(table):
    agreed(table)
    goal(table, text="Nouveau")
    discard(table)
    discard(table)
    assert (table.plan.number, table.plan.state) == (1, "agreed")
    assert Entry.objects.filter(verb="discarded").count() == 1


# An institution that goes


def end_authorisation(table: Table, who) -> None:
    end_disclosures(
        Disclosure.objects.filter(case=table.case, recipient=who.institution).exclude(basis="party"),
        because="revoked",
    )


def go_by_leaving(table: Table, who) -> None:
    act(who, leave, case_id=table.case.pk)


WAYS_OUT = pytest.mark.parametrize("go", [end_authorisation, go_by_leaving])


def standing(table: Table) -> dict[str, tuple[bool, bool]]:
    """Who signed, and who is gone, by its name."""
    known = sheet(table)
    return {
        one.institution.short_name: (one.signed_at is not None, one.is_gone)
        for one in known.awaited_in(known.current)
    }


@WAYS_OUT
def test_who_is_gone_is_not_waited_for(table, go):
    proposed(table)
    go(table, table.bruno)
    assert standing(table)[table.bruno.institution.short_name] == (False, True)
    sign(table, table.anne)
    assert table.plan.state == "agreed"
    told = Event.objects.get(kind="plan_agreed").data
    assert told == {"number": 1, "without": [table.bruno.institution.short_name]}


@WAYS_OUT
def test_the_lead_states_the_agreement_when_the_last_awaited_one_goes(table, go):
    proposed(table)
    sign(table, table.anne)
    with pytest.raises(Refused, match="encore attendue"):
        act(table.anne, conclude_plan, case_id=table.case.pk)
    go(table, table.bruno)
    act(table.anne, conclude_plan, case_id=table.case.pk)
    act(table.anne, conclude_plan, case_id=table.case.pk)
    assert table.plan.state == "agreed"
    assert standing(table)[table.bruno.institution.short_name] == (False, True)
    assert Event.objects.filter(kind="plan_agreed").count() == 1


def test_who_had_signed_before_going_is_shown_as_having_signed(table):
    proposed(table)
    sign(table, table.bruno)
    end_authorisation(table, table.bruno)
    sign(table, table.anne)
    assert standing(table) == {
        table.anne.institution.short_name: (True, False),
        table.bruno.institution.short_name: (True, False),
    }
    assert Event.objects.get(kind="plan_agreed").data["without"] == []


def test_a_plan_that_nobody_signed_is_not_agreed(table):
    aim = goal(table, table.bruno)
    measure(table, table.bruno, aim)
    act(table.anne, propose_plan, case_id=table.case.pk)
    end_authorisation(table, table.bruno)
    with pytest.raises(Refused, match="encore attendue"):
        act(table.anne, conclude_plan, case_id=table.case.pk)
    assert table.plan.state == "proposed"


def test_an_authorisation_that_comes_back_is_waited_for_again(table):
    proposed(table)
    end_authorisation(table, table.bruno)
    opened_to(table.case, table.bruno.institution, Category.PLAN)
    sign(table, table.anne)
    assert table.plan.state == "proposed"
    act(table.bruno, sign_plan, case_id=table.case.pk, **read_by(table.bruno, table))
    assert table.plan.state == "agreed"


def test_the_person_reads_who_no_longer_takes_part(table):
    proposed(table)
    end_authorisation(table, table.bruno)
    with acting_as(table.her):
        tree = offered_to(table.her, table.case).tree
    assert [one.is_gone for one in tree.awaited if one.institution == table.bruno.institution] == [True]


# Screens


def test_the_page_offers_to_discard_a_draft_and_says_what_is_lost(table):
    agreed(table)
    page = reverse("web:case", args=[table.case.pk]) + "?panneau=plan"
    url = reverse("plans:discarding", args=[table.case.pk])
    assert url not in table.anne.browser().get(page).content.decode()
    goal(table, text="Nouveau")
    shown = table.anne.browser().get(page).content.decode()
    assert url in shown and "reste en vigueur telle quelle" in shown
    assert url not in table.bruno.browser().get(page).content.decode()
    answer = table.anne.browser().post(url, {"submission": "one"}, follow=True).content.decode()
    assert (
        "est écarté" in answer
        and "en préparation, écartée"
        in table.anne.browser()
        .get(reverse("web:case", args=[table.case.pk]) + "?panneau=fil")
        .content.decode()
    )


def test_the_page_offers_to_state_the_agreement_once_nobody_is_awaited(table):
    proposed(table)
    sign(table, table.anne)
    page = reverse("web:case", args=[table.case.pk]) + "?panneau=plan"
    url = reverse("plans:agreement", args=[table.case.pk])
    assert url not in table.anne.browser().get(page).content.decode()
    end_authorisation(table, table.bruno)
    shown = table.anne.browser().get(page).content.decode()
    assert url in shown and "ne participe plus" in shown
    answer = table.anne.browser().post(url, {"submission": "one"}, follow=True).content.decode()
    assert "participent encore" in answer and table.plan.state == "agreed"
