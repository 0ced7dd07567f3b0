"""Questions that every page asks: their SQL is made once, and only who asks and when is put in each time.

Making the SQL of a wide question takes Django longer than PostgreSQL takes to answer it, and planning it too: so
it is prepared, with its constants in it and the asker beside it. The question itself is still written with the
policies' conditions, in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Func, QuerySet, UUIDField, Value
from django.db.models.functions import Cast
from django.db.models.query import get_related_populators
from psycopg.sql import Literal

from accord.casework.cases.models import Case
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
        self._compiler: Any = None

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

    def records(self, actor: Actor, **about: Any) -> list[Any]:
        """As `rows`, where the question is for records: each with what was joined and annotated."""
        rows: Iterable[Any] = self.rows(actor, **about)
        columns, kind = self._compiler.select, self._compiler.klass_info
        if converters := self._compiler.get_converters([column[0] for column in columns]):
            rows = self._compiler.apply_converters(rows, converters)
        first, last = kind["select_fields"][0], kind["select_fields"][-1] + 1
        names = [column[0].target.attname for column in columns[first:last]]
        joined = get_related_populators(kind, columns, "default")  # type: ignore[call-arg]
        found = []
        for row in rows:
            record = kind["model"].from_db("default", names, row[first:last])
            for populator in joined:
                populator.populate(row, record)
            for name, place in self._compiler.annotation_col_map.items():
                setattr(record, name, row[place])
            found.append(record)
        return found

    def _compiled(self) -> str:
        """The statement with its constants, so that the planner sees them, and places for who asks and when."""
        query = self.build(SOMEBODY, SOME_DAY, SOME_INSTANT).query
        compiler: Any = query.get_compiler("default")
        statement, places = compiler.as_sql()
        first, *others = str(statement).split("%s")
        values = [KINDS[place] if place in KINDS else _literal(place) for place in places]
        self._compiler = compiler
        return first + "".join(value + text for value, text in zip(values, others, strict=True))


def _literal(constant: Any) -> str:
    text: str = Literal(constant).as_string(connection.connection)
    return text.replace("%", "%%")


def records_in_case(asked: Callable[[Actor], QuerySet[Any]]) -> Callable[[Actor, Case], list[Any]]:
    """The question for these records in one case; made anew for the insured person, whose conditions are others."""
    compiled = Compiled(lambda actor, today, now: asked(actor).filter(case_id=SOME_CASE))

    def found(actor: Actor, case: Case) -> list[Any]:
        if actor.is_insured:
            return list(asked(actor).filter(case=case))
        return compiled.records(actor, case_id=case.pk)

    return found
