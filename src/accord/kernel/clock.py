"""The time, in one place, so that tests and the demo world may set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SWISS_TIME = ZoneInfo("Europe/Zurich")
FOREVER = datetime(9999, 12, 30, tzinfo=UTC)
"""The open end of a period. A real value, so that indexes and comparisons stay simple."""
NEVER = datetime(1, 1, 2, tzinfo=UTC)
"""The end of a period that has not been; a real value, too."""

_frozen: ContextVar[datetime | None] = ContextVar("accord_frozen_time", default=None)


def now() -> datetime:
    """This instant, with its time zone (UTC)."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """Today's date where the caseworker sits."""
    return now().astimezone(SWISS_TIME).date()


@contextmanager
def frozen_at(instant: datetime) -> Iterator[None]:
    """Let the block believe that it is `instant`."""
    token = _frozen.set(instant)
    try:
        yield
    finally:
        _frozen.reset(token)
