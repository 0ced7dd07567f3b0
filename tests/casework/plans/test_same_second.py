"""Signed by all but changed in the same second: two transactions, one outcome."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from accord.casework.plans.models import Measure, Plan, PlanSignature
from accord.casework.plans.services import MeasureWords, PlanChanged, change_measure, sign_plan
from casework.plans.situations import act, around_a_table, proposed, read_by, sign

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("journal_can_be_emptied")]


def test_the_last_signature_and_a_change_in_the_same_second():
    """Whichever comes first, nobody has signed what he did not read."""
    table = proposed(around_a_table())
    sign(table, table.bruno)
    was = read_by(table.anne, table)
    theirs = Measure.objects.get(title="Cours")
    start = Barrier(2)

    def signing() -> object:
        try:
            start.wait()
            return act(table.anne, sign_plan, case_id=table.case.pk, **was)
        except PlanChanged as changed:
            return changed
        finally:
            connections.close_all()

    def changing() -> object:
        try:
            start.wait()
            return act(
                table.bruno,
                change_measure,
                measure_id=theirs.pk,
                version=theirs.version,
                words=MeasureWords("Cours du soir", theirs.goal),
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        signed, changed = pool.submit(signing), pool.submit(changing)
        outcome = signed.result(20)
        changed.result(20)
    versions = dict(Plan.objects.values_list("number", "state"))
    if isinstance(outcome, PlanChanged):
        assert versions == {1: "proposed"}
        assert outcome.changes == [("changed", str(theirs.origin))]
    else:
        assert versions == {1: "agreed", 2: "draft"}
        assert Measure.objects.get(title="Cours").until_number == 1
    for signature in PlanSignature.objects.filter(owner=table.anne.institution):
        assert signature.read == was["read"]


def test_two_last_signatures_in_the_same_second_agree_the_plan_once():
    table = proposed(around_a_table())
    start = Barrier(2)
    pages = {who: read_by(who, table) for who in (table.anne, table.bruno)}

    def signing(who) -> None:
        try:
            start.wait()
            act(who, sign_plan, case_id=table.case.pk, **pages[who])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for job in [pool.submit(signing, who) for who in pages]:
            job.result(20)
    assert list(Plan.objects.values_list("number", "state")) == [(1, "agreed")]
