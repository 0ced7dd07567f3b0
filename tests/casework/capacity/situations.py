"""Incapacity and functional summaries in their situations."""

from __future__ import annotations

from datetime import date
from typing import Any

import scenarios
from accord.casework.capacity.models import FunctionalSummary, IncapacityPeriod
from accord.casework.capacity.rules import Conclusions, Limitation, WorkCapacity
from accord.casework.capacity.services import note_incapacity, publish_summary
from accord.casework.cases.models import Case
from accord.kernel.database import acting_as
from scenarios import Colleague

SITTING_WORK = Conclusions(
    usual=WorkCapacity(0, 0, date(2026, 3, 1)),
    adapted=WorkCapacity(50, 80, date(2026, 9, 1)),
    limitations=(Limitation("load", "Ne porte pas plus de 5 kg.", True),),
    expectations="Un travail assis, à mi-temps, est exigible.",
    fitness="conditional",
    conditions="Pauses toutes les heures.",
)
DECREASING = [
    (100, date(2019, 3, 23), date(2019, 5, 14)),
    (85, date(2019, 5, 15), date(2019, 6, 23)),
    (70, date(2019, 6, 24), date(2019, 7, 12)),
    (50, date(2019, 7, 13), None),
]
"""The rates of a real file (ATAS/681/2022)."""


def act(who: Colleague, verb: Any, **words: Any) -> Any:
    """Let a colleague do something."""
    with acting_as(who.actor):
        return verb(by=who.actor, **words)


def noted(who: Colleague, case: Case, rate: int = 100, **words: Any) -> IncapacityPeriod:
    """A period of the treating doctor, unless told otherwise."""
    words = {
        "source_kind": "treating_doctor",
        "source_name": "Dre Rey",
        "since": scenarios.in_days(-40),
        "until": scenarios.in_days(-10),
        "cause": "sickness",
    } | words
    found: IncapacityPeriod = act(who, note_incapacity, case_id=case.pk, rate=rate, **words)
    return found


def decreasing(who: Colleague, case: Case) -> list[IncapacityPeriod]:
    """The periods of the real file, from one source."""
    return [noted(who, case, rate, since=since, until=until) for rate, since, until in DECREASING]


def published(who: Colleague, case: Case, conclusions: Conclusions = SITTING_WORK) -> FunctionalSummary:
    """A functional summary."""
    found: FunctionalSummary = act(who, publish_summary, case_id=case.pk, conclusions=conclusions)
    return found
