"""Read what a plan may be made of."""

from __future__ import annotations

from accord.network.programmes.rules import shape, vocabulary
from accord.network.programmes.rules.reading.each import read_each
from accord.network.programmes.rules.tables import Table


def read_goals(root: Table) -> tuple[shape.Goal, ...]:
    """Every goal; what it contradicts is another goal of the same file."""
    known = [str(table.data.get("key")) for table in root.tables("goal")]
    goals: tuple[shape.Goal, ...] = read_each(root, "goal", lambda table: _goal(table, known))
    return goals


def read_measure_kind(table: Table) -> shape.MeasureKind:
    """A kind of measure, and which institutions offer it."""
    return shape.MeasureKind(
        key=table.key(),
        label=table.localized("label", longest=120),
        exclusive=table.flag("exclusive", required=True),
        steers=table.flag("steers"),
        article=table.text("article", required=False, longest=100),
        kinds=table.words("kinds", vocabulary.INSTITUTION_KINDS),
        source=table.text("source"),
        confidence=table.word("confidence", vocabulary.CONFIDENCE),
    )


def _goal(table: Table, known: list[str]) -> shape.Goal:
    key = table.key()
    return shape.Goal(
        key=key,
        label=table.localized("label", longest=120),
        contradicts=table.words("contradicts", [other for other in known if other != key]),
    )
