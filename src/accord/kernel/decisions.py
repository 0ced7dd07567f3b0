"""A rule answers yes or no, and says why in the words that the person will read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes, or no with the sentence that explains it to the person who asked."""

    allowed: bool
    sentence: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise `Refused` with the sentence unless the answer is yes."""
        if not self.allowed:
            raise Refused(self.sentence)


YES = Decision(True)


def no(sentence: object) -> Decision:
    """Refuse, with the (possibly lazily translated) sentence."""
    return Decision(False, str(sentence))


class Refused(Exception):
    """A verb was refused; `sentence` is shown to the person, beside `field` when it concerns one."""

    def __init__(self, sentence: object, *, field: str | None = None) -> None:
        self.sentence = str(sentence)
        self.field = field
        super().__init__(self.sentence)


class Stale(Exception):
    """Someone saved the same block in between: `current` is what stands there now."""

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__("stale version")
