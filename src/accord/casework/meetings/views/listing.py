"""The agenda: my meetings, or those of my institution, two weeks at a time."""

from __future__ import annotations

from datetime import time

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from accord.casework.meetings.filters import WHOSE, only_mine, week_from
from accord.casework.meetings.panels import line_of
from accord.casework.meetings.rules import at_local
from accord.casework.meetings.selectors import agenda_of, next_after
from accord.casework.meetings.services import read_meetings
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import administers, works_on_cases


@screen(works_on_cases, purpose="list of meetings", methods=("GET",))
def agenda(request: AccordRequest) -> HttpResponse:
    """Two weeks, day by day; where they are empty, the way to the next meeting."""
    actor, language = request.actor, get_language() or "fr"
    mine = only_mine(request.GET)
    page = agenda_of(actor, since=week_from(request.GET), only_mine=mine)
    shown = [meeting for _day, meetings in page.days for meeting in meetings]
    read_meetings(by=actor, meetings=shown)
    context = {
        "page": page,
        "days": [(day, [line_of(one, language) for one in meetings]) for day, meetings in page.days],
        "upcoming": None if shown else next_after(actor, at_local(page.since, time.min), only_mine=mine),
        "whose": "" if mine else "institution",
        "choices": WHOSE,
        "may_keep_rooms": bool(administers(actor)),
    }
    return render(request, "meetings/agenda.html", context)
