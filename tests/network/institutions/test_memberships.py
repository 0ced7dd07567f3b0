"""On whose behalf somebody acts."""

from datetime import timedelta

import pytest

from accord.kernel.actors import NOBODY
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Membership
from accord.network.institutions.selectors import actor_for, colleagues, members_of, memberships_of
from scenarios import colleague, institution

pytestmark = pytest.mark.django_db


def join(someone, at, role=Role.REFERENT, **fields):
    return Membership.objects.create(user=someone.user, institution=at, role=role, **fields)


def test_she_acts_for_her_institution_with_all_her_roles(django_assert_num_queries):
    here = institution(Kind.CII_OFFICE)
    anne = colleague(here, Role.DESK, Role.ADMINISTRATOR)
    with django_assert_num_queries(1):
        actor, memberships = actor_for(anne.user, None)
    assert (actor.user_id, actor.institution_id) == (anne.user.pk, here.pk)
    assert actor.institution_kind == Kind.CII_OFFICE
    assert actor.roles == {Role.DESK, Role.ADMINISTRATOR}
    assert [membership.institution for membership in memberships] == [here]


def test_of_several_she_acts_for_the_one_she_chose_with_the_roles_held_there(django_assert_num_queries):
    first, second = institution(name="Aaa"), institution(name="Bbb")
    anne = colleague(first, Role.MANAGER)
    join(anne, second, Role.DOCTOR)
    with django_assert_num_queries(1):
        actor, memberships = actor_for(anne.user, second.pk)
    assert (actor.institution_id, actor.roles) == (second.pk, {Role.DOCTOR})
    assert [membership.institution for membership in memberships] == [first, second]
    assert actor_for(anne.user, None)[0].institution_id == first.pk


def test_one_cannot_choose_an_institution_that_is_not_ones_own():
    anne, elsewhere = colleague(), institution()
    for wanted in (elsewhere.pk, new_id()):
        assert actor_for(anne.user, wanted)[0].institution_id == anne.institution.pk


@pytest.mark.parametrize(
    ("since", "until"),
    [(timedelta(days=-9), timedelta(days=-1)), (timedelta(days=1), None), (timedelta(days=-1), timedelta(0))],
)
def test_a_role_that_is_over_or_not_begun_opens_nothing(since, until):
    anne, there = colleague(), institution(name="Aaa")
    instant = now()
    join(anne, there, since=instant + since, until=None if until is None else instant + until)
    assert actor_for(anne.user, there.pk)[0].institution_id == anne.institution.pk


def test_an_institution_that_has_left_opens_nothing():
    anne = colleague()
    anne.institution.is_active = False
    anne.institution.save()
    actor, memberships = actor_for(anne.user, anne.institution.pk)
    assert actor.user_id == anne.user.pk
    assert not actor.is_member
    assert memberships == memberships_of(anne.user) == []


def test_colleagues_are_those_of_ones_own_institution():
    here = institution()
    anne, bruno = colleague(here, last_name="Aubert"), colleague(here, Role.DESK, last_name="Blanc")
    elsewhere = colleague()
    assert colleagues(anne.actor) == [anne.user, bruno.user]
    assert colleagues(elsewhere.actor) == [elsewhere.user]
    assert colleagues(NOBODY) == []
    assert [member.user for member in members_of(anne.actor, here)] == [anne.user, bruno.user]
    assert members_of(elsewhere.actor, here) == []
