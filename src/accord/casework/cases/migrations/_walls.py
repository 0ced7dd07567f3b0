"""What the migrations of casework say again and again: told of a case, a record, the person's own window.

The same rules as `policies.py`, in SQL.
"""

from django.db.migrations.operations.special import RunSQL

from accord.kernel.database.policies import ME, WINDOW, protect

NOW = "statement_timestamp()"
CURRENT = f"d.recipient_id = {ME} and d.valid_from <= {NOW} and d.valid_until > {NOW}"
STANDING = " and d.basis <> 'emergency'"
"""A disclosure that also gives a place in the case, not only a look at it."""
OWN_CASE = f"case_id = {WINDOW}"
"""Rows of the case at whose window the insured person looks."""
FOR_THE_PERSON = f"{OWN_CASE} and audience = 'person'"
"""Records that were written for her, too."""


def told(table: str, extra: str = "", key: str = "case_id") -> str:
    """A current disclosure of this row's case exists for the acting institution."""
    return f"exists (select 1 from cases_disclosure d where d.case_id = {table}.{key} and {CURRENT}{extra})"


def record(table: str) -> str:
    """Owned, or of a category that is disclosed now."""
    return (
        f"owner_id = {ME} or (audience <> 'own' and "
        + told(table, f" and ({table}.category is null or d.categories & {table}.category > 0)")
        + ")"
    )


def protect_record(table: str, update: str | None = None) -> RunSQL:
    """A record is written by its owner into a case that it knows of; the person reads what is for her.

    Who knows of the case through an emergency alone reads, and writes nothing.
    """
    return protect(
        table,
        read=record(table),
        insert=f"owner_id = {ME} and {told(table, STANDING)}",
        update=update or f"owner_id = {ME}",
        window=FOR_THE_PERSON,
    )
