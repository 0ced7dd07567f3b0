"""The picture of a case: along time, one lane per institution. Pure geometry; colours are the style sheet's.

The same geometry is drawn lying (time from left to right) and standing (from top to bottom, for a phone).
All measures are whole units of the SVG's view box, so that no locale writes them with a comma.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils.dates import MONTHS_3

LONGEST_AHEAD = timedelta(days=365)
SHORTEST_PAST = timedelta(days=60)
SHORTEST_SPAN = timedelta(days=60)
MOST_TICKS = 12
DOT = 8
CLUSTER_WITHIN = 20
LETTER = 7.5
WORST_FIRST = ("late", "open", "done", "dropped")


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
    """From one day to another, or until now: a file of the institution ("care") or its part ("part")."""

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


def extent(story: Story) -> tuple[date, date]:
    """The first and the last day of the picture: the case, what came before it, and what is planned.

    Of the time before, at most half as long as the case has lasted (two months at least): care that began
    earlier is cut at the edge, so that ten years of benefits do not squeeze the case.
    """
    known = [period.since for period in story.periods] + [crossing.on for crossing in story.crossings]
    known += [moment.on for moment in story.moments]
    past = max(((story.ended or story.today) - story.began) / 2, SHORTEST_PAST)
    first = max(min([story.began, *known]), story.began - past)
    last = max(
        [story.ended or story.today, *[moment.on for moment in story.moments if moment.kind != "dropped"]]
    )
    last = min(max(last, first), story.today + LONGEST_AHEAD)
    span = max(last - first, SHORTEST_SPAN)
    return first - span / 40, max(last, first + SHORTEST_SPAN) + span / 12


def ticks_between(since: date, until: date) -> list[tuple[date, str]]:
    """Beginnings of weeks, months, quarters or years: the finest that leaves no more than twelve of them."""
    weeks = (until - since).days / 7
    for step in (1, 2):
        if weeks / step <= MOST_TICKS:
            monday = since + timedelta(days=-since.weekday() % 7)
            return [
                (monday + timedelta(weeks=n), "week") for n in range(0, (until - monday).days // 7 + 1, step)
            ]
    months = (until.year - since.year) * 12 + until.month - since.month
    step = next((n for n in (1, 3, 6, 12, 24, 60, 120) if months / n <= MOST_TICKS), 240)
    unit = "month" if step == 1 else "quarter" if step < 12 else "year"
    every = max(1, step // 12)
    found = []
    for year in range(since.year, until.year + 1):
        if year % every:
            continue
        for month in range(1, 13, min(step, 12)):
            day = date(year, month, 1)
            if since <= day <= until:
                found.append((day, unit))
    return found


def gaps_in(periods: Iterable[Period], since: date, until: date) -> list[tuple[date, date]]:
    """Stretches between the first known care and `until` during which no institution has an open file."""
    care = sorted((p.since, p.until or date.max) for p in periods if p.kind == "care" and p.since <= until)
    found: list[tuple[date, date]] = []
    covered: date | None = None
    for start, end in care:
        if covered is not None and (start - covered).days > 1:
            found.append((max(covered, since), start))
        covered = end if covered is None else max(covered, end)
    if covered is not None and covered < until:
        found.append((max(covered, since), until))
    return [(start, end) for start, end in found if end > since and (end - start).days > 1]


def draw(story: Story, *, is_upright: bool = False) -> Picture:
    """Lay the story out, lying for a screen or standing for a phone."""
    frame = _frame(story, is_upright)
    row = {lane.key: frame.top + index * frame.lane for index, lane in enumerate(story.lanes)}
    today = frame.at(story.today)
    crossings = tuple(_crossings(frame, story.crossings))
    return Picture(
        frame=frame,
        heads=tuple(_heads(frame, story.lanes, row)),
        gaps=tuple(_gaps(frame, story)),
        ticks=tuple(_ticks(frame, [shape.at["y1"] for shape in crossings if shape.text])),
        bars=tuple(_bars(frame, story, row)),
        crossings=crossings,
        dots=tuple(_dots(frame, story.moments, row)),
        future=frame.box(today, frame.top, max(0, frame.end - today), frame.bottom - frame.top),
        today=_line(frame, today),
        today_text_at={"x": frame.top - 8, "y": today + 4}
        if is_upright
        else {"x": today, "y": frame.bottom + 20},
    )


def _frame(story: Story, is_upright: bool) -> Frame:
    since, until = extent(story)
    count = max(1, len(story.lanes))
    if is_upright:
        return Frame(True, since, until, 40, 560, 112, max(40, 244 // count), count, story.today)
    return Frame(False, since, until, 184, 990, 52, 54, count, story.today)


def _line(frame: Frame, along: int) -> dict[str, int]:
    one, other = frame.point(along, frame.top - 6), frame.point(along, frame.bottom)
    return {"x1": one["x"], "y1": one["y"], "x2": other["x"], "y2": other["y"]}


def _heads(frame: Frame, lanes: Sequence[Lane], row: dict[UUID, int]) -> Iterator[Head]:
    for lane in lanes:
        across = row[lane.key]
        if frame.is_upright:
            room = int(frame.lane / LETTER)
            text_at = {"x": across + frame.lane // 2, "y": frame.start - 14}
            at = {"x": across, "y": 0, "width": frame.lane, "height": frame.end}
        else:
            room = int((frame.start - 16) / (LETTER + 1))
            text_at = {"x": 6, "y": across + frame.lane // 2 + 5}
            at = {"x": 0, "y": across, "width": frame.end, "height": frame.lane}
        text = lane.short if len(lane.short) <= room else f"{lane.short[: room - 1]}…"
        yield Head(lane, at, text_at, text)


def _ticks(frame: Frame, taken: Sequence[int]) -> Iterator[Tick]:
    today = frame.at(frame.today)
    is_first = True
    for day, unit in ticks_between(frame.since, frame.until):
        along = frame.at(day)
        text_at = (
            {"x": frame.top - 8, "y": along + 4} if frame.is_upright else {"x": along, "y": frame.bottom + 20}
        )
        is_free = abs(along - today) > (16 if frame.is_upright else 64)
        if frame.is_upright:
            is_free = is_free and all(abs(along - other) > 14 for other in taken)
        yield Tick(
            day, unit, _line(frame, along), _tick_text(day, unit, is_first) if is_free else "", text_at
        )
        is_first = is_first and not is_free


def _tick_text(day: date, unit: str, is_first: bool) -> str:
    if unit == "year":
        return str(day.year)
    if unit == "week":
        return f"{day:%d.%m.}"
    month = str(MONTHS_3[day.month])
    return f"{month} {day.year}" if is_first or day.month == 1 or unit == "quarter" else month


def _gaps(frame: Frame, story: Story) -> Iterator[Shape]:
    if not story.care_is_known:
        return
    for start, end in gaps_in(story.periods, frame.since, min(story.ended or story.today, story.today)):
        along = frame.at(start)
        yield Shape(
            "gap",
            frame.box(along, frame.top, max(2, frame.at(end) - along), frame.bottom - frame.top),
            since=start,
            until=end,
        )


def _bars(frame: Frame, story: Story, row: dict[UUID, int]) -> Iterator[Shape]:
    for period in story.periods:
        if period.lane not in row or (period.until is not None and period.until < frame.since):
            continue
        last = period.until or story.ended or frame.until
        along, end = frame.at(period.since), frame.at(max(last, period.since))
        offset, thick = (6, 20) if period.kind == "care" else (38, 3)
        long = max(3, min(end, frame.end) - along)
        along = min(along, frame.end - long)
        across = row[period.lane] + (offset * frame.lane // 54 if frame.is_upright else offset)
        fits = not frame.is_upright and period.kind == "care" and len(period.label) * LETTER + 14 < long
        yield Shape(
            period.kind,
            frame.box(along, across, long, thick),
            title=period.label,
            text=period.label if fits else "",
            text_at=frame.point(along + 8, across + 15),
            since=period.since,
            until=period.until,
        )


def _crossings(frame: Frame, crossings: Sequence[Crossing]) -> Iterator[Shape]:
    """Marks across all lanes; a name is written only where it does not run into another."""
    free = [-1, -1]
    for crossing in sorted(crossings, key=lambda c: (c.on, c.label)):
        if crossing.on < frame.since:
            continue
        along, text, text_at = frame.at(crossing.on), "", {}
        if frame.is_upright:
            start, long, levels = along, 16, 1
        else:
            long, levels = round(len(crossing.label) * LETTER) + 12, 2
            start = max(frame.start, min(along, frame.width - long))
        for level in range(levels):
            if start > free[level]:
                free[level], text = start + long, crossing.label
                text_at = (
                    {"x": frame.top - 8, "y": along + 4}
                    if frame.is_upright
                    else {"x": start, "y": frame.top - 12 - 19 * level}
                )
                break
        if frame.is_upright and len(text) > 14:
            text = f"{text[:13]}…"
        yield Shape(crossing.kind, _line(frame, along), crossing.label, text, text_at, crossing.href)


def _dots(frame: Frame, moments: Sequence[Moment], row: dict[UUID, int]) -> Iterator[Shape]:
    """Steps of one lane that would touch each other become one mark with their number."""
    for lane, across in row.items():
        mine = sorted((m for m in moments if m.lane == lane), key=lambda m: (m.on, m.label))
        clusters: list[list[Moment]] = []
        for moment in mine:
            if clusters and frame.at(moment.on) - frame.at(clusters[-1][0].on) < CLUSTER_WITHIN:
                clusters[-1].append(moment)
            else:
                clusters.append([moment])
        for cluster in clusters:
            kind = min((m.kind for m in cluster), key=WORST_FIRST.index)
            along = min(max(frame.at(cluster[0].on), frame.start + DOT), frame.end - DOT)
            middle = across + (39 * frame.lane // 54 if frame.is_upright else 39)
            yield Shape(
                kind,
                frame.point(along, middle),
                title=" ; ".join(m.label for m in cluster),
                text=str(len(cluster)) if len(cluster) > 1 else "",
                href=cluster[0].href,
                count=len(cluster),
            )


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
