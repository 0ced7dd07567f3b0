"""Tell PostgreSQL who acts, for the length of one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from psycopg.pq import TransactionStatus

from accord.kernel.actors import Actor, current_actor, remembering

APP_ROLE = "accord_app"
WORKER_ROLE = "accord_worker"
WINDOW_ROLE = "accord_window"
HAND_ROLE = "accord_hand"
"""What the insured person sees, and what a service may touch when she asked for it."""
MEDICAL_ROLE = "accord_medical"
"""What a screen of the medical compartment reads: all of the application, and the medical tables."""


def tell_database(connection: Any) -> None:
    """Send the current actor as settings local to the transaction; nothing is sent outside of any actor.

    The role owns no table, so row-level security holds even when the login would bypass it. What is prepared is
    planned once for all who ask, not anew for each of the first: planning costs more than answering.
    """
    actor = current_actor()
    with connection.wrap_database_errors:
        if actor is None:
            connection.connection.execute(
                "select set_config('role', 'none', true), set_config('accord.institution', '', true),"
                " set_config('accord.user', '', true), set_config('accord.window', '', true)"
            )
            return
        connection.connection.execute(
            "select set_config('role', %s, true), set_config('accord.institution', %s, true),"
            " set_config('accord.user', %s, true), set_config('accord.window', %s, true),"
            " set_config('plan_cache_mode', 'force_generic_plan', true)",
            (
                _role_of(actor),
                str(actor.institution_id or ""),
                str(actor.user_id or ""),
                str(actor.window_case_id or ""),
            ),
        )


def _role_of(actor: Actor) -> str:
    if actor.is_worker:
        return WORKER_ROLE
    if actor.in_compartment:
        return MEDICAL_ROLE
    if not actor.is_insured:
        return APP_ROLE
    return HAND_ROLE if actor.is_acting else WINDOW_ROLE


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Let the block act as this actor, in Python and in the database."""
    try:
        with remembering(actor):
            _tell_open_transactions()
            yield
    finally:
        _tell_open_transactions()


def _tell_open_transactions() -> None:
    for connection in connections.all(initialized_only=True):
        if (
            connection.vendor == "postgresql"
            and connection.in_atomic_block
            and not connection.needs_rollback
            and connection.connection is not None
            and connection.connection.info.transaction_status
            in (TransactionStatus.IDLE, TransactionStatus.INTRANS)
        ):
            tell_database(connection)
