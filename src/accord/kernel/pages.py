"""Pages of a long list by keyset: no count, and the last page is as fast as the first."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
Place = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the marks that lead to those after and before them; empty where there are none."""

    rows: list[Row]
    after: str = ""
    before: str = ""


def page_of(
    query: QuerySet[Row],
    *,
    instant: str,
    after: str = "",
    before: str = "",
    size: int = 25,
    oldest_first: bool = False,
) -> Page[Row]:
    """One page, the newest or oldest by `instant` first; a mark that is none of ours begins at the top."""
    back, on = ("lt", "gt") if oldest_first else ("gt", "lt")
    orders = {"gt": (instant, "id"), "lt": (f"-{instant}", "-id")}
    if from_below := _place(before):
        query = query.filter(_beyond(instant, back, from_below)).order_by(*orders[back])
    else:
        from_above = _place(after)
        if from_above:
            query = query.filter(_beyond(instant, on, from_above))
        query = query.order_by(*orders[on])
    found = list(query[: size + 1])
    has_more, rows = len(found) > size, found[:size]
    if from_below:
        rows.reverse()
        has_next, has_previous = True, has_more
    else:
        has_next, has_previous = has_more, bool(_place(after))
    return Page(
        rows,
        after=_mark(rows[-1], instant) if rows and has_next else "",
        before=_mark(rows[0], instant) if rows and has_previous else "",
    )


def _beyond(instant: str, side: str, place: Place) -> Q:
    at, key = place
    return Q(**{f"{instant}__{side}": at}) | Q(**{instant: at, f"id__{side}": key})


def _mark(row: Any, instant: str) -> str:
    text = f"{getattr(row, instant).isoformat()} {row.pk}"
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(mark: str) -> Place | None:
    try:
        text = urlsafe_b64decode(f"{mark}{'=' * (-len(mark) % 4)}").decode()
        at, key = text.rsplit(" ", 1)
        instant = datetime.fromisoformat(at)
        return (instant, UUID(key)) if instant.tzinfo else None
    except ValueError:
        return None
