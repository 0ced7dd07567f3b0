"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True, slots=True)
class Texts:
    """What one part says: short prompts of the trade."""

    known: str = ""
    helps: str = ""
    hinders: str = ""
    needed: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet."""
        return not any(text.strip() for text in astuple(self))

    def by_prompt(self) -> Mapping[str, str]:
        """Each text under the name of its prompt, in order."""
        return {"known": self.known, "helps": self.helps, "hinders": self.hinders, "needed": self.needed}


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Stretches that stayed, were removed and were added, in the order in which one reads them."""
    old, new = _words(before), _words(after)
    return list(_stretches(old, new))


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _stretches(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield SAME, "".join(new[new_start:new_end])
            continue
        if old_end > old_start:
            yield REMOVED, "".join(old[old_start:old_end])
        if new_end > new_start:
            yield ADDED, "".join(new[new_start:new_end])
