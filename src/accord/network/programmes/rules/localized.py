"""A text in the four languages of the country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Localized:
    """One text in French and German, and as far as it was translated in Italian and English."""

    fr: str
    de: str
    it: str = ""
    en: str = ""

    def in_(self, language: str) -> str:
        """The text in this language ("de" or "de-ch"); French when there is none."""
        return {"de": self.de, "it": self.it, "en": self.en}.get(language[:2].lower(), "") or self.fr

    def fill(self, language: str, **values: object) -> str:
        """The text with `{name}` replaced by each value; a placeholder without value stays visible."""
        return re.sub(r"\{([a-z_]+)\}", lambda match: str(values.get(match[1], match[0])), self.in_(language))

    def placeholders(self) -> Iterator[tuple[str, str]]:
        """Language and name of every `{name}` that the text uses."""
        for language in ("fr", "de", "it", "en"):
            for name in re.findall(r"\{([^{}]*)\}", getattr(self, language)):
                yield language, name

    def __str__(self) -> str:
        return self.fr
