"""The step chart: incapacity in percent over time, one line per source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from accord.casework.capacity.models import IncapacityPeriod
from accord.casework.capacity.rules import ONE_DAY, runs_on

AHEAD = timedelta(days=45)
TOP, BOTTOM, START, END = 46, 40, 56, 20
"""Room around the lines: today and the letters above, the days below, the percents before."""
PATTERNS = 6
"""So many dash patterns are told apart; the letter on the line tells them apart, too."""
PERCENTS = (100, 75, 50, 25, 0)
STRIDES = (1, 2, 3, 6, 12, 24, 60)


@dataclass(frozen=True, slots=True)
class Line:
    """One source: its letter, its pattern, its path, and what it says today."""

    letter: str
    source: str
    pattern: int
    path: str
    at: dict[str, int]
    now: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A rule across the chart with its word."""

    at: int
    word: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the drawing needs, in its own units."""

    name: str
    width: int
    height: int
    lines: tuple[Line, ...]
    percents: tuple[Mark, ...]
    months: tuple[Mark, ...]
    today: int
    start: int
    end: int
    top: int
    bottom: int


def chart_of(
    periods: Sequence[IncapacityPeriod],
    today: date,
    *,
    name: str = "lying",
    width: int = 960,
    height: int = 320,
) -> Chart:
    """Lay out the periods; they come by source and day."""
    first = min(period.since for period in periods)
    last = max(today, *(period.until or period.since for period in periods)) + AHEAD
    span = max(1, (last - first).days + 1)
    end, bottom = width - END, height - BOTTOM

    def across(on: date) -> int:
        return START + round((on - first).days * (end - START) / span)

    def up(rate: int) -> int:
        return bottom - round(rate * (bottom - TOP) / 100)

    sources = [list(found) for _key, found in groupby(periods, key=_source)]
    lines = []
    for index, found in enumerate(sources):
        lift = (index - len(sources) // 2) * 4
        lines.append(
            Line(
                letter=letter_of(index),
                source=found[0].source,
                pattern=index % PATTERNS,
                path=_path(found, across, up, lift, last + ONE_DAY),
                at={"x": across(found[0].since) + 4 + 18 * (index % 3), "y": up(found[0].rate) + lift - 6},
                now=rate_on(found, today),
            )
        )
    return Chart(
        name=name,
        width=width,
        height=height,
        lines=tuple(lines),
        percents=tuple(Mark(up(rate), str(rate)) for rate in PERCENTS),
        months=tuple(_months(first, last, across, room=8 if width > 600 else 4)),
        today=across(today),
        start=START,
        end=end,
        top=TOP,
        bottom=bottom,
    )


def letter_of(index: int) -> str:
    """A, B, C…; after Z one begins again."""
    return chr(ord("A") + index % 26)


def rate_on(periods: Sequence[IncapacityPeriod], day: date) -> int | None:
    """What one source says of a day; None when it says nothing."""
    return next((period.rate for period in periods if runs_on(period, day)), None)


def _source(period: IncapacityPeriod) -> tuple[str, str]:
    return period.source_kind, period.source_name.lower()


def _path(
    periods: Sequence[IncapacityPeriod],
    across: Callable[[date], int],
    up: Callable[[int], int],
    lift: int,
    last: date,
) -> str:
    path: list[str] = []
    expected: date | None = None
    for period in periods:
        after = period.until + ONE_DAY if period.until else last
        height = up(period.rate) + lift
        path.append(f"V{height}" if period.since == expected else f"M{across(period.since)} {height}")
        path.append(f"H{across(after)}")
        expected = after
    return "".join(path)


def _months(first: date, last: date, across: Callable[[date], int], room: int) -> Iterator[Mark]:
    months = (last.year - first.year) * 12 + last.month - first.month
    stride = next((s for s in STRIDES if months / s <= room), STRIDES[-1])
    for month in range(months + 1):
        count = first.year * 12 + first.month - 1 + month
        day = date(count // 12, count % 12 + 1, 1)
        if count % stride == 0 and day >= first:
            yield Mark(across(day), f"{day:%m.%Y}")
