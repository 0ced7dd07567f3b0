"""What a chapter of the case file is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accord.web.templatetags.interface.writing import day

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A title, and what stands under it: facts, paragraphs, a table; or why it is hidden."""

    key: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[tuple[str, str], ...] = ()
    columns: Row = ()
    rows: tuple[Row, ...] = ()
    hidden: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was written, or nothing is shown."""
        return not (self.facts or self.paragraphs or self.rows)


def told(*facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The facts of which something is known."""
    return tuple(fact for fact in facts if fact[1])


def who(first: object, second: object) -> str:
    """Somebody and where she belongs, as far as either is known."""
    return ", ".join(filter(None, (str(first or ""), str(second or ""))))


def between_dots(*words: object) -> str:
    """What stands above a paragraph: when, who, what kind."""
    return " · ".join(str(word) for word in words if word)


def days(since: date | datetime | None, until: date | datetime | None) -> Row:
    """The first and the last day; nothing for one that is not known."""
    return (day(since) if since else "", day(until) if until else "")
