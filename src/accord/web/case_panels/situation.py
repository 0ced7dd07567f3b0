"""The situation: the picture, what is to do, what is hidden."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.enums import CaseState, Category, StepState
from accord.casework.cases.models import Step
from accord.casework.cases.panels import why_hidden
from accord.casework.cases.policies import can_change_record, can_end_step
from accord.casework.cases.selectors import steps_of
from accord.casework.plans.selectors import measures_of
from accord.casework.referrals.panels import referral_panel
from accord.web.case_panels.folder import Folder, hidden_kinds
from accord.web.case_story import description_of, story_of
from accord.web.lanes import draw, lines_of


def situation(folder: Folder) -> dict[str, Any]:
    """The picture, the worklist of the case, and what is hidden; an announcement before it is accepted."""
    steps = list(steps_of(folder.actor, folder.case))
    measures = measures_of(folder.actor, folder.case)
    story = story_of(
        folder.case, folder.programme, folder.stretches, steps, measures, folder.sight, folder.language
    )
    is_announcement = folder.case.state in {CaseState.DRAFT, CaseState.ANNOUNCED, CaseState.DECLINED}
    return {
        "lying": draw(story),
        "standing": draw(story, is_upright=True),
        "story": story,
        "description": description_of(story),
        "lines": lines_of(story),
        "steps": [_step(folder, step) for step in steps if step.state == StepState.OPEN],
        "ended_steps": [_step(folder, step) for step in steps if step.state != StepState.OPEN],
        "why_picture": folder.why(None),
        "why_steps": folder.why(Category.PLAN),
        "steps_hidden": why_hidden(folder.sight, Category.PLAN, folder.programme),
        "files_hidden": why_hidden(folder.sight, Category.BENEFITS, folder.programme),
        "hidden": hidden_kinds(folder),
        "referral": referral_panel(folder.actor, folder.case) if is_announcement else None,
    }


def _step(folder: Folder, step: Step) -> dict[str, Any]:
    return {
        "step": step,
        "may_end": folder.may_write and bool(can_end_step(folder.actor, step)),
        "may_change": folder.may_write and bool(can_change_record(folder.actor, step)),
        "is_new": folder.is_new(step.updated_at, step.author_id),
        "next_state": StepState.DONE if step.state == StepState.OPEN else StepState.OPEN,
    }
