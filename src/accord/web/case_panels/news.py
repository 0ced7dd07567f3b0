"""What changed since the reader's last visit: a line each, with its place."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.enums import EventKind
from accord.casework.cases.selectors import MOST_NEWS, News, news_of
from accord.web.case_panels.folder import Folder

PLACES = {
    "event": "?panneau=fil#fil",
    "note": "?panneau=fil#notes",
    "step": "#demarche-{id}",
    "casedocument": "?panneau=documents",
}


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
                "url": address + PLACES[one.kind].format(id=one.id),
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
    word = str(EventKind(one.word).label)
    if one.word == EventKind.STAGE and one.detail:
        return _("%(word)s : %(detail)s") % {"word": word, "detail": folder.stage_label(one.detail)}
    return word
