"""What looks like a person in a question that must name none, and how long a referent has to answer.

LPD art. 6 al. 2 and 3 (proportionality): the advice needs the situation, not the person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

AVS = re.compile(r"756[\s.\-]?(?:\d[\s.\-]?){10}(?!\d)")
BIRTH_DATE = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[./](?:0?[1-9]|1[0-2])[./](?:19|20)\d\d(?!\d)")
PHONE = re.compile(r"(?<!\d)(?:\+|00)?(?:\d[\s./\-]?){9,14}\d(?!\d)")
NAME = re.compile(
    r"\b(?:M\.|Mme|Mlle|Monsieur|Madame|Herr|Frau|Signor|Signora|Mr\.?|Mrs\.?)\s+[A-ZÀ-Þ][\w’'\-]+"
)
FIRST_NAME_AND_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?\s+[A-ZÀ-Þ][a-zà-ÿ]{2,}\b")


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


def expires_on(due: date, *, answer_days: int) -> date:
    """The day on which a question that nobody answers has come to nothing: four times the time to answer."""
    return due + timedelta(days=3 * answer_days)


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
    """One line of the statistics; a None is not published, because fewer cases stand behind it than allowed."""

    received: int | None
    answered: int | None
    median_days: float | None
    helpful: int | None
    announcements: int | None


def line_of(questions: Iterable[Asked], *, least: int) -> Line:
    """Counts of a group of questions; nothing of a group that is too small, nor a number that is."""
    group = list(questions)
    if 0 < len(group) < least:
        return Line(None, None, None, None, None)
    days = [question.answered_after for question in group if question.answered_after is not None]

    def shown(count: int) -> int | None:
        """A number, unless it or what it leaves over is small."""
        small = 0 < count < least or 0 < len(group) - count < least
        return None if small else count

    return Line(
        received=len(group),
        answered=shown(len(days)),
        median_days=float(median(days)) if len(days) >= least else None,
        helpful=shown(sum(question.was_helpful is True for question in group)),
        announcements=shown(sum(question.became_announcement for question in group)),
    )
