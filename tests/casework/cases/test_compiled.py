"""Compiled questions: planned once, answered for who asks now, and the same as if they were made anew."""

from __future__ import annotations

import pytest
from django.db import connection

import scenarios
from accord.casework.cases.selectors import disclosures_of
from accord.casework.cases.selectors.disclosures import _marked
from accord.casework.cases.selectors.picture import case_with_person
from accord.kernel.database import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """Two colleagues of two institutions, each with a case of her own."""
    scenarios.programmes()
    return [(who, scenarios.open_case(who)) for who in (scenarios.colleague(), scenarios.colleague())]


def kept():
    """The statements that the connection keeps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select statement from pg_prepared_statements where statement like '%cases_disclosure%'"
        )
        return cursor.fetchall()


def test_a_question_is_planned_once_whoever_asks_whatever_it_is_about(two):
    for who, case in (*two, *two):
        with acting_as(who.actor):
            assert {row.case_id for row in disclosures_of(who.actor, case)} == {case.pk}
    assert len(kept()) == 1


def test_each_sees_her_own_though_the_plan_is_the_same(two):
    (anne, of_anne), (bruno, of_bruno) = two
    with acting_as(anne.actor):
        assert case_with_person(anne.actor, of_anne.pk)[0] == of_anne
        assert disclosures_of(anne.actor, of_bruno) == []
        with pytest.raises(type(of_bruno).DoesNotExist):
            case_with_person(anne.actor, of_bruno.pk)
    with acting_as(bruno.actor):
        assert case_with_person(bruno.actor, of_bruno.pk)[0] == of_bruno


def test_its_records_are_those_of_the_question_made_anew(two):
    (anne, case), _other = two
    with acting_as(anne.actor):
        compiled, anew = disclosures_of(anne.actor, case), list(_marked(anne.actor).filter(case=case))
        assert compiled
        assert [vars(row) | {"_state": None} for row in compiled] == [
            vars(row) | {"_state": None} for row in anew
        ]
        assert [row.recipient.name for row in compiled] == [row.recipient.name for row in anew]


def test_where_the_connection_keeps_nothing_the_answer_is_the_same(two):
    (anne, case), _other = two
    session = connection.connection
    usual, session.prepare_threshold = session.prepare_threshold, None
    try:
        with acting_as(anne.actor):
            assert disclosures_of(anne.actor, case)
        assert kept() == []
    finally:
        session.prepare_threshold = usual
