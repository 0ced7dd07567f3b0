"""Cases follow their person when two registrations become one, and go back with her."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from accord.casework.cases.enums import EventKind
from accord.casework.cases.models import Case
from accord.casework.cases.policies import cases_visible_to
from accord.casework.cases.services.records import tell
from accord.kernel.actors import Actor
from accord.people.persons.models import Person


def move_cases(by: Actor, gone: Person, kept: Person) -> list[str]:
    """Every case of the one that goes, with all that was disclosed of it, to whomever; told in the timeline."""
    moved = _move(gone, kept, None)
    _tell(by, moved, EventKind.MERGED)
    return [str(key) for key in moved]


def move_cases_back(by: Actor, gone: Person, kept: Person, moved: list[str]) -> None:
    """The cases that came from the one that returns; those opened since stay."""
    _tell(by, _move(kept, gone, moved), EventKind.UNMERGED)


def _move(source: Person, target: Person, only: list[str] | None) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("select accord.move_cases(%s, %s, %s::uuid[])", [source.pk, target.pk, only])
        return list(cursor.fetchone()[0])


def _tell(by: Actor, moved: Iterable[UUID], kind: EventKind) -> None:
    for case in Case.objects.filter(cases_visible_to(by), pk__in=moved).order_by("number"):
        tell(by=by, case=case, kind=kind)
