"""Django's PostgreSQL backend, telling the actor at every BEGIN.

A statement outside of a transaction carries no actor: row-level security then shows nothing (fails closed).
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from accord.kernel.actors import current_actor
from accord.kernel.database.context import tell_database


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL with the actor set locally in each transaction."""

    def set_autocommit(self, autocommit: bool, *args: Any, **kwargs: Any) -> None:
        """Begin or end a transaction; at its beginning the database learns who acts."""
        super().set_autocommit(autocommit, *args, **kwargs)
        if not autocommit and current_actor() is not None:
            tell_database(self)
