"""Read what is shared, and with whom: kinds of data, circle, desk."""

from __future__ import annotations

from collections.abc import Iterable

from accord.network.programmes.rules import shape, vocabulary
from accord.network.programmes.rules.tables import Table


def read_seat(table: Table) -> shape.CircleSeat:
    """A seat of the circle."""
    return shape.CircleSeat(
        kind=table.word("kind", vocabulary.INSTITUTION_KINDS),
        role=table.word("role", vocabulary.CIRCLE_ROLES),
        note=table.localized_if_any("note"),
    )


def read_desk(root: Table, circle: Iterable[shape.CircleSeat]) -> shape.Desk:
    """Who triages; the circle must know this desk."""
    table = root.table("desk")
    desk = shape.Desk(
        kind=table.word("kind", vocabulary.INSTITUTION_KINDS),
        role=table.word("role", vocabulary.USER_ROLES),
        announce_from=table.words("announce_from", vocabulary.INSTITUTION_KINDS, required=True),
    )
    table.finish()
    if desk.kind in vocabulary.INSTITUTION_KINDS and not any(
        seat.kind == desk.kind and seat.role == "desk" for seat in circle
    ):
        what = f"The desk is of the kind “{desk.kind}”, but no [[circle]] gives this kind the role “desk”."
        table.fault("kind", what, f"Add [[circle]] kind = “{desk.kind}” role = “desk”, or change the desk.")
    return desk


def read_category(table: Table) -> shape.Category:
    """A kind of data; its bit is that of all programmes, or one of its own."""
    key = table.key()
    bit = table.number("bit", least=0, most=vocabulary.LAST_BIT)
    wanted = vocabulary.CATEGORY_BITS.get(key)
    if bit is not None and wanted is not None and bit != wanted:
        what = f"The category “{key}” has bit {bit}."
        table.fault("bit", what, f"It has bit {wanted} in every programme: write bit = {wanted}.")
    if bit is not None and wanted is None and bit < vocabulary.FIRST_OWN_BIT:
        what = f"Bit {bit} of the category “{key}” is kept for the categories that all programmes share."
        mend = f"Take a bit from {vocabulary.FIRST_OWN_BIT} to {vocabulary.LAST_BIT}."
        table.fault("bit", what, mend)
    return shape.Category(
        key=key,
        bit=bit or 0,
        label=table.localized("label", longest=120),
        explanation=table.localized("explanation"),
        sensitive=table.flag("sensitive", required=True),
    )
