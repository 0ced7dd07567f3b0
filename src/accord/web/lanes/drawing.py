"""Lay a story out. The same geometry lies (time from left to right) and stands (from top to bottom)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from accord.web.lanes.shapes import Frame, Head, Picture, Shape, Tick
from accord.web.lanes.spans import extent, gaps_in, tick_text, ticks_between
from accord.web.lanes.story import Crossing, Lane, Moment, Story

DOT = 8
CLUSTER_WITHIN = 20
PLACES = {"care": (6, 20), "measure": (28, 7), "part": (38, 3)}
"""Where in its lane a bar of each kind lies, and how thick it is."""
LETTER = 7.5
"""Roughly how wide a letter is."""
WORST_FIRST = ("late", "open", "done", "dropped")


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
        yield Tick(day, unit, _line(frame, along), tick_text(day, unit, is_first) if is_free else "", text_at)
        is_first = is_first and not is_free


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
        offset, thick = PLACES[period.kind]
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
