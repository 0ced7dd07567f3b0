"""What the migrations of the compartment say again and again: tables that one role alone may touch.

The same rules as `policies.py`, in SQL.
"""

from importlib import import_module
from typing import Any

from django.db.migrations.operations.special import RunSQL

from accord.kernel.database.policies import ME

walls = import_module("accord.casework.cases.migrations._walls")
MEDICAL_BIT = 1 << 5
OUTSIDE = "accord_app, accord_worker, accord_window"
"""Roles that have no right at all on a table of the compartment."""
SERVED = f"service_id = {ME}"
"""The medical service that holds the row."""


def medical_disclosed(table: str, key: str = "case_id") -> str:
    """A disclosure of the medical category of this row’s case runs now for the acting institution."""
    return walls.told(table, f" and d.categories & {MEDICAL_BIT} > 0", key)


def read_inside(table: str) -> str:
    """A row with a case and a service: read by that service, and by those who are told of medical detail."""
    return f"{SERVED} or {medical_disclosed(table)}"


def of_request(table: str, *, by_service: bool = False) -> str:
    """A row that belongs to a request which is visible; or to one that the acting service holds."""
    served = f" and r.{SERVED}" if by_service else ""
    return f"exists (select 1 from medical_medicalrequest r where r.id = {table}.request_id{served})"


def content_of_request(table: str) -> str:
    """Medical content of a request: not for the office that asked, unless medical detail is disclosed to it."""
    disclosed = medical_disclosed("r")
    return (
        f"exists (select 1 from medical_medicalrequest r where r.id = {table}.request_id"
        f" and (r.{SERVED} or {disclosed}))"
    )


def seal(
    table: str,
    *,
    read: str,
    insert: str | None = None,
    update: str | None = None,
    delete: str | None = None,
) -> RunSQL:
    """Put a table into the compartment: no right for any role but its own, and row-level security inside."""
    forward: list[Any] = [
        f"revoke all on {table} from {OUTSIDE}",
        f"grant select, insert, update, delete on {table} to accord_medical",
        f"alter table {table} enable row level security",
        f"create policy read on {table} for select to accord_medical using ({read})",
    ]
    if insert is not None:
        forward.append(f"create policy write on {table} for insert to accord_medical with check ({insert})")
    if update is not None:
        forward.append(
            f"create policy change on {table} for update to accord_medical"
            f" using ({update}) with check ({update})"
        )
    if delete is not None:
        forward.append(f"create policy remove on {table} for delete to accord_medical using ({delete})")
    backward: list[Any] = [
        *(f"drop policy if exists {name} on {table}" for name in ("read", "write", "change", "remove")),
        f"alter table {table} disable row level security",
        f"revoke all on {table} from accord_medical",
        f"grant select, insert, update, delete on {table} to accord_app, accord_worker",
    ]
    return RunSQL(forward, backward)


def outside_function(statement: str, signature: str, *roles: str) -> RunSQL:
    """A question that the outside may put to the compartment, answered by its owner; to these roles only."""
    return RunSQL(
        [
            statement,
            f"revoke execute on function {signature} from public",
            f"grant execute on function {signature} to {', '.join(roles)}",
        ],
        f"drop function {signature}",
    )
