"""Rules of conventions: notice, warnings, and what differs between two texts. Pure Python."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from re import findall

WARNINGS = (90, 30, 7)
"""Marks of the three warnings before the end: 3 months, 1 month, 1 week (issue 5, point 1)."""


def add_months(day: date, months: int) -> date:
    """The same day some months later or earlier, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def warning_day(ends_on: date, mark: int) -> date:
    """From which day a warning is due."""
    return {90: add_months(ends_on, -3), 30: add_months(ends_on, -1)}.get(mark, ends_on - timedelta(days=7))


def due_warning(ends_on: date, on: date, warned: int | None) -> int | None:
    """The nearest warning that is due and was not told; None when there is nothing to tell."""
    if on > ends_on:
        return None
    reached = [mark for mark in WARNINGS if on >= warning_day(ends_on, mark)]
    if not reached or (warned is not None and warned <= min(reached)):
        return None
    return min(reached)


def earliest_end(notice_on: date, months: int) -> date:
    """The first day on which a convention may end after notice: the last of the month once it has run."""
    after = add_months(notice_on, months)
    return date(after.year, after.month, monthrange(after.year, after.month)[1])


@dataclass(frozen=True, slots=True)
class Passage:
    """An article or a committee as it is compared: its title and its text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, was taken out, or was put in."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One article beside what it became; `before` or `after` is empty when it was added or left out."""

    title: str
    kind: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def differences(old: Sequence[Passage], new: Sequence[Passage]) -> list[Difference]:
    """Every article of two versions side by side, in the order of the newer; articles are known by title."""
    before = {passage.title: passage for passage in old}
    found = [_compared(before.pop(passage.title, None), passage) for passage in new]
    return found + [_compared(gone, None) for gone in before.values()]


def _compared(old: Passage | None, new: Passage | None) -> Difference:
    if old is None or new is None:
        only = old or new
        assert only is not None
        piece = (Piece("out" if old else "in", only.text),)
        return Difference(
            only.title, "removed" if old else "added", piece if old else (), piece if new else ()
        )
    if old.text == new.text:
        same = (Piece("same", old.text),)
        return Difference(new.title, "same", same, same)
    left, right = _words(old.text), _words(new.text)
    before, after = [], []
    for tag, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        before.append(Piece("same" if tag == "equal" else "out", "".join(left[i:j])))
        after.append(Piece("same" if tag == "equal" else "in", "".join(right[k:m])))
    return Difference(new.title, "changed", _filled(before), _filled(after))


def _words(text: str) -> list[str]:
    return findall(r"\s+|\S+", text)


def _filled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)
