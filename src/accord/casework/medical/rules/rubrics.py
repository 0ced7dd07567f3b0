"""What a medical report says, rubric by rubric, and what cannot stand in one.

The rubrics are those of the medical service's own form and of the usual examination report: documents read,
contacts, complaints, diagnoses (ICD-10), incapacity by period, capacity in the usual and in an adapted activity
as time and performance with dates, limitations, exigibility, prognosis, fitness, answers, measures
(CII Valais, tâches du médecin SMR-CII; OAI Neuchâtel, rapport 2014; OAI Vaud, FAQ corps médical).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any

from accord.casework.capacity.rules import Conclusions, Limitation, WorkCapacity, overlap
from accord.casework.medical.rules.icd10 import is_code


class Flaw(StrEnum):
    """Why something cannot stand in a report."""

    PERCENT = "percent"
    ENDS_FIRST = "ends_first"
    OVERLAP = "overlap"
    CODE = "code"
    NO_TITLE = "no_title"
    NO_CONDITIONS = "no_conditions"
    NO_START = "no_start"
    UNANSWERED = "unanswered"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Fault:
    """A flaw, and the field of the form beside which it is said."""

    field: str
    flaw: Flaw


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis: its code, its words, and whether it reduces the capacity for work."""

    code: str
    text: str
    affects: bool = False


@dataclass(frozen=True, slots=True)
class Incapacity:
    """A period at a rate, as the medical service sees it; without a last day it goes on."""

    rate: int
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Certified:
    """A period that another source certified, as it was known when the form was prepared."""

    source: str
    rate: int
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much of an activity is possible, in time and in performance, from one day to another."""

    time: int
    performance: int
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A question that was asked, and what the doctor says to it."""

    key: str
    question: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A medical measure that was agreed on: who sees to it, and by when."""

    kind: str
    text: str
    responsible: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rubrics:
    """Everything that a report says. Texts are as written; rows that say nothing are not kept."""

    documents: str = ""
    contacts: str = ""
    present: str = ""
    complaints: str = ""
    new_elements: str = ""
    summary: str = ""
    integration: str = ""
    diagnoses: tuple[Diagnosis, ...] = ()
    certified: tuple[Certified, ...] = ()
    incapacities: tuple[Incapacity, ...] = ()
    usual: Capacity | None = None
    adapted: Capacity | None = None
    limitations: tuple[Limitation, ...] = ()
    exigibility: str = ""
    expectations: str = ""
    prognosis: str = ""
    fitness: str = "unknown"
    conditions: str = ""
    answers: tuple[Answer, ...] = ()
    measures: tuple[Agreed, ...] = ()
    further: str = ""
    in_plain_words: bool = False

    def as_json(self) -> dict[str, Any]:
        """As it is kept: plain values, days written as ISO 8601."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Rubrics:
        """What was kept; a rubric that the form did not have then is empty."""
        known = {field.name for field in fields(cls)}
        said: dict[str, Any] = {name: value for name, value in kept.items() if name in known}
        for name, row in ROWS.items():
            said[name] = tuple(_read(row, one) for one in said.get(name, ()))
        for name in ("usual", "adapted"):
            said[name] = _read(Capacity, said[name]) if said.get(name) else None
        return cls(**said)


ROWS: dict[str, Any] = {
    "diagnoses": Diagnosis,
    "certified": Certified,
    "incapacities": Incapacity,
    "limitations": Limitation,
    "answers": Answer,
    "measures": Agreed,
}
DAYS = frozenset({"since", "until", "due_on"})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _read(kind: Any, row: Mapping[str, Any]) -> Any:
    return kind(
        **{key: date.fromisoformat(value) if key in DAYS and value else value for key, value in row.items()}
    )


def faults_in(rubrics: Rubrics) -> Iterator[Fault]:
    """What is wrong in what was written, be it a draft: percentages, days, overlaps, codes."""
    for place, diagnosis in enumerate(rubrics.diagnoses):
        if diagnosis.code and not is_code(diagnosis.code):
            yield Fault(f"diagnosis_{place}_code", Flaw.CODE)
        if not diagnosis.text:
            yield Fault(f"diagnosis_{place}_text", Flaw.NO_TITLE)
    yield from _faults_of_periods(rubrics.incapacities)
    for name in ("usual", "adapted"):
        yield from _faults_of_capacity(name, getattr(rubrics, name))
    for place, measure in enumerate(rubrics.measures):
        if not measure.text:
            yield Fault(f"measure_{place}_text", Flaw.NO_TITLE)
    if rubrics.fitness == "conditional" and not rubrics.conditions:
        yield Fault("conditions", Flaw.NO_CONDITIONS)


def faults_before_signing(rubrics: Rubrics) -> Iterator[Fault]:
    """What a report still lacks before a doctor stands by it: each question answered, something concluded."""
    yield from faults_in(rubrics)
    for place, answer in enumerate(rubrics.answers):
        if not answer.text:
            yield Fault(f"answer_{place}", Flaw.UNANSWERED)
    if conclusions_of(rubrics).is_empty:
        yield Fault("fitness", Flaw.EMPTY)


def _faults_of_periods(periods: tuple[Incapacity, ...]) -> Iterator[Fault]:
    for place, period in enumerate(periods):
        if not 0 <= period.rate <= 100:
            yield Fault(f"incapacity_{place}_rate", Flaw.PERCENT)
        if period.until is not None and period.until < period.since:
            yield Fault(f"incapacity_{place}_until", Flaw.ENDS_FIRST)
    for (_first, one), (place, other) in combinations(enumerate(periods), 2):
        if overlap(one, other):
            yield Fault(f"incapacity_{place}_since", Flaw.OVERLAP)


def _faults_of_capacity(name: str, capacity: Capacity | None) -> Iterator[Fault]:
    if capacity is None:
        return
    for part in ("time", "performance"):
        if not 0 <= getattr(capacity, part) <= 100:
            yield Fault(f"{name}_{part}", Flaw.PERCENT)
    if capacity.until is not None and capacity.until < capacity.since:
        yield Fault(f"{name}_until", Flaw.ENDS_FIRST)


def conclusions_of(rubrics: Rubrics) -> Conclusions:
    """The functional summary that others read: what she can do at work, without diagnosis or treatment.

    LPGA and the secrecy of the doctor: partners see functional conclusions, never why.
    """
    return Conclusions(
        usual=_told(rubrics.usual),
        adapted=_told(rubrics.adapted),
        limitations=rubrics.limitations,
        expectations=rubrics.expectations,
        fitness=rubrics.fitness,
        conditions=rubrics.conditions,
    )


def _told(capacity: Capacity | None) -> WorkCapacity | None:
    return WorkCapacity(capacity.time, capacity.performance, capacity.since) if capacity else None
