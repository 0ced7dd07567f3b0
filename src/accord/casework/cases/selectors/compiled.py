"""Questions that every page asks: their SQL is made once, and only who asks and when is put in each time.

Making the SQL of a wide question takes Django longer than PostgreSQL takes to answer it. The question itself
is still written with the policies' conditions, in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Func, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from accord.kernel.actors import Actor
from accord.kernel.clock import now, today

SOMEBODY = Actor(user_id=UUID(int=1), institution_id=UUID(int=2))
SOME_DAY = date(1848, 9, 12)
SOME_INSTANT = datetime(1848, 9, 12, 12, tzinfo=UTC)
SOME_KEYS = "these"
SOME_CASE, SOME_PERSON = UUID(int=3), UUID(int=4)
"""They stand in the parameters in the places of the asker, the day, the instant, and what is asked about."""

Build = Callable[[Actor, date, datetime], QuerySet[Any]]


def these() -> Cast:
    """The keys of the rows that are asked for, as an array: one parameter, however many they are."""
    keys = Func(Value(SOME_KEYS), Value(","), function="string_to_array")
    return Cast(keys, ArrayField(UUIDField()))


class Compiled:
    """A question whose rows are plain values; it depends on nothing but what the placeholders stand for."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self._made: tuple[str, tuple[Any, ...]] | None = None

    def rows(
        self,
        actor: Actor,
        keys: Sequence[UUID] = (),
        *,
        case_id: UUID | None = None,
        person_id: UUID | None = None,
    ) -> list[tuple[Any, ...]]:
        """Ask it now, for this actor, about the rows of these keys, or about a case and its person; one query."""
        if self._made is None:
            self._made = self.build(SOMEBODY, SOME_DAY, SOME_INSTANT).query.sql_with_params()
        sql, places = self._made
        values: dict[Any, Any] = {
            SOMEBODY.user_key: actor.user_key,
            SOMEBODY.institution_key: actor.institution_key,
            SOME_DAY: today(),
            SOME_INSTANT: now(),
            SOME_KEYS: ",".join(map(str, keys)),
            SOME_CASE: case_id,
            SOME_PERSON: person_id,
        }
        with connection.cursor() as cursor:
            cursor.execute(sql, [values.get(place, place) for place in places])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
