"""What one may read one by one is what one finds in the list."""

import pytest

from accord.foundation.journal.enums import READING_ROLE
from accord.foundation.journal.models import Entry
from accord.foundation.journal.policies import can_read, visible_to
from accord.foundation.journal.services import record
from accord.kernel.actors import NOBODY
from accord.network.institutions.enums import Role
from scenarios import colleague, institution

pytestmark = pytest.mark.django_db


def test_the_role_that_reads_is_the_institutions_own_word():
    assert READING_ROLE == Role.DATA_PROTECTION


def test_the_list_and_the_policy_agree():
    here = institution()
    officer, caseworker = colleague(here, Role.DATA_PROTECTION), colleague(here)
    elsewhere = colleague(institution(), Role.DATA_PROTECTION)
    for who in (officer, caseworker, elsewhere):
        record(by=who.actor, verb="opened", subject_kind="case")
    for actor in (officer.actor, caseworker.actor, elsewhere.actor, NOBODY):
        listed = set(Entry.objects.filter(visible_to(actor)))
        assert listed == {entry for entry in Entry.objects.all() if can_read(actor, entry)}
    assert Entry.objects.filter(visible_to(officer.actor)).count() == 2
