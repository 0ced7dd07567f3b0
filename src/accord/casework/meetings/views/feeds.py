"""The private calendar: its page for her who owns it, and what a calendar programme reads."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.meetings.selectors import feed_since
from accord.casework.meetings.services import read_feed, renew_feed
from accord.foundation.accounts.policies import anyone, signed_in
from accord.kernel.http import AccordRequest, screen


@screen(signed_in, purpose="own calendar")
def own_calendar(request: AccordRequest) -> HttpResponse:
    """Make or renew one’s address; it is shown this once, and the one before answers no more."""
    address = ""
    if request.method == "POST":
        token = renew_feed(by=request.actor)
        address = f"{settings.ACCORD_BASE_URL}{reverse('meetings:feed', args=[token])}"
        messages.success(request, _("Votre nouvelle adresse est prête ; l’ancienne ne répond plus."))
    context = {"address": address, "since": feed_since(request.actor)}
    response = render(request, "meetings/calendar.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@screen(anyone, purpose="calendar feed", methods=("GET",), public=True)
def feed(request: AccordRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address; 304 when nothing has changed, 404 for any other address."""
    known = request.headers.get("If-None-Match", "")
    found = read_feed(token, known=known)
    if found is None:
        raise Http404
    mark, calendar = found
    response = (
        HttpResponse(status=304)
        if mark == known
        else HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    )
    response.headers["ETag"] = mark
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
