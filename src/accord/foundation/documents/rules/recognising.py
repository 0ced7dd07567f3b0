"""The media type of a file, told by its first bytes and, for containers, by what they contain."""

from __future__ import annotations

import io
import zipfile

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"

BEGINNINGS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))


def recognise(data: bytes) -> str | None:
    """The media type, or None for everything that is not accepted."""
    for beginning, media_type in BEGINNINGS:
        if data.startswith(beginning):
            return media_type
    return _recognise_container(data) if data.startswith(b"PK\x03\x04") else None


def _recognise_container(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {entry.filename: entry for entry in archive.infolist()}
            if {"[Content_Types].xml", "word/document.xml"} <= names.keys():
                return DOCX
            declared = names.get("mimetype")
            if declared is None or declared.file_size != len(ODT):
                return None
            with archive.open(declared) as content:
                return ODT if content.read(len(ODT)) == ODT.encode() else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return None
