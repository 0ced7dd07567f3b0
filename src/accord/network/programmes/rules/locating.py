"""On which line each key of a TOML text stands; the standard library's reader does not tell."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]*")


def locate(text: str) -> dict[Path, int]:
    """Line of every table, key and array element of a text that is valid TOML.

    Elements of arrays of tables are counted from 0: ("stage", 2, "days").
    """
    return _Walk(text).lines


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of the path, or of the nearest thing above it that stands in the file; 1 if none does."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Walk:
    """One pass over the text, noting where things begin. Validity is the real reader's business."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counted: dict[Path, int] = {}
        table: Path = ()
        while self.skip_blank():
            table = self.header() if self.here("[") else self.pair(table)

    def here(self, token: str) -> bool:
        return self.text.startswith(token, self.at)

    def note(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, at) + 1)

    def skip_blank(self) -> bool:
        """Go to the next thing that is neither space nor comment; no if the text ends first."""
        while self.at < len(self.text):
            if self.text[self.at] in " \t\r\n":
                self.at += 1
            elif self.here("#"):
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                return True
        return False

    def header(self) -> Path:
        start, brackets = self.at, 2 if self.here("[[") else 1
        self.at += brackets
        keys = self.keys()
        self.skip_blank()
        self.at += brackets
        path: Path = ()
        for position, key in enumerate(keys, 1):
            path += (key,)
            if brackets == 2 and position == len(keys):
                self.note(path, start)
                self.counted[path] = self.counted.get(path, 0) + 1
            if path in self.counted:
                path += (self.counted[path] - 1,)
        self.note(path, start)
        return path

    def pair(self, table: Path) -> Path:
        start = self.at
        path = table
        for key in self.keys():
            path += (key,)
            self.note(path, start)
        self.skip_blank()
        self.at += 1
        self.skip_blank()
        self.value(path)
        return table

    def keys(self) -> list[str]:
        found = []
        while True:
            self.skip_blank()
            if self.text[self.at] in "\"'":
                start = self.at + 1
                self.string()
                found.append(self.text[start : self.at - 1])
            else:
                match = _BARE.match(self.text, self.at)
                found.append(match[0] if match else "")
                self.at = match.end() if match else self.at
            self.skip_blank()
            if not self.here("."):
                return found
            self.at += 1

    def value(self, path: Path) -> None:
        if self.here("["):
            self.members(path, "]")
        elif self.here("{"):
            self.members(path, "}")
        elif self.text[self.at] in "\"'":
            self.string()
        else:
            match = _SCALAR.match(self.text, self.at)
            self.at = match.end() if match else len(self.text)

    def members(self, path: Path, end: str) -> None:
        self.at += 1
        index = 0
        while self.skip_blank() and not self.here(end):
            if end == "}":
                self.pair(path)
            else:
                self.note((*path, index), self.at)
                self.value((*path, index))
                index += 1
            self.skip_blank()
            if self.here(","):
                self.at += 1
        self.at += 1

    def string(self) -> None:
        mark = self.text[self.at]
        quote = mark * 3 if self.here(mark * 3) else mark
        self.at += len(quote)
        while not self.here(quote):
            self.at += 2 if mark == '"' and self.here("\\") else 1
        self.at += len(quote)
        while len(quote) == 3 and self.here(mark):
            self.at += 1
