"""The same statements with row-level security and without it, on the same connection, turn by turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from accord.casework.cases.selectors import Shelf, case_with_person, cases_page, stretches_of
from accord.kernel.database import acting_as
from accord.kernel.database.context import APP_ROLE
from bench.scenes import Scene, enter

TURNS = 60
Question = Callable[[Scene], object]
QUESTIONS: dict[str, Question] = {
    "case list": lambda scene: cases_page(scene.actor, Shelf()),
    "case list, mine": lambda scene: cases_page(scene.actor, Shelf(only_mine=True)),
    "case and person": lambda scene: case_with_person(scene.actor, scene.shown[0].id),
    "picture of a case": lambda scene: stretches_of(
        scene.actor, case_with_person(scene.actor, scene.shown[0].id)[0]
    ),
}


@dataclass(frozen=True, slots=True)
class Wall:
    """One question, in milliseconds of the round trip; planned anew each time, or prepared once."""

    size: str
    cases: int
    name: str
    is_prepared: bool
    off_p50: float
    off_p95: float
    on_p50: float
    on_p95: float


def measure_walls(scenes: Sequence[Scene]) -> list[Wall]:
    """Each question of each colleague; the statements are those that the selectors send."""
    return [
        _wall(scene, name, question, is_prepared=is_prepared)
        for is_prepared in (False, True)
        for scene in scenes
        if scene.shown
        for name, question in QUESTIONS.items()
    ]


def _wall(scene: Scene, name: str, question: Question, *, is_prepared: bool) -> Wall:
    statement, parameters = _sent_by(scene, question)
    times: dict[bool, list[float]] = {True: [], False: []}
    with scene.world.owner() as walled, scene.world.owner() as free:
        for turn in range(2 * TURNS + 20):
            is_on = turn % 2 == 0
            owner = walled if is_on else free
            with owner.transaction():
                owner.execute(
                    "select set_config('role', %s, true), set_config('accord.institution', %s, true),"
                    " set_config('accord.user', %s, true)",
                    [
                        APP_ROLE if is_on else "none",
                        str(scene.actor.institution_id),
                        str(scene.actor.user_id),
                    ],
                )
                begins = time.perf_counter()
                owner.execute(statement, parameters, prepare=is_prepared).fetchall()
                times[is_on].append((time.perf_counter() - begins) * 1000)
    off, on = sorted(times[False][10:]), sorted(times[True][10:])
    return Wall(
        scene.size,
        scene.world.cases,
        name,
        is_prepared,
        statistics.median(off),
        off[int(0.95 * len(off))],
        statistics.median(on),
        on[int(0.95 * len(on))],
    )


def _sent_by(scene: Scene, question: Question) -> tuple[str, Any]:
    """The last statement that the question sends."""
    sent: list[tuple[str, Any]] = []

    def note(execute: Any, statement: str, parameters: Any, *rest: Any) -> Any:
        sent.append((statement, parameters))
        return execute(statement, parameters, *rest)

    enter(scene.world)
    with acting_as(scene.actor), transaction.atomic(), connection.execute_wrapper(note):
        question(scene)
    statement, parameters = sent[-1]
    return statement, parameters
