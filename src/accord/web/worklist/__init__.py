"""The worklist: what to do, what is waited for, what changed; one module for each kind of line.

Whoever adds a kind gives its app's question and its words in `KINDS`; all kinds are asked in one query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accord.casework.advice.selectors import question_lines
from accord.casework.cases.selectors import cases_on_worklist, steps_on_worklist
from accord.casework.cases.selectors.lines import Line, Source, lines_on_worklist
from accord.casework.detection.selectors import detection_lines
from accord.casework.durations.selectors import clock_lines
from accord.casework.plans.selectors import plan_lines
from accord.casework.referrals.selectors import referral_lines
from accord.casework.window.selectors import request_lines
from accord.kernel.actors import Actor
from accord.purchasing.measures.selectors import measure_lines
from accord.web.worklist.cases import of_case
from accord.web.worklist.clocks import of_clock
from accord.web.worklist.detections import of_detection
from accord.web.worklist.items import Item, urgent_first
from accord.web.worklist.measures import of_measure
from accord.web.worklist.medical import medical_lines
from accord.web.worklist.plans import of_plan
from accord.web.worklist.questions import of_question
from accord.web.worklist.referrals import of_referral
from accord.web.worklist.requests import of_request
from accord.web.worklist.steps import of_step

__all__ = ["KINDS", "Item", "Kind", "worklist"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of line: where it is asked, and how it reads (None: it does not concern us after all)."""

    lines: Source
    item: Callable[[Line, Actor, str], Item | None]


KINDS: dict[str, Kind] = {
    "referral": Kind(referral_lines, of_referral),
    "clock": Kind(clock_lines, of_clock),
    "question": Kind(question_lines, of_question),
    "request": Kind(request_lines, of_request),
    "plan": Kind(plan_lines, of_plan),
    "detection": Kind(detection_lines, of_detection),
    "measure": Kind(measure_lines, of_measure),
}
"""By the word that each line carries."""


def worklist(actor: Actor, *, us: str, only_mine: bool) -> tuple[list[Item], list[Item], list[Item]]:
    """What to do, what is waited for, what changed; the most urgent first; `us` names our house."""
    cases = cases_on_worklist(actor, only_mine=only_mine)
    steps = steps_on_worklist(actor, only_mine=only_mine)
    lines = lines_on_worklist(actor, *(kind.lines for kind in KINDS.values()), only_mine=only_mine)
    waits = [
        *(of_step(step, actor, only_mine=only_mine) for step in steps),
        *(of_case(found) for found in cases if found.why != "changed"),
        *(item for line in lines if (item := KINDS[line.kind].item(line, actor, us))),
        *medical_lines(actor, us),
    ]
    to_do = urgent_first(item for item in waits if not item.is_awaited)
    awaited = urgent_first(item for item in waits if item.is_awaited)
    changed = [of_case(found) for found in cases if found.why == "changed"]
    return to_do, awaited, sorted(changed, key=lambda item: item.since, reverse=True)
