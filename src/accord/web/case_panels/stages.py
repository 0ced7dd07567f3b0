"""The stages of the programme as a path."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.enums import CaseState
from accord.casework.cases.policies import can_close, can_lead, can_reopen
from accord.casework.cases.services import gates_of, next_stage
from accord.casework.durations.selectors import escalations_of
from accord.casework.referrals.panels import referral_panel
from accord.web.case_panels.folder import Folder


def stages(folder: Folder) -> dict[str, Any]:
    """The programme's stages as a path, the gates of the next one, closing and reopening."""
    actor, case = folder.actor, folder.case
    following = next_stage(case) if case.state == CaseState.OPEN else None
    entered = {found.label: found for found in folder.stretches if found.kind == "stage"}
    keys = [stage.key for stage in folder.programme.stages]
    position = keys.index(case.stage) if case.stage in keys else -1
    return {
        "path": [
            {
                "stage": stage,
                "label": stage.label.in_(folder.language),
                "help": stage.help.in_(folder.language) if stage.help else "",
                "entered": entered.get(stage.key),
                "is_current": index == position,
                "is_past": index < position,
            }
            for index, stage in enumerate(folder.programme.stages)
        ],
        "next_stage": following,
        "next_label": following.label.in_(folder.language) if following else "",
        "gates": [decision for _name, decision in gates_of(case, following)] if following else [],
        "may_move": bool(can_lead(actor, case)) and case.state == CaseState.OPEN,
        "may_close": bool(can_close(actor, case)),
        "may_reopen": bool(can_reopen(actor, case)),
        "referral": referral_panel(actor, case),
        "escalations": escalations_of(actor, case),
        "outcome": next(
            (o.label.in_(folder.language) for o in folder.programme.outcomes if o.key == case.outcome), ""
        ),
    }
