"""The roles of the web and of the worker may use every table, whichever migration made it; they own none."""

import pytest
from django.apps import apps
from django.db import connection

from accord.kernel.actors import NOBODY, WORKER, Actor
from accord.kernel.database import acting_as
from accord.kernel.identifiers import new_id

pytestmark = pytest.mark.django_db
ROLES = ("accord_app", "accord_worker")
THEIRS = {
    model._meta.db_table
    for model in apps.get_models(include_auto_created=True)
    if not model.__module__.startswith("accord.")
}


def rows(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", sorted(THEIRS))
def test_the_tables_of_others_can_be_read_and_written(role, table):
    for right in ("select", "insert", "update", "delete"):
        assert rows("select has_table_privilege(%s, %s, %s)", role, table, right) == [(True,)]


@pytest.mark.parametrize("role", ROLES)
def test_the_journal_can_only_grow(role):
    rights = {
        right: rows("select has_table_privilege(%s, 'journal_entry', %s)", role, right)[0][0]
        for right in ("select", "insert", "update", "delete", "truncate")
    }
    assert rights == {"select": True, "insert": True, "update": False, "delete": False, "truncate": False}


@pytest.mark.parametrize("role", ROLES)
def test_every_sequence_can_be_used(role):
    statement = (
        "select relname from pg_class where relnamespace = 'public'::regnamespace"
        " and case when relkind = 'S' then not has_sequence_privilege(%s, oid, 'usage') end"
    )
    assert rows(statement, role) == []


@pytest.mark.parametrize("role", [*ROLES, "accord_window", "accord_hand", "accord_medical"])
def test_they_own_nothing_and_cannot_bypass_the_policies(role):
    assert rows("select count(*) from pg_class where relowner = %s::regrole", role) == [(0,)]
    assert rows("select rolsuper or rolbypassrls or rolcanlogin from pg_roles where rolname = %s", role) == [
        (False,)
    ]


def test_the_database_knows_who_acts():
    user, institution = new_id(), new_id()
    statement = "select current_user::text, accord.acting_user(), accord.institution()"
    with acting_as(Actor(user_id=user, institution_id=institution)):
        assert rows(statement) == [("accord_app", user, institution)]
    with acting_as(NOBODY):
        assert rows(statement) == [("accord_app", None, None)]
    with acting_as(WORKER):
        assert rows(statement) == [("accord_worker", None, None)]
    case = new_id()
    with acting_as(Actor(window_case_id=case)):
        assert rows("select current_user::text, accord.window_case(), accord.institution()") == [
            ("accord_window", case, None)
        ]
    with acting_as(Actor(window_case_id=case).her_hand):
        assert rows("select current_user::text, accord.window_case(), accord.institution()") == [
            ("accord_hand", case, None)
        ]
