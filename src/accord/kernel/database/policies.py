"""Row-level security in migrations: one sentence a table."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.special import RunSQL

ME = "(select accord.institution())"
USER = "(select accord.acting_user())"
WINDOW = "(select accord.window_case())"
"""The case at whose window the insured person herself looks."""


def protect(
    table: str,
    *,
    read: str,
    insert: str | None = None,
    update: str | None = None,
    delete: str | None = None,
    window: str | None = None,
) -> RunSQL:
    """Put a table behind row-level security.

    Each argument is the SQL condition under which the acting institution may do it; what is not given
    is refused to the application's role. The worker's role sees all: it works for everybody. `window` is
    what the insured person sees of it at her own window; nothing of the table when it is not given.
    """
    forward: list[Any] = [
        f"alter table {table} enable row level security",
        f"create policy worker on {table} to accord_worker using (true) with check (true)",
        f"create policy read on {table} for select to accord_app using ({read})",
    ]
    if insert is not None:
        forward.append(f"create policy write on {table} for insert to accord_app with check ({insert})")
    if update is not None:
        forward.append(
            f"create policy change on {table} for update to accord_app using ({update}) with check ({update})"
        )
    if delete is not None:
        forward.append(f"create policy remove on {table} for delete to accord_app using ({delete})")
    if window is not None:
        forward += _window(table, window)
    backward: list[Any] = [
        *_no_window(table),
        *(
            f"drop policy if exists {name} on {table}"
            for name in ("worker", "read", "write", "change", "remove")
        ),
        f"alter table {table} disable row level security",
    ]
    return RunSQL(forward, backward)


def open_window(table: str, condition: str = "true") -> RunSQL:
    """Let the insured person read these rows of a table of a lower floor at her own window."""
    return RunSQL(_window(table, condition), _no_window(table))


def _window(table: str, condition: str) -> list[Any]:
    return [
        f"grant select on {table} to accord_window",
        f"create policy own_window on {table} for select to accord_window using ({condition})",
    ]


def lend_hand(table: str, condition: str, *, writes: bool = True) -> RunSQL:
    """Let a service touch these rows when the insured person asked for it; without `writes`, only read them.

    The role of her hand is a member of `accord_app`, which already holds the rights on the tables.
    """
    clause = (
        f"to accord_hand using ({condition}) with check ({condition})"
        if writes
        else f"for select to accord_hand using ({condition})"
    )
    return RunSQL(f"create policy her_hand on {table} {clause}", f"drop policy if exists her_hand on {table}")


def _no_window(table: str) -> list[Any]:
    return [
        f"drop policy if exists own_window on {table}",
        f"revoke all on {table} from accord_window",
    ]


def also_readable(table: str, name: str, condition: str) -> RunSQL:
    """Add a reason for which rows of a table of a lower floor may be read."""
    return RunSQL(
        f"create policy {name} on {table} for select to accord_app using ({condition})",
        f"drop policy if exists {name} on {table}",
    )
