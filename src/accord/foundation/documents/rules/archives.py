"""Office documents are zip containers: what must not be in one (OWASP, File Upload Cheat Sheet)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum

MOST_ENTRIES = 2_000
MOST_BYTES = 200 * 1024 * 1024
BYTES_BEFORE_RATIO = 10 * 1024 * 1024
HIGHEST_RATIO = 100
CHUNK = 256 * 1024

ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")
MACROS = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml)$|^(Basic|Scripts)/.+", re.IGNORECASE)
MACRO_TYPE = b"macroEnabled"
OUTER_TEMPLATE = re.compile(rb"attachedTemplate[^>]*TargetMode\s*=\s*[\"']External", re.IGNORECASE)


class Fault(StrEnum):
    """What is wrong with a container."""

    BOMB = "bomb"
    NESTED = "nested"
    TRAVERSAL = "traversal"
    MACRO = "macro"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"


def archive_fault(data: bytes) -> Fault | None:
    """The first fault of a zip container, or None; it is read to the end, never beyond the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            return _fault_of_directory(entries, len(data)) or _fault_of_contents(archive, entries)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return Fault.BROKEN


def _fault_of_directory(entries: list[zipfile.ZipInfo], size: int) -> Fault | None:
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or total > MOST_BYTES:
        return Fault.BOMB
    if total > BYTES_BEFORE_RATIO and total > HIGHEST_RATIO * size:
        return Fault.BOMB
    for entry in entries:
        if _leaves_its_folder(entry.filename):
            return Fault.TRAVERSAL
        if entry.flag_bits & 0x1:
            return Fault.ENCRYPTED
        if MACROS.search(entry.filename):
            return Fault.MACRO
    return None


def _leaves_its_folder(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or "\0" in name


def _fault_of_contents(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Fault | None:
    total = 0
    for entry in entries:
        watched = entry.filename == "[Content_Types].xml" or entry.filename.endswith(".rels")
        kept = b""
        with archive.open(entry) as content:
            is_first = True
            while chunk := content.read(CHUNK):
                if is_first and chunk.startswith(ARCHIVES):
                    return Fault.NESTED
                is_first = False
                total += len(chunk)
                if total > MOST_BYTES:
                    return Fault.BOMB
                if watched:
                    kept += chunk
        if MACRO_TYPE in kept or OUTER_TEMPLATE.search(kept):
            return Fault.MACRO
    return None
