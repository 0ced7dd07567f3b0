"""Lines of the worklist in one shape, so that one question gathers those of every app."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, F, Model, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, JSONObject

from accord.casework.cases.selectors.compiled import Compiled
from accord.casework.cases.selectors.conditions import shown_name
from accord.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """What waits in a case: its kind and why, whose case, since and until when, and what this kind tells."""

    kind: str
    why: str
    key: UUID
    case_id: UUID | None
    number: str
    who: str | None
    since: datetime
    due_on: date | None
    told: dict[str, Any]


Source = Callable[[Actor, bool, date, datetime], Iterable[QuerySet[Any]]]
"""An app's questions for the worklist: the actor, whether only her own, the day, the instant."""


def lines_on_worklist(actor: Actor, *sources: Source, only_mine: bool) -> list[Line]:
    """What these apps want of the actor, or of her whole institution; one query, however many apps they are."""
    rows = _question(sources, only_mine, actor.roles).rows(actor)
    return [
        Line(kind, why, key, case_id, number, who, since, due_on, json.loads(told))
        for kind, why, key, case_id, number, who, since, due_on, told in rows
    ]


@cache
def _question(sources: tuple[Source, ...], only_mine: bool, roles: frozenset[str]) -> Compiled:
    """Which sorts of lines are asked for follows from the roles; who asks is put in each time."""

    def build(actor: Actor, today: date, now: datetime) -> QuerySet[Any]:
        one = replace(actor, roles=roles)
        first, *others = [part for source in sources for part in source(one, only_mine, today, now)]
        return first.union(*others, all=True)

    return Compiled(build)


def lines(
    actor: Actor,
    kind: str,
    why: str | F,
    found: QuerySet[Any],
    *,
    most: int,
    since: str,
    due_on: str | None = None,
    case: str = "case",
    **told: Any,
) -> QuerySet[Any]:
    """The first of the records found, as lines; what is shown beside is joined for these alone.

    `case` is the way from the record to its case.
    """
    records: type[Model] = found.model
    return _shaped(
        records._default_manager.filter(pk__in=found.values("pk")[:most]).order_by(),
        kind,
        why,
        (f"{case}_id", f"{case}__number", Cast(shown_name(actor, f"{case}__person_id"), CharField())),
        since=since,
        due_on=due_on,
        told=told,
    )


def lines_without_case(
    kind: str, why: str, found: QuerySet[Any], *, most: int, since: str, due_on: str, **told: Any
) -> QuerySet[Any]:
    """The first of what waits outside of any case, and names nobody."""
    records: type[Model] = found.model
    nowhere = (
        Value(None, output_field=UUIDField()),
        Value("", output_field=CharField()),
        Value(None, output_field=CharField()),
    )
    first = records._default_manager.filter(pk__in=found.values("pk")[:most]).order_by()
    return _shaped(first, kind, why, nowhere, since=since, due_on=due_on, told=told)


def _shaped(
    first: QuerySet[Any],
    kind: str,
    why: str | F,
    case: tuple[Any, Any, Any],
    *,
    since: str,
    due_on: str | None,
    told: dict[str, Any],
) -> QuerySet[Any]:
    return first.values_list(
        Value(kind, output_field=CharField()),
        Cast(why if isinstance(why, F) else Value(why), CharField()),
        "pk",
        *case,
        Cast(F(since), DateTimeField()),
        Cast(F(due_on), DateField()) if due_on else Value(None, output_field=DateField()),
        JSONObject(**told),
    )
