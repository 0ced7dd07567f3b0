"""A finding: what is wrong with an invoice, at which line, and what to do about it, in four languages."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

CATALOGUE = Path(__file__).with_name("findings.toml")
LANGUAGES = ("en", "fr", "de", "it")
LONGEST_VALUE = 80


class Severity(StrEnum):
    """An error refuses the invoice; a warning asks a human to look; a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue: a stable code, its weight and its two sentences per language."""

    code: str
    severity: Severity
    message: Mapping[str, str]
    what_to_do: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on one file, at one line (0: the file as a whole)."""

    code: str
    line: int = 0
    field: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    record_id: int | None = None

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return kinds()[self.code].severity

    def as_json(self, language: str = "en") -> dict[str, object]:
        """The object that programs read."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "line": self.line,
            "field": self.field,
            "record_id": self.record_id,
            "message": self.message(language),
            "what_to_do": self.what_to_do(language),
        }

    def message(self, language: str = "en") -> str:
        """What is wrong."""
        return _filled(kinds()[self.code].message, language, self.values)

    def what_to_do(self, language: str = "en") -> str:
        """What the sender does about it."""
        return _filled(kinds()[self.code].what_to_do, language, self.values)


def finding(
    code: str, line: int = 0, path: str = "", record_id: int | None = None, /, **values: object
) -> Finding:
    """A finding with its values cut to a readable length."""
    shown = {name: _readable(value) for name, value in values.items()}
    return Finding(code, line, path, shown, record_id)


@cache
def kinds() -> Mapping[str, Kind]:
    """The catalogue of findings, by code; an advice that many share stands once."""
    catalogue = tomllib.loads(CATALOGUE.read_text("utf-8"))
    return {code: _kind(code, entry, catalogue["advice"]) for code, entry in catalogue["finding"].items()}


def _kind(code: str, entry: Mapping[str, str], advice: Mapping[str, Mapping[str, str]]) -> Kind:
    sentences = {language: entry[language] for language in LANGUAGES}
    return Kind(code, Severity(entry["severity"]), sentences, advice[entry["advice"]])


def refuses(findings: Iterable[Finding]) -> bool:
    """Whether one of them is an error."""
    return any(one.severity is Severity.ERROR for one in findings)


def _readable(value: object) -> str:
    text = "".join(sign if sign.isprintable() else "�" for sign in str(value))
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def _filled(sentences: Mapping[str, str], language: str, values: Mapping[str, str]) -> str:
    return sentences.get(language, sentences["en"]).format_map(_Known(values))


class _Known(dict[str, str]):
    """A value that nobody gave leaves a dash, never an exception."""

    def __missing__(self, _key: str) -> str:
        return "–"
