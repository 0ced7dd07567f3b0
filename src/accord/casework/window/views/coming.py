"""She says whether she comes to a meeting, and takes it into her own calendar."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.meetings.models import Meeting
from accord.casework.meetings.selectors import agendas_of_case
from accord.casework.meetings.services import answer_as_person, read_meeting
from accord.casework.meetings.services.calendars import person_calendar
from accord.casework.window.selectors import own_case, own_meeting
from accord.casework.window.selectors.chapters.meetings import coming
from accord.casework.window.selectors.written import is_ahead
from accord.casework.window.views.shell import page, window_screen
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest


@window_screen(purpose="answer an invitation")
def meeting(request: AccordRequest, meeting_key: UUID) -> HttpResponse:
    """One meeting to come, and her answer; one that is over is on the list."""
    found = _meeting_or_404(request, meeting_key)
    if request.method == "POST":
        return _answer(request, found)
    if not is_ahead(found):
        return _to_meetings()
    agenda = agendas_of_case(request.actor, own_case(request.actor)).get(found.pk, [])
    read_meeting(by=request.actor, meeting=found)
    context = {"meeting": found, "item": coming(found, agenda)}
    return page(request, "window/meeting.html", context, here="meetings")


def _answer(request: AccordRequest, found: Meeting) -> HttpResponse:
    try:
        answer_as_person(by=request.actor, meeting_id=found.pk, answer=request.POST.get("answer", ""))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("C’est noté. L’institution qui vous invite reçoit votre réponse."))
    return _to_meetings()


def _to_meetings() -> HttpResponse:
    return HttpResponseRedirect(reverse("window:meetings"))


@window_screen(purpose="answer an invitation", methods=("GET",))
def meeting_file(request: AccordRequest, meeting_key: UUID) -> HttpResponse:
    """The meeting for the calendar of her telephone: number, kind, hour and place, and nothing else."""
    found = _meeting_or_404(request, meeting_key)
    read_meeting(by=request.actor, meeting=found)
    content = person_calendar(found, reverse("window:meetings"), get_language() or "fr")
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="rencontre.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _meeting_or_404(request: AccordRequest, meeting_key: UUID) -> Meeting:
    try:
        return own_meeting(request.actor, meeting_key)
    except Meeting.DoesNotExist:
        raise Http404 from None
