"""What changed since the reader's last visit: a line each, with its place."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.enums import EventKind
from accord.casework.cases.selectors import MOST_NEWS, News, news_of
from accord.web.case_panels.folder import Folder
from accord.web.case_panels.sentences import sentence_of

PLACES = {
    "note": "?panneau=fil#notes",
    "step": "#demarche-{id}",
    "casedocument": "?panneau=documents",
}

TIMELINE = "?panneau=fil#fil"
PANEL_OF = {
    "plan": (
        EventKind.PLAN_PROPOSED, EventKind.PLAN_SIGNED, EventKind.PLAN_AGREED, EventKind.PLAN_CHANGED,
    ),
    "rencontres": (
        EventKind.MEETING_PLANNED, EventKind.MEETING_MOVED, EventKind.MEETING_CANCELLED,
        EventKind.MEETING_HELD, EventKind.MINUTES_SIGNED,
    ),
    "diagnostic": (EventKind.DIAGNOSIS_SIGNED, EventKind.DIFFERENCE),
    "capacite": (EventKind.CAPACITY, EventKind.SUMMARY),
    "detection": (EventKind.DETECTION, EventKind.NOTICE),
    "employeurs": (EventKind.EMPLOYER_CONTACT,),
    "autorisation": (
        EventKind.CONSENT_GIVEN, EventKind.CONSENT_NARROWED, EventKind.CONSENT_REVOKED,
        EventKind.CONSENT_EXPIRED, EventKind.CIRCLE_JOINED, EventKind.CIRCLE_LEFT,
    ),
    "institutions": (
        EventKind.JOINED, EventKind.LEFT, EventKind.LEAD, EventKind.FILE_OPENED, EventKind.FILE_CLOSED,
    ),
    "etapes": (EventKind.STAGE, EventKind.CLOSED, EventKind.REOPENED),
}  # fmt: skip
"""Where one reads about what a line of the timeline tells; the timeline itself for all others."""


def news(folder: Folder) -> dict[str, Any]:
    """The news, or nothing at a first visit."""
    if folder.visited_at is None:
        return {"news": [], "news_since": None, "has_more_news": False}
    found = news_of(folder.actor, folder.case, folder.visited_at)
    address = reverse("web:case", args=[folder.case.pk])
    return {
        "news": [
            {
                "sentence": _sentence(folder, one),
                "who": one.who,
                "at": one.at,
                "url": address + _place(one),
            }
            for one in found[:MOST_NEWS]
        ],
        "news_since": folder.visited_at,
        "has_more_news": len(found) > MOST_NEWS,
    }


def _sentence(folder: Folder, one: News) -> str:
    if one.kind == "note":
        return _("Note écrite ou corrigée")
    if one.kind == "step":
        return _("Démarche : %(title)s") % {"title": one.word}
    if one.kind == "casedocument":
        return _("Document : %(title)s") % {"title": one.word}
    word, detail = str(EventKind(one.word).label), sentence_of(folder, one.word, one.data)
    return _("%(word)s : %(detail)s") % {"word": word, "detail": detail} if detail else word


def _place(one: News) -> str:
    if one.kind != "event":
        return PLACES[one.kind].format(id=one.id)
    panel = next((panel for panel, kinds in PANEL_OF.items() if one.word in kinds), "")
    return f"?panneau={panel}" if panel else TIMELINE
