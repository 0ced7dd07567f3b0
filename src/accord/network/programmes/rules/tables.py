"""Read one table of a programme file, key by key, and collect what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from accord.network.programmes.rules.faults import Fault, suggest
from accord.network.programmes.rules.localized import Localized
from accord.network.programmes.rules.locating import Path, line_of
from accord.network.programmes.rules.vocabulary import LANGUAGES, REQUIRED_LANGUAGES

KEY = (r"[a-z][a-z0-9_]{0,59}", "Write small letters, digits and underscores, a letter first, 60 at most.")
LONGEST_SENTENCE = 500
LONGEST_BLOCK = 4000


class Page:
    """One file under reading: its lines and the faults found so far."""

    def __init__(self, file: str, lines: Mapping[Path, int]) -> None:
        self.file = file
        self.lines = dict(lines)
        self.faults: list[Fault] = []

    def fault(self, path: Path, what: str, mend: str) -> None:
        """Note a fault on the line of the path, or of what stands nearest above it."""
        self.faults.append(Fault(self.file, line_of(path, self.lines), what, mend))


class Table:
    """One table. Every getter returns something usable, so that one reading finds all the faults."""

    def __init__(self, page: Page, path: Path, data: Mapping[str, Any], name: str) -> None:
        self.page, self.path, self.data, self.name = page, path, data, name
        self.asked: set[str] = set()

    @property
    def _subject(self) -> str:
        return self.name[:1].upper() + self.name[1:]

    def fault(self, key: str, what: str, mend: str) -> None:
        """Note a fault of one key of this table."""
        self.page.fault((*self.path, key) if key else self.path, what, mend)

    def _take(self, key: str, *, required: bool) -> Any:
        self.asked.add(key)
        value = self.data.get(key)
        if value is None and required:
            self.fault(key, f"{self._subject} has no “{key}”.", f"Add a line “{key} = …”.")
        return value

    def _refuse(self, key: str, wanted: str) -> None:
        self.fault(key, f"“{key}” of {self.name} must be {wanted}.", f"Now it is: {self.data.get(key)}.")

    def text(
        self,
        key: str,
        *,
        required: bool = True,
        default: str = "",
        shape: tuple[str, str] | None = None,
        longest: int = LONGEST_SENTENCE,
    ) -> str:
        """A text, of a certain shape if one is given: a regular expression and its sentence."""
        value = self._take(key, required=required)
        if value is None:
            return default
        if not isinstance(value, str) or not value.strip():
            self._refuse(key, "a text that is not empty")
            return default
        if len(value) > longest:
            self.fault(key, f"“{key}” of {self.name} is longer than {longest} characters.", "Shorten it.")
        if shape is not None and not re.fullmatch(shape[0], value):
            self.fault(key, f"“{key}” of {self.name} cannot be “{value}”.", shape[1])
        return value

    def key(self) -> str:
        """The key by which cases refer to this entry."""
        return self.text("key", shape=KEY)

    def flag(self, key: str, *, default: bool = False, required: bool = False) -> bool:
        """True or false."""
        value = self._take(key, required=required)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._refuse(key, "true or false")
            return default
        return value

    def number(self, key: str, *, least: int, most: int, required: bool = True) -> int | None:
        """A whole number between two bounds."""
        value = self._take(key, required=required)
        if value is None:
            return None
        if not self._is_number(value, least, most):
            self._refuse(key, f"a whole number from {least} to {most}")
            return None
        return int(value)

    def numbers(self, key: str, *, least: int, most: int) -> tuple[int, ...]:
        """A list of whole numbers between two bounds, falling."""
        value = self._take(key, required=True)
        if value is None:
            return ()
        if (
            not isinstance(value, list)
            or not value
            or not all(self._is_number(n, least, most) for n in value)
        ):
            self._refuse(key, f"a list of whole numbers from {least} to {most}")
            return ()
        return tuple(sorted(set(value), reverse=True))

    @staticmethod
    def _is_number(value: Any, least: int, most: int) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most

    def word(self, key: str, known: Iterable[str], *, default: str | None = None) -> str:
        """One of the known words; required unless there is a default."""
        value = self._take(key, required=default is None)
        if value is None:
            return default or ""
        self._check_word(key, (*self.path, key), value, known)
        return str(value)

    def words(self, key: str, known: Iterable[str], *, required: bool = False) -> tuple[str, ...]:
        """A list of known words, each once."""
        value = self._take(key, required=required)
        if value is None:
            return ()
        if not isinstance(value, list) or (required and not value):
            self._refuse(key, "a list of words")
            return ()
        known = tuple(known)
        for index, word in enumerate(value):
            path = (*self.path, key, index)
            if word in value[:index]:
                self.page.fault(path, f"“{word}” stands twice in “{key}” of {self.name}.", "Leave it once.")
            else:
                self._check_word(key, path, word, known)
        return tuple(str(word) for word in value)

    def _check_word(self, key: str, path: Path, value: Any, known: Iterable[str]) -> None:
        known = tuple(known)
        if value not in known:
            what = f"“{value}”, the “{key}” of {self.name}, is not known."
            self.page.fault(path, what, suggest(value, known))

    def localized(self, key: str, *, longest: int = LONGEST_SENTENCE) -> Localized:
        """A text in four languages; French and German are required."""
        found = self.localized_if_any(key, longest=longest)
        if key not in self.data:
            self._take(key, required=True)
        return found or Localized("", "")

    def localized_if_any(self, key: str, *, longest: int = LONGEST_SENTENCE) -> Localized | None:
        """A text in four languages, or None where the file has none."""
        value = self._take(key, required=False)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._refuse(key, 'a text per language, such as { fr = "…", de = "…" }')
            return None
        inner = Table(self.page, (*self.path, key), value, f"“{key}” of {self.name}")
        texts = {
            language: inner.text(language, required=language in REQUIRED_LANGUAGES, longest=longest).strip()
            for language in LANGUAGES
        }
        inner.finish()
        return Localized(**texts)

    def table(self, key: str, *, required: bool = True) -> Table:
        """A table inside this one; an empty and silent one when it is missing."""
        value = self._take(key, required=False)
        name = f"[{'.'.join(str(part) for part in (*self.path, key))}]"
        if value is None and required:
            self.page.fault(self.path, f"{self._subject} has no table {name}.", f"Add {name}.")
        if value is not None and not isinstance(value, dict):
            self._refuse(key, "a table")
            value = None
        page = self.page if value is not None else Page(self.page.file, {})
        return Table(page, (*self.path, key), value or {}, name)

    def tables(self, key: str, *, required: bool = False) -> list[Table]:
        """The entries of an array of tables, in order."""
        value = self._take(key, required=False)
        if value is None:
            if required:
                self.page.fault(
                    self.path, f"{self._subject} has no [[{key}]].", f"Add at least one [[{key}]]."
                )
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._refuse(key, f"an array of tables [[{key}]]")
            return []
        return [
            Table(self.page, (*self.path, key, index), item, self._name(key, index, item))
            for index, item in enumerate(value)
        ]

    @staticmethod
    def _name(key: str, index: int, item: Mapping[str, Any]) -> str:
        own = item.get("key") or item.get("kind")
        return f"[[{key}]] “{own}”" if isinstance(own, str) else f"[[{key}]] number {index + 1}"

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.data:
            if key not in self.asked:
                what = f"{self._subject} knows no “{key}”."
                near = suggest(key, self.asked)
                self.fault(
                    key, what, near if near.startswith("Did") else f"{near} Otherwise remove the line."
                )
