"""What is drawn, in whole units of the SVG's view box, so that no locale writes them with a comma."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from accord.web.lanes.story import Lane


@dataclass(frozen=True, slots=True)
class Frame:
    """Where time and lanes lie in the view box; `is_upright` when time runs from top to bottom."""

    is_upright: bool
    since: date
    until: date
    start: int
    length: int
    top: int
    lane: int
    lanes: int
    today: date

    @property
    def end(self) -> int:
        """Where time ends."""
        return self.start + self.length

    @property
    def bottom(self) -> int:
        """Where the lanes end."""
        return self.top + self.lane * self.lanes

    @property
    def width(self) -> int:
        """Of the view box."""
        return self.bottom + 8 if self.is_upright else self.end + 8

    @property
    def height(self) -> int:
        """Of the view box."""
        return self.end + 8 if self.is_upright else self.bottom + 28

    def at(self, day: date) -> int:
        """Where a day lies along time, never outside of the frame."""
        share = (day - self.since).days / max(1, (self.until - self.since).days)
        return self.start + round(self.length * min(1.0, max(0.0, share)))

    def box(self, along: int, across: int, long: int, thick: int) -> dict[str, int]:
        """Attributes of a rectangle."""
        if self.is_upright:
            return {"x": across, "y": along, "width": thick, "height": long}
        return {"x": along, "y": across, "width": long, "height": thick}

    def point(self, along: int, across: int) -> dict[str, int]:
        """Attributes of a point."""
        return {"x": across, "y": along} if self.is_upright else {"x": along, "y": across}


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing to draw: `kind` chooses its look, `title` says it in words, `text` is on it where it fits."""

    kind: str
    at: dict[str, int]
    title: str = ""
    text: str = ""
    text_at: dict[str, int] = field(default_factory=dict)
    href: str = ""
    count: int = 1
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a week, month, quarter or year."""

    on: date
    unit: str
    at: dict[str, int]
    text: str
    text_at: dict[str, int]


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a lane."""

    lane: Lane
    at: dict[str, int]
    text_at: dict[str, int]
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that the template draws, in the order in which it is drawn."""

    frame: Frame
    heads: tuple[Head, ...]
    gaps: tuple[Shape, ...]
    ticks: tuple[Tick, ...]
    bars: tuple[Shape, ...]
    crossings: tuple[Shape, ...]
    dots: tuple[Shape, ...]
    future: dict[str, int]
    today: dict[str, int]
    today_text_at: dict[str, int]
