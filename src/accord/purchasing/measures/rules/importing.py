"""Days of presence from a CSV file: every line is read or explained; with one bad line nothing is taken."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

MOST_LINES = 400
WORDS = {
    "present": ("present", "présent", "p", "anwesend", "presente"),
    "sick": ("sick", "malade", "maladie", "santé", "m", "krank", "malato"),
    "excused": ("excused", "excusé", "e", "entschuldigt", "scusato"),
    "unexcused": ("unexcused", "non excusé", "n", "unentschuldigt", "assente"),
    "holiday": ("holiday", "vacances", "férié", "v", "ferien", "vacanze"),
}
KEYS = {word: key for key, words in WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Line:
    """A day as a good line says it."""

    number: int
    day: date
    presence: str
    hours: Decimal


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be taken: which one, which fault, and what stands there."""

    number: int
    fault: str
    text: str


def read_csv(data: bytes, since: date, until: date) -> tuple[list[Line], list[BadLine]]:
    """Lines « jour;présence;heures » of a mandate from one day to another; the first may be a heading."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    good: list[Line] = []
    bad: list[BadLine] = []
    seen: set[date] = set()
    delimiter = ";" if text.count(";") >= text.count(",") else ","
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1):
        if not any(cell.strip() for cell in cells) or (number == 1 and _is_heading(cells)):
            continue
        if len(good) + len(bad) >= MOST_LINES:
            bad.append(BadLine(number, "too_many", ""))
            break
        found = _read(number, cells, since, until)
        if isinstance(found, Line) and found.day in seen:
            found = BadLine(number, "twice", delimiter.join(cells)[:60])
        if isinstance(found, BadLine):
            bad.append(found)
        else:
            seen.add(found.day)
            good.append(found)
    return good, bad


def _is_heading(cells: list[str]) -> bool:
    return not any(character.isdigit() for character in cells[0])


def _read(number: int, cells: list[str], since: date, until: date) -> Line | BadLine:
    shown = ";".join(cells)[:60]
    cells = [cell.strip() for cell in cells]
    if not 2 <= len(cells) <= 3:
        return BadLine(number, "columns", shown)
    day = _day(cells[0])
    if day is None:
        return BadLine(number, "day", shown)
    if not since <= day <= until:
        return BadLine(number, "outside", shown)
    presence = KEYS.get(cells[1].lower())
    if presence is None:
        return BadLine(number, "presence", shown)
    hours = _hours(cells[2] if len(cells) == 3 else "")
    if hours is None or not 0 <= hours <= 24:
        return BadLine(number, "hours", shown)
    if presence != "present" and hours:
        return BadLine(number, "absent_hours", shown)
    return Line(number, day, presence, hours)


def _day(text: str) -> date | None:
    parts = text.split(".")
    try:
        if len(parts) == 3:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        return date.fromisoformat(text)
    except ValueError:
        return None


def _hours(text: str) -> Decimal | None:
    try:
        hours = Decimal(text.replace(",", ".") or "0")
        return hours.quantize(Decimal("0.01")) if hours.is_finite() else None
    except InvalidOperation:
        return None
