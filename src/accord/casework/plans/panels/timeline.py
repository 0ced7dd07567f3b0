"""The measures of a plan along time, one bar each, by institution; what competes is marked on the bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accord.casework.plans.models import Measure
from accord.casework.plans.selectors import Judged

WIDTH = 1000
"""Units of the bars' view box, which is stretched to the room that there is."""
AHEAD = timedelta(days=60)
"""How far an open end is drawn when nothing later is planned."""
NARROWEST = 6


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where along the view box."""

    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A measure along time, with the stretches in which it competes and the numbers of those findings."""

    measure: Measure
    span: Span
    marks: tuple[Span, ...]
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """An institution with its bars."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: from when to when, where today is, what is drawn, and what has no date yet."""

    since: date
    until: date
    today: int
    lanes: tuple[Lane, ...]
    unplaced: tuple[Measure, ...]


def timeline_of(measures: Sequence[Measure], findings: Sequence[Judged], today: date) -> Timeline | None:
    """The picture of a plan; None while no measure has a first day. Findings are numbered from 1."""
    placed = [measure for measure in measures if measure.since is not None]
    if not placed:
        return None
    days = [day for measure in placed for day in (measure.since, measure.until) if day is not None]
    since, until = min([*days, today]), max([*days, today + AHEAD])

    def at(day: date) -> int:
        return round(WIDTH * (min(max(day, since), until) - since).days / max(1, (until - since).days))

    def span(first: date, last: date | None) -> Span:
        x = min(at(first), WIDTH - NARROWEST)
        return Span(x, max(NARROWEST, at(last or until) - x))

    lanes: dict[str, list[Bar]] = {}
    for measure in sorted(placed, key=lambda m: (m.owner.name, m.since or since, m.title)):
        mine = [(n, found) for n, found in enumerate(findings, 1) if measure.origin in found.finding.rows]
        marks = [found.finding for _n, found in mine if found.finding.since and found.finding.kind != "gap"]
        bar = Bar(
            measure,
            span(measure.since or since, measure.until),
            tuple(span(mark.since, mark.until) for mark in marks if mark.since),
            tuple(n for n, _found in mine),
        )
        lanes.setdefault(measure.owner.name, []).append(bar)
    return Timeline(
        since,
        until,
        at(today),
        tuple(Lane(name, tuple(bars)) for name, bars in lanes.items()),
        tuple(measure for measure in measures if measure.since is None),
    )
