"""Time in the picture: how far it reaches, its ticks, and the gaps without care."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.dates import MONTHS_3

from accord.web.lanes.story import Period, Story

LONGEST_AHEAD = timedelta(days=365)
SHORTEST_PAST = timedelta(days=60)
SHORTEST_SPAN = timedelta(days=60)
MOST_TICKS = 12


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


def tick_text(day: date, unit: str, is_first: bool) -> str:
    """How a tick is written; the year stands beside the first month that is written, and each January."""
    if unit == "year":
        return str(day.year)
    if unit == "week":
        return f"{day:%d.%m.}"
    month = str(MONTHS_3[day.month])
    return f"{month} {day.year}" if is_first or day.month == 1 or unit == "quarter" else month
