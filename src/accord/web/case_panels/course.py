"""The course: notes and the timeline."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accord.casework.capacity.panels import incapacity_told
from accord.casework.cases.enums import EventKind
from accord.casework.cases.models import Event
from accord.casework.cases.policies import can_change_record
from accord.casework.cases.selectors import events_of, notes_of
from accord.casework.diagnosis.panels import part_told
from accord.casework.window.panels import act_words
from accord.network.programmes.models import ProgrammeVersion
from accord.network.programmes.selectors import current_programme
from accord.web.case_panels.folder import Folder, hidden_kinds

TIMELINE_LENGTH = 100


def course(folder: Folder) -> dict[str, Any]:
    """Notes, and the timeline."""
    events = list(events_of(folder.actor, folder.case)[:TIMELINE_LENGTH])
    notes = [
        {
            "note": note,
            "category": folder.category_label(note.category),
            "why": folder.why(note.category, note.owner_id),
            "may_change": folder.may_write and bool(can_change_record(folder.actor, note)),
            "is_new": folder.is_new(note.updated_at, note.author_id),
        }
        for note in notes_of(folder.actor, folder.case)
    ]
    return {
        "notes": notes,
        "moments": [
            {
                "event": event,
                "detail": sentence_of(folder, event),
                "icon": ICONS.get(event.kind, "circle"),
                "is_new": folder.is_new(event.at, event.author_id),
            }
            for event in events
        ],
        "hidden": hidden_kinds(folder),
    }


ICONS: dict[str, str] = {
    EventKind.STAGE: "flag",
    EventKind.DOCUMENT: "file-text",
    EventKind.STEP_DONE: "check",
    EventKind.CONSENT_GIVEN: "signature",
    EventKind.JOINED: "institution",
    EventKind.LEFT: "institution",
    EventKind.LEAD: "flag",
    EventKind.PERSON_ACTED: "user",
    EventKind.CIRCLE_JOINED: "institution",
    EventKind.CIRCLE_LEFT: "institution",
    EventKind.DETECTION: "file-text",
    EventKind.NOTICE: "file-text",
}


TOLD = {
    EventKind.CAPACITY: incapacity_told,
    EventKind.DIAGNOSIS_SIGNED: part_told,
    EventKind.DIFFERENCE: part_told,
}
"""Kinds of lines whose app says them itself."""


def sentence_of(folder: Folder, event: Event) -> str:
    """What a line of the timeline adds to its kind."""
    data = event.data
    if told := TOLD.get(EventKind(event.kind)):
        return told(data)
    if event.kind == EventKind.STAGE:
        return folder.stage_label(str(data.get("stage", "")))
    if event.kind == EventKind.CLOSED:
        outcomes = {found.key: found.label.in_(folder.language) for found in folder.programme.outcomes}
        return outcomes.get(str(data.get("outcome", "")), "")
    if event.kind in {EventKind.CIRCLE_JOINED, EventKind.CIRCLE_LEFT}:
        return _circle_label(folder, str(data.get("circle", "")))
    if event.kind in {EventKind.FILE_OPENED, EventKind.FILE_CLOSED}:
        on = ".".join(reversed(str(data.get("on", "")).split("-")))
        words = {"institution": data.get("institution", ""), "on": on, "reason": data.get("reason", "")}
        if words["reason"]:
            return _("%(institution)s, le %(on)s : %(reason)s") % words
        return _("%(institution)s, le %(on)s") % words
    if event.kind == EventKind.PERSON_ACTED:
        return act_words(data)
    return str(
        next((data[key] for key in ("institution", "title", "reason", "sentence") if data.get(key)), "")
    )


def _circle_label(folder: Folder, slug: str) -> str:
    """The name of a circle, also of one in which the case stands no longer."""
    standing = {programme.slug: programme for programme in folder.circles}
    try:
        programme = standing.get(slug) or current_programme(slug)
    except ProgrammeVersion.DoesNotExist:
        return slug
    return programme.label.in_(folder.language)
