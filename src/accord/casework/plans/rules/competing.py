"""Competing strategies: five stated rules, each a pure function of what is planned.

Source: mission text (cii'm Geneva: one coherent strategy, coordinated contacts with employers) and the
question by which a case is announced there, "parallel strategies". Which measures are exclusive, which steer,
and which goals contradict each other is said by the programme; here is only what follows from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

OVERLAP, CONTRADICTION, EMPLOYER, CARE, GAP = "overlap", "contradiction", "employer", "care", "gap"
ACTIVE = ("planned", "running")
"""States of a measure that still counts."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as the rules see it."""

    origin: UUID
    key: str
    target_on: date | None
    contradicts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as the rules see it; without a first day it is not placed in time yet."""

    origin: UUID
    institution: UUID
    goal: UUID
    since: date | None
    until: date | None = None
    state: str = "planned"
    is_exclusive: bool = False
    steers: bool = False
    employer: UUID | None = None

    @property
    def last(self) -> date:
        """Its last day; open ends last for ever."""
        return self.until or date.max


@dataclass(frozen=True, slots=True)
class Approach:
    """A planned contact of an institution with an employer; agreed with the others or not."""

    row: UUID
    institution: UUID
    employer: UUID
    is_coordinated: bool = False


@dataclass(frozen=True, slots=True)
class Strategies:
    """All that is planned in one case."""

    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    approaches: tuple[Approach, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Strategies that compete: which rule, the rows concerned, and from when to when if it has a time."""

    kind: str
    rows: tuple[UUID, ...]
    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> str:
        """Stable as long as the same rows compete in the same way."""
        rows = " ".join(sorted(str(row) for row in self.rows))
        return f"{self.kind}-{hashlib.sha256(rows.encode()).hexdigest()[:32]}"


def competing(plan: Strategies, today: date, longest_gap: int) -> list[Finding]:
    """Every finding, in the order of the rules."""
    active = [measure for measure in plan.measures if measure.state in ACTIVE]
    return [
        *overlaps(active),
        *contradictions(plan.goals),
        *same_employer(active, plan.approaches),
        *double_care(active),
        *gaps(plan, today, longest_gap),
    ]


def overlaps(measures: Iterable[Measure]) -> list[Finding]:
    """(a) Two exclusive measures on the same day."""
    return _together([measure for measure in measures if measure.is_exclusive], OVERLAP)


def contradictions(goals: Iterable[Goal]) -> list[Finding]:
    """(b) Two goals of which one names the other as its contrary."""
    return [
        Finding(CONTRADICTION, (one.origin, other.origin))
        for one, other in combinations(goals, 2)
        if other.key in one.contradicts or one.key in other.contradicts
    ]


def same_employer(measures: Iterable[Measure], approaches: Iterable[Approach]) -> list[Finding]:
    """(c) Two institutions at one employer, by a measure or a planned contact, without having agreed it."""
    alone: dict[UUID, list[tuple[UUID, UUID]]] = {}
    for measure in measures:
        if measure.employer is not None:
            alone.setdefault(measure.employer, []).append((measure.institution, measure.origin))
    for approach in approaches:
        if not approach.is_coordinated:
            alone.setdefault(approach.employer, []).append((approach.institution, approach.row))
    return [
        Finding(EMPLOYER, tuple(row for _institution, row in rows))
        for rows in alone.values()
        if len({institution for institution, _row in rows}) > 1
    ]


def double_care(measures: Iterable[Measure]) -> list[Finding]:
    """(d) Two institutions or more that follow the person for one goal in the same days: one finding a goal."""
    by_goal: dict[UUID, list[Measure]] = {}
    for measure in measures:
        if measure.steers:
            by_goal.setdefault(measure.goal, []).append(measure)
    found = []
    for steering in by_goal.values():
        pairs = _together(steering, CARE, between_institutions=True)
        if pairs:
            rows = tuple(dict.fromkeys(row for pair in pairs for row in pair.rows))
            found.append(Finding(CARE, rows, min(pair.since for pair in pairs if pair.since)))
    return found


def gaps(plan: Strategies, today: date, longest: int) -> list[Finding]:
    """(e) From today to the last target day of a goal, more than so many days without any measure.

    The rows are the measures that end before and begin after the gap, or the goal that lies beyond it.
    """
    targets = [(goal.target_on, goal.origin) for goal in plan.goals if goal.target_on is not None]
    if not targets:
        return []
    end, last_goal = max(targets, key=lambda target: (target[0], str(target[1])))
    found, covered, before = [], today - timedelta(days=1), None
    placed = [m for m in plan.measures if m.state in ACTIVE and m.since is not None and m.last >= today]
    for measure in sorted(placed, key=lambda m: (m.since, str(m.origin))):
        assert measure.since is not None
        begins = min(measure.since, end + timedelta(days=1))
        if (begins - covered).days - 1 > longest:
            rows = (before, measure.origin) if before else (measure.origin,)
            found.append(Finding(GAP, rows, covered + timedelta(days=1), begins - timedelta(days=1)))
        if measure.last > covered:
            covered, before = min(measure.last, end), measure.origin
    if (end - covered).days > longest:
        rows = (before, last_goal) if before else (last_goal,)
        found.append(Finding(GAP, rows, covered + timedelta(days=1), end))
    return found


def _together(measures: list[Measure], kind: str, *, between_institutions: bool = False) -> list[Finding]:
    """Pairs that share a day, with the days that they share."""
    found = []
    for one, other in combinations(measures, 2):
        if one.since is None or other.since is None:
            continue
        if between_institutions and one.institution == other.institution:
            continue
        since, until = max(one.since, other.since), min(one.last, other.last)
        if since <= until:
            found.append(
                Finding(kind, (one.origin, other.origin), since, None if until == date.max else until)
            )
    return found
