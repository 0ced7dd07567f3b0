"""What every page of the window begins with: its door, its frame, and the chapter that it shows."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.services import read_case
from accord.casework.consents.models import Consent
from accord.casework.window.policies import at_her_window
from accord.casework.window.selectors import CHAPTERS, own_case, own_consent, size_of
from accord.kernel.http import AccordRequest, screen

window_screen = partial(screen, at_her_window, entrance="window:sign-in")
"""The door of the person's own pages: signed out, one is led to her sign-in page."""


def page(
    request: AccordRequest, template: str, context: dict[str, Any], *, here: str = "", status: int = 200
) -> HttpResponse:
    """A page of the window, in her size of letters, with the way to the others."""
    frame = {"size": size_of(request.session), "ways": _ways(), "here": here}
    response = render(request, template, frame | context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def chapter_page(request: AccordRequest, key: str, template: str, **context: Any) -> HttpResponse:
    """A page that shows one chapter; that she looked is journalled as every other reading."""
    case = own_case(request.actor)
    chapter = CHAPTERS[key](request.actor, case)
    read_case(by=request.actor, case=case, what="case")
    return page(request, template, {"case": case, "chapter": chapter} | context, here=key)


def consent_or_404(request: AccordRequest, consent_key: UUID) -> Consent:
    """An authorisation of her own case; any other does not exist here."""
    try:
        return own_consent(request.actor, consent_key)
    except Consent.DoesNotExist:
        raise Http404 from None


def _ways() -> list[dict[str, str]]:
    return [
        {"key": "today", "word": _("Aujourd’hui"), "icon": "house", "url": reverse("window:today")},
        {
            "key": "authorised",
            "word": _("Mes accords"),
            "icon": "signature",
            "url": reverse("window:authorised"),
        },
        {"key": "readings", "word": _("Qui a lu"), "icon": "eye", "url": reverse("window:readings")},
        {
            "key": "requests",
            "word": _("Demandes"),
            "icon": "message-square",
            "url": reverse("window:requests"),
        },
        {"key": "more", "word": _("Plus"), "icon": "menu", "url": reverse("window:more")},
    ]
