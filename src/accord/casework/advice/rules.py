"""What looks like a person in a question that must name none, and how long a referent has to answer.

LPD art. 6 al. 2 and 3 (proportionality): the advice needs the situation, not the person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from accord.kernel.small_numbers import Sum, protected

AVS = re.compile(r"756[\s.\-]?(?:\d[\s.\-]?){10}(?!\d)")
BIRTH_DATE = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[./](?:0?[1-9]|1[0-2])[./](?:19|20)\d\d(?!\d)")
PHONE = re.compile(r"(?<!\d)(?:\+|00)?(?:\d[\s./\-]?){9,14}\d(?!\d)")
NAME = re.compile(
    r"\b(?:M\.|Mme|Mlle|Monsieur|Madame|Herr|Frau|Signor|Signora|Mr\.?|Mrs\.?)\s+[A-ZÀ-Þ][\w’'\-]+"
)
FIRST_NAME_AND_NAME = re.compile(
    r"(?<=[\w,;] )[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?\s+[A-ZÀ-Þ][a-zà-ÿ]{2,}\b"
)


@dataclass(frozen=True, slots=True)
class Trace:
    """Something by which a person may be recognised: `avs`, `birth_date`, `phone` or `name`, as it stands."""

    kind: str
    text: str

    @property
    def is_refused(self) -> bool:
        """An AVS number has no place here at all (LAVS art. 153b ss.); the rest may be a mistake of ours."""
        return self.kind == "avs"


def traces_in(text: str) -> list[Trace]:
    """What looks like a person, in the order of how surely it does; each thing once."""
    found: list[Trace] = []
    rest = text
    for kind, pattern in (
        ("avs", AVS),
        ("birth_date", BIRTH_DATE),
        ("phone", PHONE),
        ("name", NAME),
        ("name", FIRST_NAME_AND_NAME),
    ):
        for match in pattern.findall(rest):
            trace = Trace(kind, match.strip(" .,-"))
            if trace not in found:
                found.append(trace)
        rest = pattern.sub(" ", rest)
    return found


def due_on(asked_on: date, *, answer_days: int) -> date:
    """The day until which a referent answers (the programme’s `advice_answer_days`)."""
    return asked_on + timedelta(days=answer_days)


def expires_on(due: date, *, answer_days: int, escalation_days: int) -> date:
    """The day on which a question has come to nothing: the managers, too, had their days to see to it."""
    return due + timedelta(days=escalation_days + answer_days)


def quarter_of(day: date) -> str:
    """2026-T4."""
    return f"{day.year:04d}-T{(day.month + 2) // 3}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the statistics know of a question: when, by whom, days to the first answer, what came of it."""

    quarter: str
    asker: str
    answered_after: int | None
    was_helpful: bool | None
    became_announcement: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the statistics; None is a number that is not published, or a median of too few answers."""

    received: int | None
    answered: int | None
    median_days: float | None
    helpful: int | None
    announcements: int | None


Row = tuple[str, str]
"""("quarter", 2026-T4), ("asker", an institution), or ("", "") for all of them."""
WHOLE: Row = ("", "")
COLUMNS: Mapping[str, Callable[[Asked], bool]] = {
    "answered": lambda asked: asked.answered_after is not None,
    "helpful": lambda asked: asked.was_helpful is True,
    "announcements": lambda asked: asked.became_announcement,
}


def statistics(questions: Collection[Asked], *, least: int) -> dict[Row, Line]:
    """The questions by quarter and by who asked, without small numbers nor what would give them away.

    Beside each number stands the one that it leaves over: of five questions, four answered tell of the fifth.
    """
    groups: dict[Row, list[Asked]] = {WHOLE: list(questions)}
    for asked in sorted(questions, key=lambda one: (one.quarter, one.asker)):
        groups.setdefault(("quarter", asked.quarter), []).append(asked)
        groups.setdefault(("asker", asked.asker), []).append(asked)
    counts: dict[tuple[Row, str], int] = {}
    for row, group in groups.items():
        counts[row, "received"] = len(group)
        for column, holds in COLUMNS.items():
            counts[row, column] = sum(map(holds, group))
            counts[row, f"not {column}"] = len(group) - counts[row, column]
    hidden = protected(counts, _sums(groups), least=least)
    return {row: _line(row, group, counts, hidden, least) for row, group in groups.items()}


def _sums(rows: Collection[Row]) -> list[Sum[tuple[Row, str]]]:
    columns = ("received", *COLUMNS, *(f"not {column}" for column in COLUMNS))
    across: list[Sum[tuple[Row, str]]] = [
        ((row, "received"), [(row, column), (row, f"not {column}")]) for row in rows for column in COLUMNS
    ]
    down: list[Sum[tuple[Row, str]]] = [
        ((WHOLE, column), [(row, column) for row in rows if row[0] == side])
        for side in ("quarter", "asker")
        for column in columns
    ]
    return across + down


def _line(
    row: Row,
    group: Sequence[Asked],
    counts: Mapping[tuple[Row, str], int],
    hidden: Collection[tuple[Row, str]],
    least: int,
) -> Line:
    def shown(column: str) -> int | None:
        return None if (row, column) in hidden else counts[row, column]

    days = [asked.answered_after for asked in group if asked.answered_after is not None]
    return Line(
        received=shown("received"),
        answered=shown("answered"),
        median_days=float(median(days)) if shown("answered") is not None and len(days) >= least else None,
        helpful=shown("helpful"),
        announcements=shown("announcements"),
    )
