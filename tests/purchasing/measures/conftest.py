"""What tests of measures that commit need."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.fixture(scope="module")
def journal_can_be_emptied(django_db_setup, django_db_blocker):
    """pytest-django empties the tables by TRUNCATE after a test that commits; the journal refuses that."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("alter table journal_entry disable trigger no_truncate")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("alter table journal_entry enable trigger no_truncate")
