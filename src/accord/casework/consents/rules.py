"""What an authorisation may be. Pure rules; the words are the service's."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from uuid import UUID


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def check_period(since: date, until: date, today: date, max_months: int) -> str:
    """ "order", "past", "distant" or "long" when the period cannot be, "" when it can.

    Consent is limited in time and to one defined case (national CII model; length: the programme's
    parameter), so it does not begin in a year from now either (deduced).
    """
    if until < since:
        return "order"
    if until < today:
        return "past"
    if since > add_months(today, 12):
        return "distant"
    return "long" if until > add_months(since, max_months) else ""


def is_in_force(state: str, since: date, until: date, today: date) -> bool:
    """Whether an authorisation opens something today: signed, begun, and not over."""
    return state == "active" and since <= today <= until


def check_grants(grants: Mapping[UUID, int], known: int) -> str:
    """ "empty" when nothing is granted, "unknown" when a category is not the programme's, "" otherwise."""
    if not any(grants.values()):
        return "empty"
    return "unknown" if any(mask & ~known for mask in grants.values()) else ""


def mark_of(institution_id: UUID, category: str) -> str:
    """How a ticked cell of the grid is named: the institution and the kind of data."""
    return f"{institution_id}:{category}"


def is_narrower(before: Mapping[UUID, int], after: Mapping[UUID, int]) -> bool:
    """Whether `after` grants nothing new and something less."""
    nothing_new = all(mask & ~before.get(recipient, 0) == 0 for recipient, mask in after.items())
    return nothing_new and any(after.get(recipient, 0) != mask for recipient, mask in before.items())


def due_warning(until: date, today: date, warned: int | None, warning_days: tuple[int, ...]) -> int | None:
    """Which warning (30 days, 7 days) is due and was not given yet; None when none is."""
    left = (until - today).days
    due = [days for days in sorted(warning_days) if 0 <= left <= days]
    if not due:
        return None
    nearest = due[0]
    return nearest if warned is None or nearest < warned else None


def fill(text: str, values: Mapping[str, object]) -> str:
    """A block of the signed wording with `{name}` replaced; a placeholder without value stays visible."""
    return re.sub(r"\{([a-z_]+)\}", lambda match: str(values.get(match[1], match[0])), text)


def is_drawn(strokes: object) -> bool:
    """Whether this is a signature drawn on the screen: strokes of points (x, y, milliseconds).

    At least 8 points, so that a stray click is none; at most 20 000, so that it is not a flood.
    """
    if not isinstance(strokes, list) or not all(isinstance(stroke, list) for stroke in strokes):
        return False
    points = [point for stroke in strokes for point in stroke]
    return 8 <= len(points) <= 20_000 and all(map(_is_point, points))


def _is_point(point: object) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 3
        and all(type(value) in (int, float) and abs(value) < 1e9 for value in point)
    )


def drawing(strokes: list[list[list[float]]]) -> str:
    """A signature as SVG: only numbers are taken over, and it fills its own frame."""
    xs = [float(point[0]) for stroke in strokes for point in stroke]
    ys = [float(point[1]) for stroke in strokes for point in stroke]
    left, top, width, height = min(xs) - 4, min(ys) - 4, max(xs) - min(xs) + 8, max(ys) - min(ys) + 8
    path = " ".join(
        "M" + " L".join(f"{float(point[0]):.1f} {float(point[1]):.1f}" for point in stroke)
        for stroke in strokes
        if stroke
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}">'
        f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="2.5"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
