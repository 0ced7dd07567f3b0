"""Previews and downloads."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from PIL import Image

from accord.foundation.documents.models import Document
from accord.foundation.documents.services import NoSuchPage, render_page, store_document
from accord.foundation.documents.services.store import remove
from accord.foundation.documents.views import serve_download, serve_preview
from accord.kernel.decisions import Refused
from foundation.documents.samples import docx, pdf, picture, upload
from scenarios import colleague

pytestmark = pytest.mark.django_db
ACTING = pdf(b"/OpenAction << /S /Launch /F (calc.exe) >>")


def stored(content: bytes, name: str) -> Document:
    return store_document(by=colleague().actor, file=upload(content, name))


def size_of(png: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        return image.size


def test_a_page_is_drawn_at_the_wished_width():
    document = stored(pdf(pages=2), "decision.pdf")
    assert size_of(render_page(document, 2, 400)) == (400, 200)


def test_a_picture_is_drawn_anew_without_what_it_carried():
    photo = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "at home, rue de Lausanne"
    Image.new("RGB", (900, 300), "teal").save(photo, "JPEG", exif=exif)
    drawn = render_page(stored(photo.getvalue(), "photo.jpg"), 1, 300)
    assert size_of(drawn) == (300, 100)
    assert b"Lausanne" not in drawn


def test_a_picture_is_not_blown_up():
    assert size_of(render_page(stored(picture(), "photo.png"), 1, 2_000)) == (40, 30)


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_is_not_there(number):
    with pytest.raises(NoSuchPage):
        render_page(stored(pdf(pages=2), "decision.pdf"), number)


def test_an_office_document_has_no_preview():
    with pytest.raises(Http404):
        serve_preview(stored(docx(), "lettre.docx"), 1)


def test_what_is_held_back_is_neither_shown_nor_given():
    document = stored(ACTING, "formulaire.pdf")
    with pytest.raises(Refused):
        render_page(document, 1)
    for give in (serve_download, lambda held: serve_preview(held, 1)):
        with pytest.raises(PermissionDenied, match="retenu"):
            give(document)


def test_a_download_is_saved_under_a_name_that_tells_nothing():
    content = pdf()
    document = stored(content, "Favre Claire, décision AI.pdf")
    response = serve_download(document)
    assert b"".join(response.streaming_content) == content
    assert response.headers["Content-Disposition"] == f'attachment; filename="{document.file_name}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


def test_a_preview_is_only_a_picture():
    response = serve_preview(stored(pdf(), "decision.pdf"), 1)
    assert response.headers["Content-Type"] == "image/png"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_bytes_that_are_gone_are_a_404():
    document = stored(pdf(), "decision.pdf")
    remove(document.sha256)
    for give in (serve_download, lambda gone: serve_preview(gone, 1)):
        with pytest.raises(Http404):
            give(document)
