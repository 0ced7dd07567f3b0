"""Letters that open the window of a case, as colleagues see them; and the one by which somebody came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Q

from accord.casework.cases.models import Case
from accord.casework.window.models import Letter
from accord.casework.window.policies import letters_visible_to
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.database import acting_as


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter with how many of its codes were used."""

    letter: Letter
    used: int
    total: int
    state: str


def letters_of(actor: Actor, case: Case) -> list[LetterLine]:
    """The letters of a case, the newest first; one query."""
    found = (
        Letter.objects.filter(letters_visible_to(actor), case=case)
        .select_related("issued_by", "issued_by_user")
        .annotate(total=Count("codes"), used=Count("codes", filter=Q(codes__used_at__isnull=False)))
        .order_by("-issued_at", "-id")
    )
    return [LetterLine(letter, letter.used, letter.total, _state(letter, now())) for letter in found]


def _state(letter: Letter, at: datetime) -> str:
    if letter.revoked_at:
        return "revoked"
    if letter.locked_at:
        return "locked"
    return "valid" if letter.opens(at) else "expired"


def letter_for(actor: Actor, letter_id: UUID) -> Letter:
    """One letter with its case; Letter.DoesNotExist when the actor may not know of it."""
    return Letter.objects.filter(letters_visible_to(actor)).select_related("case").get(pk=letter_id)


def letter_behind(case_id: UUID, letter_id: UUID) -> Letter | None:
    """The letter by which somebody came in, read with her own eyes; None once it is revoked."""
    with acting_as(Actor(window_case_id=case_id)), transaction.atomic():
        return Letter.objects.filter(pk=letter_id, case_id=case_id, revoked_at__isnull=True).first()


def case_of_number(number: str) -> UUID | None:
    """The case of the letter with this public number; the database tells nothing else of it."""
    with connection.cursor() as cursor:
        cursor.execute("select accord.case_of_letter(%s)", [number])
        (found,) = cursor.fetchone()
    return found if isinstance(found, UUID) else None


def letter_numbered(number: str) -> Letter | None:
    """The letter with this number, read with the eyes of the person whose window it opens."""
    case_id = case_of_number(number)
    if case_id is None:
        return None
    with acting_as(Actor(window_case_id=case_id)), transaction.atomic():
        return Letter.objects.filter(number=number, revoked_at__isnull=True).first()
