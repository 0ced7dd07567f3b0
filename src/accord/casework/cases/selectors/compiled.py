"""Questions that every page asks: their SQL is made once, and only who asks and when is put in each time.

Making the SQL of a wide question takes Django longer than PostgreSQL takes to answer it, and planning it too: so
it is prepared, with its constants in it and the asker beside it. The question itself is still written with the
policies' conditions, in one place.
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
from psycopg.sql import Literal

from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.database.prepared import prepared

SOMEBODY = Actor(user_id=UUID(int=1), institution_id=UUID(int=2))
SOME_DAY = date(1848, 9, 12)
SOME_INSTANT = datetime(1848, 9, 12, 12, tzinfo=UTC)
SOME_KEYS = "these"
SOME_CASE, SOME_PERSON = UUID(int=3), UUID(int=4)
SOME_VISIT = datetime(1848, 9, 13, 12, tzinfo=UTC)
"""They stand in the parameters in the places of the asker, the day, the instant, and what is asked about."""

KINDS = {
    SOMEBODY.user_key: "%(user)s::uuid",
    SOMEBODY.institution_key: "%(institution)s::uuid",
    SOME_DAY: "%(day)s::date",
    SOME_INSTANT: "%(instant)s::timestamptz",
    SOME_KEYS: "%(keys)s::text",
    SOME_CASE: "%(case)s::uuid",
    SOME_PERSON: "%(person)s::uuid",
    SOME_VISIT: "%(visit)s::timestamptz",
}
"""How each of them stands in the statement."""
Build = Callable[[Actor, date, datetime], QuerySet[Any]]


def these() -> Cast:
    """The keys of the rows that are asked for, as an array: one parameter, however many they are."""
    keys = Func(Value(SOME_KEYS), Value(","), function="string_to_array")
    return Cast(keys, ArrayField(UUIDField()))


class Compiled:
    """A question whose rows are plain values; it depends on nothing but what the placeholders stand for."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self._made = ""

    def rows(
        self,
        actor: Actor,
        keys: Sequence[UUID] = (),
        *,
        case_id: UUID | None = None,
        person_id: UUID | None = None,
        since: datetime | None = None,
    ) -> list[tuple[Any, ...]]:
        """Ask it now, for this actor, about the rows of these keys, or about a case and its person; one query."""
        self._made = self._made or self._compiled()
        said: dict[str, Any] = {
            "user": actor.user_key,
            "institution": actor.institution_key,
            "day": today(),
            "instant": now(),
            "keys": ",".join(map(str, keys)),
            "case": case_id,
            "person": person_id,
            "visit": since,
        }
        with prepared() as cursor:
            cursor.execute(self._made, said)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def _compiled(self) -> str:
        """The statement with its constants, so that the planner sees them, and places for who asks and when."""
        statement, places = self.build(SOMEBODY, SOME_DAY, SOME_INSTANT).query.sql_with_params()
        first, *others = statement.split("%s")
        values = [KINDS[place] if place in KINDS else _literal(place) for place in places]
        return first + "".join(value + text for value, text in zip(values, others, strict=True))


def _literal(constant: Any) -> str:
    return Literal(constant).as_string(connection.connection).replace("%", "%%")
