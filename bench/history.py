"""The history of all runs kept, as one drawing: how many times the shell each kind of work took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 960, 420, 48, 250, 40, 56
DRAWN = {
    "worklist: mine": "#1b5e56",
    "cases: first page": "#8a4b08",
    "cases: last page": "#6b3fa0",
    "case page": "#0b57a4",
    "search: name with a typing error": "#a3243b",
    "open: the desk accepts": "#4f6d0f",
    "revoke an authorisation": "#555555",
}


def draw_history(runs: Sequence[dict[str, Any]]) -> str:
    """An SVG: one line for each kind of work, one place for each run, in their order."""
    return "\n".join(_elements(runs)) + "\n"


def _elements(runs: Sequence[dict[str, Any]]) -> Iterator[str]:
    series = {name: [_value(run, name) for run in runs] for name in DRAWN}
    top = max([4.0, *(value for values in series.values() for value in values if value)])
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' font-family="sans-serif" font-size="13">'
    )
    yield "<title>Work as a multiple of the empty page, largest institution, run by run</title>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fbfaf6"/>'
    yield f'<text x="{LEFT}" y="24" fill="#222">× the empty page (p50, largest institution)</text>'
    for tick in range(int(top) + 1):
        y = _y(tick, top)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd8cc"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#444">{tick}</text>'
    for place, run in enumerate(runs):
        x = _x(place, len(runs))
        yield f'<text x="{x:.1f}" y="{HEIGHT - 32}" text-anchor="middle" fill="#444">{run["at"][5:10]}</text>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - 16}" text-anchor="middle" fill="#444">{_short(run)}</text>'
    labels = sorted(((values[-1] or 0), name) for name, values in series.items())
    heights = _apart([_y(value, top) for value, _name in labels])
    for (_value_of, name), label_y in zip(labels, heights, strict=True):
        colour = DRAWN[name]
        points = [(_x(place, len(runs)), _y(value, top)) for place, value in enumerate(series[name]) if value]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for x, y in points:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'
        yield f'<text x="{WIDTH - RIGHT + 14}" y="{label_y:.1f}" fill="{colour}">{escape(name)}</text>'
    yield "</svg>"


def _value(run: dict[str, Any], name: str) -> float | None:
    found = next((row for row in run["rows"] if row["name"] == name), None)
    value = found["over_shell"].get("largest") if found else None
    return float(value) if value else None


def _short(run: dict[str, Any]) -> str:
    cases = run["worlds"][-1]
    return f"{cases / 1e6:g} M" if cases >= 1_000_000 else f"{cases / 1000:g} k"


def _x(place: int, number: int) -> float:
    room = WIDTH - LEFT - RIGHT
    return LEFT + room * (place + 0.5) / max(1, number)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top


def _apart(heights: list[float]) -> list[float]:
    """Labels from the lowest upwards, each at least a line above the one before."""
    placed: list[float] = []
    for height in heights:
        placed.append(min(height + 4, placed[-1] - 16) if placed else height + 4)
    return placed
