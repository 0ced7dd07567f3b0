"""Two counsellors validate at once, two mandates take a number at once: one outcome."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from accord.foundation.journal.models import Entry
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.kernel.states import ForbiddenTransition
from accord.purchasing.measures.models import IndividualMeasure
from accord.purchasing.measures.services import next_decision_number, validate_measure
from purchasing.measures.ordering import act, around, proposed
from scenarios import colleague

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("journal_can_be_emptied")]


def together(*acts):
    start = Barrier(len(acts))

    def run(one):
        try:
            start.wait()
            return one()
        except (Refused, ForbiddenTransition) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(20) for future in [pool.submit(run, one) for one in acts]]


def test_two_counsellors_validate_at_once():
    office = around()
    dora = colleague(office.anne.institution, last_name="Dubuis")
    measure = proposed(office)
    outcomes = together(
        lambda: act(office.bruno, validate_measure, measure_id=measure.pk),
        lambda: act(dora, validate_measure, measure_id=measure.pk),
    )
    assert sum(isinstance(one, IndividualMeasure) for one in outcomes) == 1
    measure.refresh_from_db()
    assert measure.state == "validated"
    assert Entry.objects.filter(verb="validated", subject_id=measure.pk).count() == 1


def test_two_mandates_of_one_second_have_two_numbers():
    office = around()

    def take():
        with acting_as(office.anne.actor):
            return next_decision_number(office.anne.institution.pk)

    assert len(set(together(take, take, take))) == 3
