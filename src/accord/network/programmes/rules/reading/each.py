"""Read every entry of an array of tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accord.network.programmes.rules.tables import Table


def read_each(
    root: Table,
    name: str,
    read: Callable[[Table], Any],
    *,
    required: bool = False,
    unique: tuple[str, ...] = ("key",),
) -> tuple[Any, ...]:
    """Read every [[name]]; note which of its marks (the key, the bit) were already taken."""
    found = []
    taken: dict[tuple[str, Any], int] = {}
    for table in root.tables(name, required=required):
        thing = read(table)
        table.finish()
        for mark in unique:
            value = (thing.kind, thing.role) if mark == "kind_and_role" else getattr(thing, mark)
            where = "kind" if mark == "kind_and_role" else mark
            if where in table.data and (mark, value) in taken:
                said = " as ".join(value) if isinstance(value, tuple) else value
                table.fault(
                    where,
                    f"The {where} “{said}” stands twice among [[{name}]].",
                    f"The first is on line {taken[mark, value]}; change or remove one.",
                )
            taken.setdefault((mark, value), table.page.lines.get((*table.path, where), 1))
        found.append(thing)
    return tuple(found)
