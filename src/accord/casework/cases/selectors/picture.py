"""The case and its picture in as few questions to the database as possible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, JSONArray, JSONObject, TruncDate

from accord.casework.cases.models import Case, CaseCircle, Participant, StageEntry
from accord.casework.cases.policies import (
    cases_visible_to,
    files_visible_to,
    in_visible_case,
    participants_visible_to,
    persons_visible_to,
)
from accord.casework.cases.selectors.compiled import SOME_CASE, SOME_PERSON, Compiled
from accord.casework.cases.selectors.conditions import next_step
from accord.kernel.actors import Actor
from accord.people.persons.models import InstitutionFile, Person

IN_HEADER = (
    "id", "institution_id", "family_name", "given_names", "birth_date", "avs_number", "language",
    "needs_interpreter", "phone", "email", "contact_way", "city",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time: an institution's own file (`care`), its part in the case (`part`), or a `stage`."""

    kind: str
    institution_id: UUID
    name: str
    short_name: str
    since: date
    until: date | None
    label: str
    due_on: date | None


def case_with_person(actor: Actor, case_id: UUID) -> tuple[Case, Person | None]:
    """One case with its lead, `next_step` and `second_circle`, and its person as far as disclosed; one query.

    Raises Case.DoesNotExist when the actor may not know of the case.
    """
    found = _case.records(actor, case_id=case_id)
    if not found:
        raise Case.DoesNotExist
    known: dict[str, Any] | None = found[0].known_person
    return found[0], _person(known) if known else None


def _case_question(actor: Actor, today: date, now: datetime) -> QuerySet[Any]:
    shown = Person.objects.filter(persons_visible_to(actor), pk=OuterRef("person_id")).annotate(
        known=JSONObject(**{name: F(name) for name in IN_HEADER})
    )
    return (
        Case.objects.filter(cases_visible_to(actor), pk=SOME_CASE)
        .select_related("lead", "lead_user", "announced_by")
        .annotate(
            known_person=Subquery(shown.values("known")[:1]),
            next_step=next_step(actor, "pk"),
            second_circle=Subquery(_second_circle(actor)[:1]),
        )
    )


def _second_circle(actor: Actor) -> QuerySet[Any]:
    seen = CaseCircle.objects.filter(in_visible_case(actor), case=OuterRef("pk"), left_at__isnull=True)
    named = JSONArray("programme", "programme_version")
    return seen.annotate(named=named).values("named")


def _person(known: dict[str, Any]) -> Person:
    names = [field.attname for field in Person._meta.concrete_fields if field.attname in known]
    values = [UUID(known[name]) if name in ("id", "institution_id") else known[name] for name in names]
    return Person.from_db("default", names, values)


def stretches_of(actor: Actor, case: Case) -> list[Stretch]:
    """Everything of the case that lasts: files, parts and stages, the oldest first; one query."""
    rows = _stretches.rows(actor, case_id=case.pk, person_id=case.person_id)
    return sorted((Stretch(*row) for row in rows), key=lambda s: (s.since, s.until or date.max, s.kind))


def _stretch_question(actor: Actor, today: date, now: datetime) -> QuerySet[Any]:
    files = InstitutionFile.objects.filter(files_visible_to(actor), person_id=SOME_PERSON)
    parts = Participant.objects.filter(participants_visible_to(actor), case_id=SOME_CASE)
    stages = StageEntry.objects.filter(in_visible_case(actor), case_id=SOME_CASE)
    no_day = Cast(Value(None), DateField())
    return _as_rows(
        "care", "institution", files, [F("opened_on"), F("closed_on"), F("number"), no_day]
    ).union(
        _as_rows("part", "institution", parts, [*_days("joined_at", "left_at"), F("role"), no_day]),
        _as_rows("stage", "holder", stages, [*_days("entered_at", "left_at"), F("stage"), F("due_on")]),
        all=True,
    )


def _days(since: str, until: str) -> list[TruncDate]:
    return [TruncDate(since), TruncDate(until)]


def _as_rows(kind: str, body: str, query: QuerySet[Any], rest: list[Any]) -> QuerySet[Any]:
    since, until, label, due_on = rest
    return query.order_by().values_list(
        Value(kind, output_field=CharField()),
        f"{body}_id",
        f"{body}__name",
        f"{body}__short_name",
        since,
        until,
        Cast(label, CharField()),
        due_on,
    )


_case = Compiled(_case_question)
_stretches = Compiled(_stretch_question)
