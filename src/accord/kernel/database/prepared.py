"""Statements that the database plans once for each connection, and then only fills in.

The plan of a wide question costs many times its answer. A prepared statement belongs to the role that prepared it
and is planned anew for another, so that row-level security holds as ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


class PreparedCursor(ServerBindingCursor):
    """Its statements are prepared when they first come; not at all where the connection keeps none."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """As any cursor, with the values beside the statement and not in it."""
        return super().execute(query, params, **options, prepare=True)  # type: ignore[misc]


@contextmanager
def prepared() -> Iterator[CursorWrapper]:
    """A cursor of the usual connection, in the same transaction, whose statements are kept."""
    connection.ensure_connection()
    session = connection.connection
    usual, session.cursor_factory = session.cursor_factory, PreparedCursor
    try:
        cursor = connection.cursor()
    finally:
        session.cursor_factory = usual
    with cursor:
        yield cursor
