"""Pages of a long list by keyset: no count, and the last page is as fast as the first."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

Row = TypeVar("Row")
Place = tuple[date, UUID]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the marks that lead to those after and before them; empty where there are none."""

    rows: list[Row]
    after: str = ""
    before: str = ""


def page_of(
    query: Any,
    *,
    instant: str,
    oldest_first: bool = False,
    after: str = "",
    before: str = "",
    size: int = 25,
) -> Page[Any]:
    """One page of a queryset, in the order of the field `instant`, the newest first unless told otherwise.

    The field is a moment or a day, and never empty. A mark that is none of ours begins at the top.
    """
    from_below, from_above = _place(before), _place(after)
    upwards = oldest_first != bool(from_below)
    if place := from_below or from_above:
        at, key = place
        side, wrong_side = ("gte", "lte") if upwards else ("lte", "gte")
        query = query.filter(**{f"{instant}__{side}": at}).exclude(**{instant: at, f"id__{wrong_side}": key})
    sign = "" if upwards else "-"
    found = list(query.order_by(f"{sign}{instant}", f"{sign}id")[: size + 1])
    has_more, rows = len(found) > size, found[:size]
    if from_below:
        rows.reverse()
        has_next, has_previous = True, has_more
    else:
        has_next, has_previous = has_more, from_above is not None
    return Page(
        rows,
        after=_mark(rows[-1], instant) if rows and has_next else "",
        before=_mark(rows[0], instant) if rows and has_previous else "",
    )


def _mark(row: Any, instant: str) -> str:
    text = f"{getattr(row, instant).isoformat()} {row.pk}"
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(mark: str) -> Place | None:
    try:
        text = urlsafe_b64decode(f"{mark}{'=' * (-len(mark) % 4)}").decode()
        at, key = text.rsplit(" ", 1)
        if "T" not in at:
            return date.fromisoformat(at), UUID(key)
        instant = datetime.fromisoformat(at)
        return (instant, UUID(key)) if instant.tzinfo else None
    except ValueError:
        return None
