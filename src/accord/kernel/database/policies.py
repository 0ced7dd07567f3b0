"""Row-level security in migrations: one sentence a table."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.special import RunSQL

ME = "(select accord.institution())"
USER = "(select accord.acting_user())"


def protect(
    table: str, *, read: str, insert: str | None = None, update: str | None = None, delete: str | None = None
) -> RunSQL:
    """Put a table behind row-level security.

    Each argument is the SQL condition under which the acting institution may do it; what is not given
    is refused to the application's role. The worker's role sees all: it works for everybody.
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
    backward: list[Any] = [
        *(
            f"drop policy if exists {name} on {table}"
            for name in ("worker", "read", "write", "change", "remove")
        ),
        f"alter table {table} disable row level security",
    ]
    return RunSQL(forward, backward)


def also_readable(table: str, name: str, condition: str) -> RunSQL:
    """Add a reason for which rows of a table of a lower floor may be read."""
    return RunSQL(
        f"create policy {name} on {table} for select to accord_app using ({condition})",
        f"drop policy if exists {name} on {table}",
    )
