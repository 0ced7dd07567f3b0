"""ICD-10 codes: their form, and how lists of them are read.

The official Swiss list is ICD-10-GM of the Federal Statistical Office (systematic index as CSV or ClaML).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

CODE = re.compile(r"[A-Z][0-9]{2}(?:\.[0-9]{1,2})?")
MARKS = "+*!†-"
"""Signs of the index behind a code: aetiology, manifestation, secondary code, unfinished."""


class Unreadable(ValueError):
    """A file that is no list of codes; the text says in which line and why."""


class Entry(NamedTuple):
    """A code with its title in a language."""

    code: str
    title: str
    language: str


def as_code(typed: str) -> str:
    """A code as it is kept, however it was typed: « m54.5 », « M545 » and « M54.5+ » are M54.5."""
    text = re.sub(r"\s", "", typed).upper().rstrip(MARKS)
    if re.fullmatch(r"[A-Z][0-9]{3,4}", text):
        return f"{text[:3]}.{text[3:]}"
    return text


def is_code(text: str) -> bool:
    """Whether it has the form of an ICD-10 code: a letter, two digits, and up to two after a point."""
    return CODE.fullmatch(text) is not None


def read_list(data: bytes, language: str) -> list[Entry]:
    """The entries of a list: ClaML when it is XML, else lines of code;title and, if given, ;language."""
    text = data.decode("utf-8-sig", errors="replace")
    entries = list(_claml(text, language) if text.lstrip().startswith("<") else _csv(text, language))
    if not entries:
        raise Unreadable("no code was found in this file")
    return entries


def _csv(text: str, language: str) -> Iterator[Entry]:
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=";"), start=1):
        if not any(cell.strip() for cell in row):
            continue
        code, *rest = (cell.strip() for cell in row)
        if not is_code(as_code(code)):
            if number == 1:
                continue
            raise Unreadable(f"line {number}: “{code}” is no ICD-10 code")
        if not rest or not rest[0]:
            raise Unreadable(f"line {number}: {code} has no title")
        yield Entry(as_code(code), rest[0], rest[1] if len(rest) > 1 and rest[1] else language)


def _claml(text: str, language: str) -> Iterator[Entry]:
    """ClaML: `Class` with its code, and its title in the `Rubric` of kind preferred."""
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 — an operator's own file, from the command line
    except ElementTree.ParseError as trouble:
        raise Unreadable(f"no well-formed XML: {trouble}") from trouble
    for found in root.iter("Class"):
        label = found.find("Rubric[@kind='preferred']/Label")
        code = as_code(found.get("code", ""))
        if label is not None and is_code(code):
            yield Entry(code, " ".join("".join(label.itertext()).split()), language)
