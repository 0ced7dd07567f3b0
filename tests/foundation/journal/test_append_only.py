"""Nobody changes the journal, not even the owner of its table."""

import pytest
from django.db import DatabaseError, connection, transaction

from accord.foundation.journal.models import Entry
from accord.foundation.journal.services import record, record_read
from accord.kernel.actors import WORKER
from accord.kernel.database import acting_as
from accord.kernel.identifiers import new_id
from scenarios import colleague

pytestmark = pytest.mark.django_db

CHANGES = (
    "update journal_entry set verb = 'nothing'",
    "delete from journal_entry",
    "truncate journal_entry",
)


def test_an_entry_carries_the_names_of_who_acted():
    anne = colleague(last_name="Rochat")
    with acting_as(anne.actor):
        entry = record(by=anne.actor, verb="opened", subject_kind="case", subject_label="26-0001")
    entry.refresh_from_db()
    assert entry.user_name == "Anne Rochat"
    assert entry.institution_name == anne.institution.name
    assert entry.purpose == "test"


def test_the_worker_has_no_name():
    with acting_as(WORKER):
        entry = record(by=WORKER, verb="expired", subject_kind="consent")
    entry.refresh_from_db()
    assert (entry.user_name, entry.institution_name) == ("", "")


@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_cannot_change_the_journal(change):
    anne = colleague()
    record_read(by=anne.actor, subject_kind="case")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("as_worker", [False, True])
def test_neither_the_web_nor_the_worker_may(change, as_worker):
    anne = colleague()
    record_read(by=anne.actor, subject_kind="case")
    with (
        acting_as(WORKER if as_worker else anne.actor),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert Entry.objects.count() == 1


def test_an_institution_reads_only_what_it_did_itself():
    anne, bruno = colleague(), colleague()
    for who in (anne, bruno):
        with acting_as(who.actor):
            record_read(by=who.actor, subject_kind="case", cases=[new_id()])
    with acting_as(anne.actor):
        assert [entry.user_id for entry in Entry.objects.all()] == [anne.user.pk]
    with acting_as(WORKER):
        assert Entry.objects.count() == 2
