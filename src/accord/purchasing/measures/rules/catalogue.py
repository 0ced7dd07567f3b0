"""The catalogue as data: kinds of measures and the numbers of the law, each with its days and its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "definitions" / "catalogue.toml"
LANGUAGES = ("fr", "de", "it", "en")


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of the law from one day on; without a value it was not found, and is not checked."""

    name: str
    value: int | None
    since: date
    until: date | None
    source: str
    confidence: str

    def holds_on(self, day: date) -> bool:
        """Whether it was the law on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of measure; `plan` is the kind of the programme's plan that it may carry out."""

    key: str
    article: str
    phase: str
    plan: str
    labels: Mapping[str, str]
    is_exclusive: bool
    is_youth_only: bool
    is_coaching: bool
    is_for_pupils: bool
    may_precede_decision: bool
    limits: tuple[Limit, ...]

    def label(self, language: str) -> str:
        """Its name in a language, in French when there is none."""
        return self.labels.get(language, self.labels["fr"])


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All kinds, the limits of a whole phase, and the numbers of coaching, reports and results."""

    kinds: Mapping[str, Kind]
    phases: Mapping[str, tuple[Limit, ...]]
    coaching: Mapping[str, int]
    reports: Mapping[str, int]
    least: int

    def limit(self, kind: Kind, name: str, day: date) -> Limit | None:
        """The limit of a kind, or of its phase, that holds on a day."""
        every = (*kind.limits, *self.phases.get(kind.phase, ()))
        return next((limit for limit in every if limit.name == name and limit.holds_on(day)), None)

    def hours_a_month(self, intensity: str) -> int:
        """How many hours of coaching a month; never above the absolute ceiling."""
        return min(self.coaching[intensity], self.coaching["most"])


@cache
def read_catalogue(file: Path = FILE) -> Catalogue:
    """The catalogue of the file; a fault in it is a KeyError or ValueError that names it."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    kinds = {row["key"]: _kind(row) for row in data["kind"]}
    if len(kinds) != len(data["kind"]):
        raise ValueError(f"{file}: a kind stands twice")
    phases: dict[str, list[Limit]] = {}
    for row in data["phase_limit"]:
        phases.setdefault(row["phase"], []).append(_limit(row))
    return Catalogue(
        kinds,
        {phase: tuple(limits) for phase, limits in phases.items()},
        {key: value for key, value in data["coaching"].items() if isinstance(value, int)},
        {key: value for key, value in data["reports"].items() if isinstance(value, int)},
        data["results"]["least"],
    )


def _kind(row: dict[str, Any]) -> Kind:
    return Kind(
        key=row["key"],
        article=row["article"],
        phase=row["phase"],
        plan=row["plan"],
        labels={language: row["label"][language] for language in LANGUAGES},
        is_exclusive=row.get("exclusive", False),
        is_youth_only=row.get("youth_only", False),
        is_coaching=row.get("coaching", False),
        is_for_pupils=row.get("in_school", False),
        may_precede_decision=row.get("before_decision", False),
        limits=tuple(_limit(limit) for limit in row.get("limit", ())),
    )


def _limit(row: dict[str, Any]) -> Limit:
    if (row["confidence"] == "not found") != ("value" not in row):
        raise ValueError(f"{row['name']}: a number has a value, or was not found")
    return Limit(
        row["name"], row.get("value"), row["from"], row.get("until"), row["source"], row["confidence"]
    )
