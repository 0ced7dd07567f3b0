"""What the picture tells: lanes, periods, moments, and what concerns all lanes at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Lane:
    """One institution of the picture."""

    key: UUID
    name: str
    short: str
    is_lead: bool = False
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, or until now: a file of the institution, a measure, or its part.

    `kind` is "care", "measure" or "part".
    """

    lane: UUID
    since: date
    until: date | None
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One step in a lane, on its due day or on the day when it ended."""

    lane: UUID
    on: date
    kind: str
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """What concerns all lanes at once: a stage, a meeting, the closing."""

    on: date
    kind: str
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """All that the picture tells. Without `care_is_known` no gap is drawn: the files are not disclosed."""

    lanes: tuple[Lane, ...]
    periods: tuple[Period, ...]
    moments: tuple[Moment, ...]
    crossings: tuple[Crossing, ...]
    today: date
    began: date
    ended: date | None = None
    care_is_known: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the picture's table."""

    since: date
    until: date | None
    who: str
    what: str
    lasts: bool


def lines_of(story: Story) -> list[Line]:
    """The picture as a table, in the order of time; what concerns all lanes names nobody."""
    names = {lane.key: lane.name for lane in story.lanes}
    found = [Line(p.since, p.until, names[p.lane], p.label, True) for p in story.periods if p.lane in names]
    found += [Line(m.on, m.on, names[m.lane], m.label, False) for m in story.moments if m.lane in names]
    found += [Line(c.on, c.on, "", c.label, False) for c in story.crossings]
    return sorted(found, key=lambda line: (line.since, line.who, line.what))
