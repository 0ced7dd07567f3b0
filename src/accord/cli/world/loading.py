"""Pour millions of rows into tables: COPY, with indexes and foreign keys set aside meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, JSONField, Model

NULL = r"\N"
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
Progress = Callable[[int, int, str], None]

SET_ASIDE = """
select 0, format('alter table %%s drop constraint %%I', conrelid::regclass, conname),
  format('alter table %%s add constraint %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
from pg_constraint where contype = 'f' and conrelid = any(%(tables)s::regclass[])
union all
select 1, format('drop index %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
from pg_index where indrelid = any(%(tables)s::regclass[])
  and not exists (select 1 from pg_constraint where conindid = indexrelid and conrelid = indrelid)
order by 1, 3
"""


class Table:
    """A table filled by COPY: `varying` columns differ from row to row, the others hold their default."""

    def __init__(self, model: type[Model], *varying: str, **constant: object) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        for name in (*varying, *constant):
            if name not in fields:
                raise ValueError(f"{model.__name__} has no column {name}")
        rest = [name for name in fields if name not in varying]
        self.name = model._meta.db_table
        self.columns = [str(fields[name].column) for name in (*varying, *rest)]
        self._rest = "".join(
            f"\t{_as_text(fields[name], constant[name] if name in constant else fields[name].get_default())}"
            for name in rest
        )
        self._rows: list[str] = []
        self._tag = f"{sum(self.name.encode()) & 0xFFF:03x}"
        self.count = 0

    def new_id(self, instant: str) -> str:
        """The next key, of version 7: `instant` is its milliseconds in twelve hexadecimal digits, cut 8-4."""
        return f"{instant}-7{self._tag}-8000-{self.count + 1:012x}"

    def add(self, *values: str) -> None:
        """One row: the varying columns in their order, as COPY writes them."""
        self.count += 1
        self._rows.append("\t".join(values) + self._rest)

    def pour(self, *, frozen: bool) -> None:
        """Send the rows that wait; `frozen` needs a table that this transaction emptied."""
        if not self._rows:
            return
        with connection.cursor() as cursor:
            command = f"copy {self.name} ({', '.join(self.columns)}) from stdin"
            with cursor.copy(f"{command} with (freeze)" if frozen else command) as copy:
                copy.write("\n".join(self._rows) + "\n")
        self._rows = []


def plain(text: str) -> str:
    """A text as COPY reads it."""
    return text.translate(ESCAPES)


def _as_text(field: Field[Any, Any], value: object) -> str:
    match value:
        case None:
            return NULL
        case bool():
            return "t" if value else "f"
        case datetime():
            return value.isoformat()
        case _ if isinstance(field, JSONField):
            return plain(json.dumps(value))
        case str() | int() | UUID():
            return plain(str(value))
        case list() if not value:
            return "{}"
    raise ValueError(f"{field} holds {value!r}, which COPY was not taught")


@contextmanager
def bare(tables: Sequence[str], *, silent: Sequence[str], progress: Progress) -> Iterator[None]:
    """Without secondary indexes and foreign keys in the block; at its end they are back, every row checked.

    The triggers of the `silent` tables do not fire: who pours rows into them writes what they would write.
    To be used inside a transaction, by the tables' owner.
    """
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set local maintenance_work_mem = '512MB'")
        cursor.execute(SET_ASIDE, {"tables": list(tables)})
        found = [(drop, create) for _order, drop, create in cursor.fetchall()]
        for table in silent:
            cursor.execute(f"alter table {table} disable trigger user")
        for drop, _create in found:
            cursor.execute(drop)
    yield
    with connection.cursor() as cursor:
        for done, (_drop, create) in enumerate(reversed(found)):
            progress(done, len(found), "indexes and keys")
            cursor.execute(create)
        for table in silent:
            cursor.execute(f"alter table {table} enable trigger user")
        cursor.execute("set constraints all deferred")
    progress(len(found), len(found), "indexes and keys")
