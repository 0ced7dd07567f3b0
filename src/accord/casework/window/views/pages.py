"""What she reads: one idea a page."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase

from accord.casework.cases.models import CaseDocument
from accord.casework.cases.selectors import circles_of
from accord.casework.cases.services import read_case, read_document
from accord.casework.detection.panels import knows_detection
from accord.casework.window.enums import RequestKind
from accord.casework.window.selectors import (
    own_case,
    own_consents,
    own_document,
    own_drafts,
    own_person,
    readings_by_day,
    readings_page,
)
from accord.casework.window.views.shell import chapter_page, page, window_screen
from accord.foundation.documents.policies import may_be_opened
from accord.foundation.documents.views import serve_download, serve_preview
from accord.kernel.http import AccordRequest


@window_screen(purpose="look at own situation", methods=("GET",))
def today(request: AccordRequest) -> HttpResponse:
    """What is next, who is responsible, what waits for her."""
    return chapter_page(request, "today", "window/today.html", person=own_person(request.actor))


@window_screen(purpose="look at own situation", methods=("GET",))
def plan(request: AccordRequest) -> HttpResponse:
    """What she wants to reach, and who does what for it."""
    return chapter_page(request, "plan", "window/chapter.html")


@window_screen(purpose="look at own situation", methods=("GET",))
def meetings(request: AccordRequest) -> HttpResponse:
    """Her meetings, those to come first."""
    return chapter_page(request, "meetings", "window/chapter.html")


@window_screen(purpose="look at own situation", methods=("GET",))
def diagnosis(request: AccordRequest) -> HttpResponse:
    """What the institutions understood of her situation."""
    return chapter_page(request, "diagnosis", "window/chapter.html")


@window_screen(purpose="look at own situation", methods=("GET",))
def capacity(request: AccordRequest) -> HttpResponse:
    """What she can do at work."""
    return chapter_page(request, "capacity", "window/chapter.html")


@window_screen(purpose="look at own situation", methods=("GET",))
def emergencies(request: AccordRequest) -> HttpResponse:
    """Who looked without her authorisation."""
    return chapter_page(request, "emergencies", "window/chapter.html")


@window_screen(purpose="look at own situation", methods=("GET",))
def detection(request: AccordRequest) -> HttpResponse:
    """What the AI office answered, and what it intends to decide."""
    return chapter_page(request, "detection", "window/chapter.html")


@window_screen(purpose="look at own situation", methods=("GET",))
def participants(request: AccordRequest) -> HttpResponse:
    """Who takes part, and whom to call."""
    return chapter_page(request, "participants", "window/chapter.html")


@window_screen(purpose="look at own situation", methods=("GET",))
def identity(request: AccordRequest) -> HttpResponse:
    """What is noted about her."""
    return chapter_page(request, "identity", "window/chapter.html")


@window_screen(purpose="look at own situation", methods=("GET",))
def authorised(request: AccordRequest) -> HttpResponse:
    """What she authorised, with what she can do about it."""
    case = own_case(request.actor)
    return chapter_page(
        request,
        "authorised",
        "window/authorised.html",
        consents=own_consents(request.actor, case),
        drafts=own_drafts(request.actor, case),
    )


@window_screen(purpose="read own documents", methods=("GET",))
def documents(request: AccordRequest) -> HttpResponse:
    """The documents that were given to her."""
    return chapter_page(request, "documents", "window/chapter.html")


@window_screen(purpose="read own documents", methods=("GET",))
def document(request: AccordRequest, paper_id: UUID) -> HttpResponseBase:
    """Its pages as pictures; with `?fichier` the file itself, with `?page` one picture."""
    filed = _paper_or_404(request, paper_id)
    number = request.GET.get("page", "")
    if "fichier" in request.GET:
        response = serve_download(filed.document)
        read_document(by=request.actor, filed=filed)
        return response
    if number:
        if not (number.isascii() and number.isdecimal() and len(number) < 6):
            raise Http404
        return serve_preview(filed.document, int(number))
    read_document(by=request.actor, filed=filed)
    shown = filed.document.pages or 0 if filed.document.is_previewed else 0
    context = {
        "filed": filed,
        "pages": range(1, shown + 1),
        "held_back": may_be_opened(filed.document).sentence,
    }
    return page(request, "window/document.html", context, here="more")


def _paper_or_404(request: AccordRequest, paper_id: UUID) -> CaseDocument:
    try:
        return own_document(request.actor, paper_id)
    except CaseDocument.DoesNotExist:
        raise Http404 from None


@window_screen(purpose="see who read", methods=("GET",))
def readings(request: AccordRequest) -> HttpResponse:
    """Who read and wrote what, when and why, by day."""
    case = own_case(request.actor)
    found = readings_page(
        request.actor, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    read_case(by=request.actor, case=case, what="journal")
    context = {"page": found, "days": readings_by_day(found.rows)}
    return page(request, "window/readings.html", context, here="readings")


@window_screen(purpose="look at own situation", methods=("GET",))
def requests(request: AccordRequest) -> HttpResponse:
    """What she asked for, and what she may ask."""
    return chapter_page(request, "requests", "window/requests.html", kinds=RequestKind.choices)


@window_screen(purpose="look at own situation", methods=("GET",))
def more(request: AccordRequest) -> HttpResponse:
    """The other pages, the language and the size of the letters."""
    circles = circles_of(request.actor, own_case(request.actor))
    return page(request, "window/more.html", {"has_detection": knows_detection(circles)}, here="more")
