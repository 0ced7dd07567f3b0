"""Appoint, end, and change what an institution says of itself."""

import pytest
from django.db import DatabaseError, transaction

from accord.foundation.accounts.models import User
from accord.foundation.journal.models import Entry
from accord.kernel.actors import NOBODY
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Institution, Membership, Site
from accord.network.institutions.policies import can_change, changeable_by
from accord.network.institutions.selectors import actor_for
from accord.network.institutions.services import appoint, change_institution, end_membership
from scenarios import colleague, institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return colleague(institution(), Role.ADMINISTRATOR)


def nominate(by, at=None, email="nouvelle@example.org", role=Role.CASEWORKER, **fields):
    at = at or by.institution
    with acting_as(by.actor):
        return appoint(by=by.actor, institution_id=at.pk, email=email, role=role, **fields)


def end(by, membership):
    with acting_as(by.actor):
        return end_membership(by=by.actor, membership_id=membership.pk)


def change(by, at=None, version=1, **values):
    at = at or by.institution
    with acting_as(by.actor):
        return change_institution(by=by.actor, institution_id=at.pk, version=version, values=values)


def test_a_newcomer_gets_an_account_without_a_password(chief):
    membership = nominate(chief, first_name="Nora", last_name="Nouvelle")
    assert membership.user.name == "Nora Nouvelle"
    assert not membership.user.has_usable_password()
    assert actor_for(membership.user, None)[0].roles == {Role.CASEWORKER}
    entry = Entry.objects.get(verb="appointed")
    assert (entry.subject_label, entry.data) == ("Nora Nouvelle", {"role": "caseworker"})


def test_a_colleague_of_another_institution_keeps_her_account(chief):
    anne = colleague()
    assert nominate(chief, email=anne.user.email.upper()).user == anne.user
    assert User.objects.filter(email__iexact=anne.user.email).count() == 1


def test_the_same_role_is_not_given_twice(chief):
    nominate(chief)
    with pytest.raises(Refused, match="déjà ce rôle"):
        nominate(chief)
    assert nominate(chief, role=Role.DESK).role == Role.DESK


def test_only_the_administration_of_the_institution_appoints(chief):
    caseworker = colleague(chief.institution)
    with pytest.raises(Refused):
        nominate(caseworker)
    with pytest.raises(Refused):
        nominate(chief, at=institution())
    assert not Membership.objects.filter(user__email="nouvelle@example.org").exists()


def test_the_database_refuses_it_too(chief):
    elsewhere = institution()
    with (
        acting_as(chief.actor),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Membership.objects.create(user=chief.user, institution=elsewhere, role=Role.ADMINISTRATOR)
    with acting_as(chief.actor):
        assert Institution.objects.filter(pk=elsewhere.pk).update(grants_reciprocity=False) == 0


def test_a_site_must_be_ones_own(chief):
    ours = Site.objects.create(institution=chief.institution, name="Ici")
    theirs = Site.objects.create(institution=institution(), name="Là")
    with pytest.raises(Refused) as refusal:
        nominate(chief, site_id=theirs.pk)
    assert refusal.value.field == "site"
    assert nominate(chief, site_id=ours.pk).site == ours


def test_a_role_that_does_not_exist(chief):
    with pytest.raises(Refused) as refusal:
        nominate(chief, role="emperor")
    assert refusal.value.field == "role"


def test_who_leaves_sees_nothing_from_then_on(chief):
    membership = nominate(chief)
    end(chief, membership)
    assert not actor_for(membership.user, chief.institution.pk)[0].is_member
    assert Entry.objects.filter(verb="ended", subject_id=membership.pk).count() == 1
    end(chief, membership)
    assert Entry.objects.filter(verb="ended").count() == 1


def test_she_may_come_back(chief):
    end(chief, nominate(chief))
    assert nominate(chief).until is None


def test_somebody_remains_who_administers(chief):
    own = Membership.objects.get(user=chief.user)
    with pytest.raises(Refused, match="au moins une personne"):
        end(chief, own)
    nominate(chief, role=Role.ADMINISTRATOR)
    end(chief, own)
    assert not actor_for(chief.user, None)[0].is_member


def test_nobody_ends_the_roles_of_another_institution(chief):
    other = colleague(institution(), Role.ADMINISTRATOR)
    with pytest.raises(Membership.DoesNotExist):
        end(chief, Membership.objects.get(user=other.user))


def test_the_legal_switches_are_changed_and_journalled(chief):
    changed = change(chief, grants_reciprocity=False, may_hold_avs=True)
    assert (changed.grants_reciprocity, changed.version) == (False, 2)
    entry = Entry.objects.get(verb="switched")
    assert entry.data == {"grants_reciprocity": [True, False]}


def test_changing_nothing_leaves_no_trace(chief):
    assert change(chief, name=chief.institution.name).version == 1
    assert not Entry.objects.exists()


def test_the_last_to_save_does_not_win(chief):
    change(chief, phone="022 111 11 11")
    with pytest.raises(Stale) as stale:
        change(chief, phone="022 222 22 22", version=1)
    assert stale.value.current.phone == "022 111 11 11"
    chief.institution.refresh_from_db()
    assert chief.institution.phone == "022 111 11 11"


def test_what_is_no_setting_cannot_be_changed(chief):
    changed = change(chief, slug="other", kind="employer", is_active=False, phone="1")
    assert (changed.slug, changed.kind, changed.is_active) == (
        chief.institution.slug,
        chief.institution.kind,
        True,
    )


def test_the_list_and_the_policy_agree(chief):
    caseworker = colleague(chief.institution)
    institution()
    for actor in (chief.actor, caseworker.actor, NOBODY):
        allowed = {found for found in Institution.objects.all() if can_change(actor, found)}
        assert set(Institution.objects.filter(changeable_by(actor))) == allowed
