"""What was reckoned once for all cases when a world was built, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg.rows import class_row

from bench.worlds import World

FIGURES = """
select %s::int as cases, (select count(*) from durations_cell) as cells,
  extract(epoch from sum(finished_at - asked_at))::float as seconds
from durations_calculation
"""


@dataclass(frozen=True, slots=True)
class Bulk:
    """The figures of the durations, of all programmes together."""

    cases: int
    cells: int
    seconds: float


def figures_of(world: World) -> Bulk:
    """How many figures there are, and how long their calculation took."""
    with psycopg.connect(world.server.owner_url(world.database), row_factory=class_row(Bulk)) as owner:
        found = owner.execute(FIGURES, [world.cases]).fetchone()
    assert found is not None
    return found
