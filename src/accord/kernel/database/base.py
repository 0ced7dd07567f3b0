"""Django's PostgreSQL backend, telling the actor at every BEGIN.

A statement outside of a transaction carries no actor: row-level security then shows nothing (fails closed).
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations

from accord.kernel.actors import current_actor
from accord.kernel.database.context import tell_database


class Operations(DatabaseOperations):
    """What PostgreSQL does, and what is said of it in the log of statements."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """The statement as it was sent; of a prepared one its text, without the values."""
        return super().last_executed_query(cursor, sql, params) or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL with the actor set locally in each transaction."""

    ops_class = Operations

    def set_autocommit(self, autocommit: bool, *args: Any, **kwargs: Any) -> None:
        """Begin or end a transaction; at its beginning the database learns who acts."""
        super().set_autocommit(autocommit, *args, **kwargs)
        if not autocommit and current_actor() is not None:
            tell_database(self)
