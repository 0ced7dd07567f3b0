"""Small files, good and bad."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accord.foundation.documents.rules.recognising import ODT

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(*extra: bytes, pages: int = 1) -> bytes:
    """A PDF of empty pages; `extra` entries go into its catalogue."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(pages))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + b" ".join(extra) + b" >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % pages,
        *([b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>"] * pages),
    ]
    written, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(written)
    size = len(bodies) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, start)
    )


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


def container(entries: dict[str, bytes]) -> bytes:
    """A zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(entries: dict[str, bytes] | None = None) -> bytes:
    """A Word document, as far as its container goes."""
    return container({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"} | (entries or {}))


def odt(entries: dict[str, bytes] | None = None) -> bytes:
    """An OpenDocument text, as far as its container goes."""
    return container({"mimetype": ODT.encode(), "content.xml": b"<office/>"} | (entries or {}))


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    """As a browser sends it, lying about its type."""
    return SimpleUploadedFile(name, content, content_type="text/html")
