"""Her data to take away: for machines, with a schema that describes them, and as a PDF.

Both are built from the chapters of the window, read with her own eyes: exactly what she may see (LPD art. 28).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.window.selectors import Chapter, chapters_of
from accord.casework.window.services.printing import chapters_pdf
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, now

_TEXTS = {"type": "array", "items": {"type": "string"}}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Accord: the data of one person's situation, as she sees them",
    "type": "object",
    "required": ["format", "number", "language", "made_at", "chapters"],
    "properties": {
        "format": {"const": "accord-window-1"},
        "number": {"type": "string", "description": "Number of the situation."},
        "language": {"type": "string", "enum": ["fr", "de", "it", "en"]},
        "made_at": {"type": "string", "format": "date-time"},
        "chapters": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["key", "title", "sentences", "items"],
                "properties": {
                    "key": {"type": "string", "description": "What the chapter is about, in any language."},
                    "title": {"type": "string"},
                    "sentences": _TEXTS,
                    "items": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["title", "when", "lines"],
                            "properties": {
                                "title": {"type": "string"},
                                "when": {
                                    "type": ["string", "null"],
                                    "description": "Day or instant (ISO 8601).",
                                },
                                "lines": _TEXTS,
                            },
                            "additionalProperties": False,
                        },
                    },
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def data_of(*, by: Actor, case: Case) -> dict[str, Any]:
    """Everything that she may see, as plain data after `SCHEMA`; that she took it is journalled."""
    chapters = chapters_of(by, case)
    _journal(by, case)
    return {
        "format": "accord-window-1",
        "number": case.number,
        "language": get_language() or "fr",
        "made_at": now().astimezone(SWISS_TIME).isoformat(timespec="seconds"),
        "chapters": [
            {
                "key": chapter.key,
                "title": chapter.title,
                "sentences": list(chapter.sentences),
                "items": [
                    {"title": item.title, "when": _iso(item.when), "lines": list(item.lines)}
                    for item in chapter.items
                ],
            }
            for chapter in chapters
        ],
    }


def data_as_pdf(*, by: Actor, case: Case) -> bytes:
    """The same to read and to print; that she took it is journalled."""
    chapters = chapters_of(by, case)
    _journal(by, case)
    return chapters_pdf(
        {
            "language": get_language() or "fr",
            "number": case.number,
            "title": _("Ma situation"),
            "made": _("Établi le %(day)s, pour vous seule.") % {"day": _words(now())},
            "page": _("page"),
            "chapters": [_printed(chapter) for chapter in chapters],
        }
    )


def _printed(chapter: Chapter) -> dict[str, Any]:
    return {
        "title": chapter.title,
        "sentences": list(chapter.sentences),
        "items": [
            {"title": item.title, "when": _words(item.when), "lines": list(item.lines)}
            for item in chapter.items
        ],
    }


def _iso(when: date | datetime | None) -> str | None:
    if isinstance(when, datetime):
        return when.astimezone(SWISS_TIME).isoformat(timespec="seconds")
    return when.isoformat() if isinstance(when, date) else None


def _words(when: date | datetime | None) -> str:
    if isinstance(when, datetime):
        when = when.astimezone(SWISS_TIME)
    return f"{when:%d.%m.%Y}" if when else ""


def _journal(by: Actor, case: Case) -> None:
    record(
        by=by,
        verb="exported",
        is_read=True,
        subject_kind="own data",
        subject_id=case.pk,
        subject_label=case.number,
        cases=[case.pk],
    )
