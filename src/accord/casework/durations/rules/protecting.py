"""Which of the figures are sums of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

from accord.kernel.small_numbers import Sum


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Where a figure stands; an empty word means: all of them together.

    A key with a stroke is a part of what stands before the stroke (success/placed).
    """

    key: str = ""
    institution: str = ""
    period: str = ""
    region: str = ""


def sums_among(cells: Collection[Coordinates], *, keys_add_up: bool = False) -> list[Sum[Coordinates]]:
    """Which figures are sums of others: of regions, institutions, quarters and years, perhaps of keys."""
    parts: dict[Coordinates, dict[str, list[Coordinates]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        if cell.region:
            parts[replace(cell, region="")]["region"].append(cell)
        if cell.institution:
            parts[replace(cell, institution="")]["institution"].append(cell)
        if cell.period:
            whole = cell.period.partition("-T")[0] if "-T" in cell.period else ""
            parts[replace(cell, period=whole)]["period"].append(cell)
        if cell.key and keys_add_up:
            parts[replace(cell, key=cell.key.rpartition("/")[0])]["key"].append(cell)
    known = set(cells)
    return [(total, found) for total, sides in parts.items() if total in known for found in sides.values()]
