"""The course: notes and the timeline."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.enums import EventKind
from accord.casework.cases.policies import can_change_record
from accord.casework.cases.selectors import events_of, notes_of
from accord.web.case_panels.folder import Folder, hidden_kinds
from accord.web.case_panels.sentences import sentence_of

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
                "detail": sentence_of(folder, event.kind, event.data),
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
    EventKind.DIAGNOSIS_SIGNED: "signature",
    EventKind.PLAN_SIGNED: "signature",
    EventKind.PLAN_AGREED: "handshake",
    EventKind.MEETING_PLANNED: "calendar",
    EventKind.MEETING_MOVED: "calendar",
    EventKind.MEETING_CANCELLED: "x",
    EventKind.MEETING_HELD: "calendar",
    EventKind.MINUTES_SIGNED: "signature",
    EventKind.EMERGENCY: "triangle-alert",
    EventKind.MERGED: "merge",
    EventKind.UNMERGED: "undo",
}
