"""Answers that hold a document or the picture of a page, for screens of other apps, after their policy."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase

from accord.foundation.documents.models import Document
from accord.foundation.documents.policies import may_be_opened
from accord.foundation.documents.services import NoSuchPage, render_page, store
from accord.kernel.decisions import Refused

CLOSED = "default-src 'none'; sandbox"


def serve_download(document: Document) -> HttpResponseBase:
    """The file itself, to be saved, never shown inside Accord; its name tells nothing about the person.

    403 with the sentence while it is held back; 404 when its bytes are not in the store.
    """
    decision = may_be_opened(document)
    if not decision:
        raise PermissionDenied(decision.sentence)
    try:
        content = store.path_of(document.sha256).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=True, filename=document.file_name, content_type=document.media_type
    )
    return _closed(response)


def serve_preview(document: Document, page: int, width: int = 1_000) -> HttpResponseBase:
    """The picture of one page. 403 while the document is held back, 404 when there is no such page."""
    try:
        picture = render_page(document, page, width)
    except Refused as refusal:
        raise PermissionDenied(refusal.sentence) from refusal
    except NoSuchPage as error:
        raise Http404 from error
    response = HttpResponse(picture, content_type="image/png")
    response.headers["Content-Disposition"] = "inline"
    return _closed(response)


def _closed(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = CLOSED
    response.headers["Cache-Control"] = "private, no-store"
    return response
