"""Pictures of pages: what is shown is drawn anew, never the file itself."""

from __future__ import annotations

import io
import warnings

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from accord.foundation.documents.enums import MediaType
from accord.foundation.documents.models import Document
from accord.foundation.documents.policies import may_be_opened
from accord.foundation.documents.services import store
from accord.foundation.documents.services.examining import MOST_PIXELS, ONE_AT_A_TIME

NARROWEST, WIDEST = 100, 2_000
MOST_DRAWN = 12_000_000


class NoSuchPage(LookupError):
    """The document has no such page, or none that can be shown."""


def render_page(document: Document, number: int, width: int = 1_000) -> bytes:
    """One page as a PNG of this width in pixels.

    Raises `Refused` while the document is held back, `NoSuchPage` when there is nothing to draw.
    """
    may_be_opened(document).require()
    width = min(max(width, NARROWEST), WIDEST)
    if not document.is_previewed or not 1 <= number <= (document.pages or 0):
        raise NoSuchPage
    try:
        data = store.path_of(document.sha256).read_bytes()
    except FileNotFoundError as error:
        raise NoSuchPage from error
    picture = (
        _draw_page(data, number, width) if document.media_type == MediaType.PDF else _draw_image(data, width)
    )
    drawn = io.BytesIO()
    picture.save(drawn, "PNG")
    return drawn.getvalue()


def _draw_page(data: bytes, number: int, width: int) -> Image.Image:
    with ONE_AT_A_TIME:
        document = pdfium.PdfDocument(data)
        try:
            page = document[number - 1]
            across, along = max(page.get_width(), 1.0), max(page.get_height(), 1.0)
            scale = min(width / across, (MOST_DRAWN / (across * along)) ** 0.5)
            picture: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
            return picture
        except pdfium.PdfiumError as error:
            raise NoSuchPage from error
        finally:
            document.close()


def _draw_image(data: bytes, width: int) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NoSuchPage
            image.draft("RGB", (width * 2, width * 2))
            upright = ImageOps.exif_transpose(image)
            shrunk = upright.convert(
                "RGBA" if "transparency" in upright.info or upright.mode == "RGBA" else "RGB"
            )
            shrunk.thumbnail((width, max(width * 4, 1)))
            return shrunk
