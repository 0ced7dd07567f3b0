"""Tables that an app above lays beside the page’s own: protected aggregates, and never in the export."""

from __future__ import annotations

from collections.abc import Callable

from accord.casework.durations.panels.tables import Table
from accord.kernel.actors import Actor
from accord.network.programmes.rules import Programme

Further = Callable[[Actor, Programme], Table | None]
_further: list[Further] = []


def show_further(further: Further) -> None:
    """Let an app above add a table to the page of a programme; its columns are: step, count, median in days."""
    _further.append(further)


def further_tables(actor: Actor, programme: Programme) -> list[Table]:
    """What was added for this programme."""
    return [table for further in _further if (table := further(actor, programme)) is not None]
