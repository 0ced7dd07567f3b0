"""Open steps: ours to do, or awaited from others."""

from __future__ import annotations

from django.urls import reverse

from accord.casework.cases.selectors import StepToDo
from accord.kernel.actors import Actor
from accord.web.worklist.items import Item


def of_step(step: StepToDo, actor: Actor, *, only_mine: bool) -> Item:
    """A step by its own title."""
    return Item(
        sentence=step.title,
        who=step.who,
        number=step.number,
        url=reverse("web:case", args=[step.case_id]),
        holder=step.holder,
        since=step.since,
        due_on=step.due_on,
        case_id=step.case_id,
        is_awaited=not _is_ours(step, actor, only_mine),
    )


def _is_ours(step: StepToDo, actor: Actor, only_mine: bool) -> bool:
    """For the institution what it must do; for one person what is named after her, or after nobody."""
    if step.assignee_id != actor.institution_id:
        return False
    return not only_mine or step.assignee_user_id in (None, actor.user_id)
