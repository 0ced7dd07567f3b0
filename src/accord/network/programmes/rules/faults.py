"""What is wrong in a programme file, said to the operator who wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: where it stands, what is wrong, how to mend it."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.mend}"


def suggest(word: object, known: Iterable[str]) -> str:
    """The sentence that helps: the nearest known word, or all that are known."""
    words = sorted(known)
    if near := get_close_matches(str(word), words, n=1):
        return f"Did you mean “{near[0]}”?"
    return f"Known: {', '.join(words)}." if words else "There is none yet."
