"""What in a PDF acts by itself: scripts, launched programs, other files (ISO 32000-2, 12.6 and 7.11.4)."""

from __future__ import annotations

import re
import zlib

ACTING = re.compile(rb"/(?:JavaScript|Launch|RichMedia)(?![A-Za-z])")
ATTACHED = re.compile(rb"/EmbeddedFiles?(?![A-Za-z])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
OBJECT_STREAM = re.compile(
    rb"/ObjStm\b[^>]{0,400}?>>\s*stream\r?\n|/Type\s*/ObjStm.{0,400}?stream\r?\n", re.DOTALL
)
MOST_INFLATED = 64 * 1024 * 1024


def pdf_holds(data: bytes) -> frozenset[str]:
    """`active` when it has scripts or launches something, `attachment` when other files travel in it.

    Looks into compressed object streams too; a heuristic beside the antivirus, not instead of it.
    """
    found = set()
    for text in (data, *_object_streams(data)):
        plain = ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), text)
        if ACTING.search(plain):
            found.add("active")
        if ATTACHED.search(plain):
            found.add("attachment")
    return frozenset(found)


def _object_streams(data: bytes) -> list[bytes]:
    streams, left = [], MOST_INFLATED
    for match in OBJECT_STREAM.finditer(data):
        try:
            inflated = zlib.decompressobj().decompress(data[match.end() :], left)
        except zlib.error:
            continue
        left -= len(inflated)
        streams.append(inflated)
        if left <= 0:
            break
    return streams
