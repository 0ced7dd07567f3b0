"""Who takes part, and each institution's own file."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.enums import Category, ParticipantRole
from accord.casework.cases.panels import why_hidden
from accord.casework.cases.policies import can_hand_over, can_join_circle, can_lead
from accord.casework.cases.selectors import files_of, participants_of
from accord.casework.window.panels import window_panel
from accord.web.case_panels.folder import Folder


def institutions(folder: Folder) -> dict[str, Any]:
    """Who takes part, and each institution's own file."""
    actor, case = folder.actor, folder.case
    files = list(files_of(actor, case))
    own_open = any(f.institution_id == actor.institution_id and f.closed_on is None for f in files)
    return {
        "participants": [
            {
                "found": found,
                "is_lead": found.role == ParticipantRole.LEAD and found.left_at is None,
                "circles": _seats(folder, found.institution.kind),
            }
            for found in participants_of(actor, case)
        ],
        "why_party": folder.why(None),
        "files": files,
        "why_files": folder.why(Category.BENEFITS),
        "files_hidden": why_hidden(folder.sight, Category.BENEFITS, folder.programme),
        "may_open_file": folder.may_write and not own_open,
        "may_close_file": folder.may_write and own_open,
        "may_invite": folder.may_write and bool(can_lead(actor, case)),
        "may_hand_over": bool(can_hand_over(actor, case)),
        "window": window_panel(actor, case),
        "second_circle": folder.circles[1].label.in_(folder.language) if len(folder.circles) > 1 else "",
        "may_join_circle": len(folder.circles) == 1 and bool(can_join_circle(actor, case)),
        "may_leave_circle": len(folder.circles) > 1 and bool(can_lead(actor, case)),
        "may_leave": folder.may_write and case.lead_id != actor.institution_id,
    }


def _seats(folder: Folder, kind: str) -> list[str]:
    """The circles in which a kind of institution sits; nothing while the case stands in one only."""
    if len(folder.circles) < 2:
        return []
    return [programme.label.in_(folder.language) for programme in folder.circles if programme.roles_of(kind)]
