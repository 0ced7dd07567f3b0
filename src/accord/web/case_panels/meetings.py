"""The meetings of the case."""

from __future__ import annotations

from typing import Any

from accord.casework.meetings.panels import line_of
from accord.casework.meetings.policies import can_schedule
from accord.casework.meetings.selectors import meetings_of_case
from accord.web.case_panels.folder import Folder


def meetings(folder: Folder) -> dict[str, Any]:
    """Meetings to come, then those that were, with who is invited."""
    return {
        "meetings": [
            {
                "line": line_of(meeting, folder.language, tuple(meeting.places.all())),
                "is_new": folder.is_new(meeting.updated_at, meeting.author_id),
            }
            for meeting in meetings_of_case(folder.actor, folder.case)
        ],
        "why_meetings": folder.why(None),
        "may_schedule": bool(can_schedule(folder.actor, folder.case, is_participant=folder.takes_part)),
    }
