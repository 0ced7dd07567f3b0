"""Freeze the figures of a programme: counted over all its cases by the worker, read by the page in few rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from accord.casework.durations.enums import Measure
from accord.casework.durations.models import Calculation, Cell
from accord.casework.durations.rules import Coordinates, sums_among
from accord.casework.durations.services.facts import questions
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.jobs import later
from accord.kernel.small_numbers import protected
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import current_programme, current_programmes

CALCULATE = "durations.calculate"
PARTS = tuple(Measure)
WHOLE = -1
"""All classes of a distribution together."""


@transaction.atomic
def ask_for_calculation(*, by: Actor, programme_slug: str) -> Calculation:
    """Let the worker calculate; while one calculation runs, this is the answer to everybody who asks."""
    try:
        with transaction.atomic():
            asked = Calculation.objects.create(programme=programme_slug)
    except IntegrityError:
        return Calculation.objects.get(programme=programme_slug, finished_at__isnull=True)
    record(
        by=by, verb="calculated", subject_kind="durations", subject_id=asked.pk, subject_label=programme_slug
    )
    later(CALCULATE, calculation_id=str(asked.pk), part=0)
    return asked


def calculate_all(*, by: Actor) -> int:
    """Every night: ask for the figures of each programme; returns how many there are."""
    slugs = [programme.slug for programme in current_programmes()]
    for slug in slugs:
        ask_for_calculation(by=by, programme_slug=slug)
    return len(slugs)


@transaction.atomic
def calculate_part(*, calculation_id: UUID, part: int) -> bool:
    """One measure, in a transaction of its own so that progress is seen; a part done twice is done once.

    The last part makes the figures the current ones and drops those before. Returns whether more follows.
    """
    calculation = Calculation.objects.select_for_update().get(pk=calculation_id)
    if calculation.finished_at is not None or calculation.done != part:
        return False
    _freeze(calculation, PARTS[part])
    calculation.done = part + 1
    if calculation.done == len(PARTS):
        calculation.finished_at = now()
        Calculation.objects.filter(programme=calculation.programme, finished_at__isnull=False).delete()
    calculation.save(update_fields=["done", "finished_at"])
    return calculation.finished_at is None


@transaction.atomic
def calculate_now(programme_slug: str) -> Calculation:
    """The whole calculation at once, for the demo and for tests."""
    calculation = Calculation.objects.create(programme=programme_slug)
    for part in range(len(PARTS)):
        calculate_part(calculation_id=calculation.pk, part=part)
    calculation.refresh_from_db()
    return calculation


def _freeze(calculation: Calculation, measure: Measure) -> None:
    programme = current_programme(calculation.programme)
    cells = list(_counted(programme, calculation, measure))
    hide_small(cells, least=programme.parameters["least_shown"], keys_add_up=measure == Measure.OUTCOME)
    Cell.objects.bulk_create(cells, batch_size=2000)


def hide_small(cells: Sequence[Cell], *, least: int, keys_add_up: bool) -> None:
    """Empty the cells that small numbers forbid to publish, and those that would give them away."""
    by_place = {coordinates_of(cell): cell for cell in cells}
    counts = {place: cell.count or 0 for place, cell in by_place.items()}
    for place in protected(counts, sums_among(by_place, keys_add_up=keys_add_up), least=least):
        hidden = by_place[place]
        hidden.is_hidden, hidden.buckets = True, []
        hidden.count = hidden.total_days = hidden.median = hidden.ninth_decile = None
    for cell in cells:
        classes = range(len(cell.buckets))
        counted = {place: number or 0 for place, number in enumerate(cell.buckets)}
        small = protected(counted | {WHOLE: cell.count or 0}, [(WHOLE, classes)], least=least)
        cell.buckets = [None if place in small else number for place, number in enumerate(cell.buckets)]


def coordinates_of(cell: Cell) -> Coordinates:
    """Where a cell stands among the others of its measure."""
    return Coordinates(
        key=cell.key,
        institution=str(cell.institution_id or ""),
        period=cell.period,
        region=cell.region,
    )


def _counted(programme: Programme, calculation: Calculation, measure: Measure) -> Iterable[Cell]:
    words = {
        "programme": programme.slug,
        "stages": [stage.key for stage in programme.stages],
        "holders": [stage.holder for stage in programme.stages],
        "outcomes": [outcome.key for outcome in programme.outcomes],
        "categories": [outcome.category for outcome in programme.outcomes],
        "today": today(),
    }
    for question in questions(measure):
        for row in _rows(question, words):
            key, institution, period, region, count, total, median, decile, buckets = row
            yield Cell(
                calculation=calculation,
                programme=programme.slug,
                measure=measure,
                key=key,
                institution_id=institution,
                period=period,
                region=region,
                count=count,
                total_days=total,
                median=median,
                ninth_decile=decile,
                buckets=buckets if not (institution or period or region) else [],
            )


def _rows(question: str, words: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, words)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
