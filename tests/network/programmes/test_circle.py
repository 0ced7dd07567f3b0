"""Institutions join and leave the circle of a programme."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from accord.foundation.journal.models import Entry
from accord.kernel.actors import WORKER
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Kind, Role
from accord.network.programmes.models import ProgrammeMember
from accord.network.programmes.selectors import circle_of
from accord.network.programmes.services import join_circle, leave_circle, load_definitions
from scenarios import colleague, institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded() -> None:
    load_definitions(folders=[])


def join(who, role="lead_possible", by=WORKER):
    return join_circle(by=by, programme_slug="cii-geneve", institution=who, role=role)


def test_an_institution_joins_once_and_may_change_its_role():
    office = institution(Kind.EMPLOYMENT_OFFICE)
    assert join(office) == join(office)
    assert [seat.institution for seat in circle_of("cii-geneve")] == [office]
    assert Entry.objects.filter(verb="joined").count() == 1


def test_an_institution_leaves_and_its_past_seat_is_kept():
    office = institution(Kind.SOCIAL_AID)
    join(office)
    leave_circle(by=WORKER, programme_slug="cii-geneve", institution=office)
    assert not circle_of("cii-geneve")
    assert ProgrammeMember.objects.get().until is not None


def test_a_kind_outside_of_the_circle_may_not_join():
    with pytest.raises(Refused):
        join(institution(Kind.PENSION_FUND))


def test_a_role_that_the_programme_does_not_give_is_refused():
    with pytest.raises(Refused) as refused:
        join(institution(Kind.SOCIAL_AID), role="desk")
    assert refused.value.field == "role"


def test_the_administration_of_the_desk_may_change_the_circle_and_others_may_not():
    desk, other = institution(Kind.AI_OFFICE), institution(Kind.SOCIAL_AID)
    join(desk, "desk")
    join(other)
    newcomer = institution(Kind.EMPLOYMENT_OFFICE)
    for by in (colleague(other, Role.ADMINISTRATOR).actor, colleague(desk, Role.CASEWORKER).actor):
        with pytest.raises(Refused):
            join(newcomer, by=by)
    assert join(newcomer, by=colleague(desk, Role.ADMINISTRATOR).actor)


def test_the_database_holds_the_same_wall():
    desk, other = institution(Kind.AI_OFFICE), institution(Kind.SOCIAL_AID)
    join(desk, "desk")
    newcomer = institution(Kind.EMPLOYMENT_OFFICE)
    with acting_as(colleague(other, Role.ADMINISTRATOR).actor):
        assert list(circle_of("cii-geneve").values_list("institution_id", flat=True)) == [desk.pk]
        with pytest.raises(ProgrammingError), transaction.atomic():
            ProgrammeMember.objects.create(
                programme_slug="cii-geneve", institution=newcomer, role="lead_possible"
            )
    with acting_as(colleague(desk, Role.ADMINISTRATOR).actor):
        ProgrammeMember.objects.create(
            programme_slug="cii-geneve", institution=newcomer, role="lead_possible"
        )


def test_nobody_rewrites_a_programme_from_the_web():
    administrator = colleague(institution(Kind.AI_OFFICE), Role.ADMINISTRATOR).actor
    with acting_as(administrator), connection.cursor() as cursor:
        cursor.execute("update programmes_programmeversion set content = '{}'")
        assert cursor.rowcount == 0
