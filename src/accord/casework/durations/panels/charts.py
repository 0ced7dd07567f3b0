"""Pictures of figures: where each shape stands. What a shape says stands beside it in words, never in colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accord.casework.durations.panels.tables import Hidden, Table, Value

WIDTH = 360
ROW, BAR, NARROW_BAR = 46, 14, 6
PLOT_TOP, PLOT_HEIGHT, FOOT = 22, 130, 24
MOST_STACKS = 8
FILLS = ("full", "hatched", "dotted", "empty")
"""The shapes of a stack, told apart by their pattern."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle with the way in which it is filled."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word at a place; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture with its title, what it shows in words, and its shapes."""

    key: str
    title: str
    description: str
    height: float
    shapes: list[Shape] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    legend: list[tuple[str, str]] = field(default_factory=list)
    width: float = WIDTH


def bars(table: Table, *, value: int, further: int | None = None) -> Drawing:
    """One bar a row: to the value, and a thin one on to a further value (such as the ninth decile)."""
    rows = [row for row in table.rows if isinstance(row[value], int | float)]
    longest = max((_number(row[further or value]) for row in rows), default=0) or 1
    drawing = Drawing(f"image-{table.key}", table.title, _description(table), height=len(rows) * ROW + 4)
    for place, row in enumerate(rows):
        top = place * ROW
        drawing.words.append(Word(0, top + 14, str(row[0])))
        reached = _number(row[value]) / longest * (WIDTH - 92)
        said = _days(row[value])
        end = reached
        if further is not None:
            end = max(end, _number(row[further]) / longest * (WIDTH - 92))
            drawing.shapes.append(
                Shape(0, top + 20 + (BAR - NARROW_BAR) / 2, round(end, 1), NARROW_BAR, "thin")
            )
            said = f"{said} · {_days(row[further])}"
        drawing.shapes.append(Shape(0, top + 20, max(1.0, round(reached, 1)), BAR, "full"))
        drawing.words.append(Word(round(end, 1) + 6, top + 32, said, is_quiet=True))
    return drawing


def columns(title: str, key: str, words: Sequence[str], values: Sequence[Value]) -> Drawing:
    """A distribution: one column a class, its number above; a class that is not published says so."""
    most = max((_number(value) for value in values), default=0) or 1
    step = WIDTH / len(values)
    pairs = "; ".join(f"{word} : {value}" for word, value in zip(words, values, strict=True))
    drawing = Drawing(f"image-{key}", title, pairs, height=PLOT_TOP + PLOT_HEIGHT + FOOT)
    for place, (word, value) in enumerate(zip(words, values, strict=True)):
        tall = round(_number(value) / most * PLOT_HEIGHT, 1)
        left, floor = place * step, PLOT_TOP + PLOT_HEIGHT
        drawing.shapes.append(
            Shape(round(left + 4, 1), floor - tall, round(step - 8, 1), max(tall, 1), "full")
        )
        middle = round(left + step / 2, 1)
        drawing.words.append(Word(middle, floor - tall - 6, _said(value), "middle"))
        drawing.words.append(Word(middle, floor + 16, word, "middle", is_quiet=True))
    return drawing


def stacks(table: Table) -> Drawing:
    """One stack a period, the last eight: the middle columns of a table, its last column above.

    Parts that are not published are left out, and the table says so.
    """
    names = [str(name) for name in table.columns[1:-1]]
    rows = list(table.rows)[-MOST_STACKS:]
    most = max((sum(map(_number, row[1:-1])) for row in rows), default=0) or 1
    drawing = Drawing(
        f"image-{table.key}",
        table.title,
        _description(table),
        height=PLOT_TOP + PLOT_HEIGHT + FOOT,
        legend=list(zip(FILLS, names, strict=False)),
    )
    step = WIDTH / max(len(rows), 1)
    for place, row in enumerate(rows):
        floor: float = PLOT_TOP + PLOT_HEIGHT
        left = place * step
        for fill, value in zip(FILLS, row[1:-1], strict=False):
            tall = round(_number(value) / most * PLOT_HEIGHT, 1)
            floor = round(floor - tall, 1)
            if tall:
                drawing.shapes.append(Shape(round(left + 3, 1), floor, round(step - 6, 1), tall, fill))
        middle = round(left + step / 2, 1)
        drawing.words.append(Word(middle, floor - 5, _said(row[-1]), "middle"))
        drawing.words.append(
            Word(middle, PLOT_TOP + PLOT_HEIGHT + 16, str(row[0])[2:], "middle", is_quiet=True)
        )
    return drawing


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _said(value: Value) -> str:
    if isinstance(value, Hidden):
        return _("n. p.")
    return "0" if value is None else str(value)


def _days(value: Value) -> str:
    return _("%(days)s j") % {"days": f"{_number(value):.0f}"}


def _description(table: Table) -> str:
    lines = [
        f"{head} : " + ", ".join(f"{word} {'–' if cell is None else cell}" for word, cell in cells)
        for head, cells in table.labelled
    ]
    return "; ".join(lines)
