"""The plan: what competes, goals with their measures, the picture, who signed, the versions."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.enums import Category
from accord.casework.cases.panels import why_hidden
from accord.casework.cases.policies import can_lead
from accord.casework.plans.enums import FindingKind, MeasureState, PlanState
from accord.casework.plans.models import Measure
from accord.casework.plans.panels import Words, sentence_of, timeline_of
from accord.casework.plans.panels.words import way_out_of
from accord.casework.plans.selectors import GoalNode, Judged, Sheet, findings_of, sheet_of, tree_of
from accord.casework.plans.states import MEASURE
from accord.casework.plans.views.agreeing import signing_of
from accord.kernel.clock import today
from accord.web.case_panels.folder import Folder


def plan(folder: Folder) -> dict[str, Any]:
    """The newest version of the plan, as far as the reader may see it."""
    actor, case = folder.actor, folder.case
    sheet = sheet_of(actor, case)
    current = sheet.current
    words = Words(sheet, folder.programme, folder.language)
    may_plan = folder.may_write and folder.sight.covers(Category.PLAN)
    context: dict[str, Any] = {
        "plan": current,
        "why_plan": folder.why(Category.PLAN),
        "plan_hidden": why_hidden(folder.sight, Category.PLAN, folder.programme),
        "may_plan": may_plan,
    }
    if current is None:
        return context
    findings = findings_of(actor, case, sheet)
    tree = tree_of(sheet, current)
    leads = may_plan and bool(can_lead(actor, case))
    return context | {
        "tree": tree,
        "in_force": sheet.in_force,
        "goals": [_goal(folder, words, node, may_plan) for node in tree.goals],
        "findings": [_finding(number, found) for number, found in enumerate(findings, 1)],
        "open_findings": sum(found.is_open for found in findings),
        "timeline": timeline_of(sheet.measures_in(current.number), findings, today()),
        "may_propose": leads and current.state == PlanState.DRAFT and bool(tree.goals),
        "may_withdraw": leads and current.state == PlanState.PROPOSED,
        "may_discard": leads and current.state == PlanState.DRAFT,
        "may_conclude": leads and sheet.is_complete(current) and not any(found.is_open for found in findings),
        "may_justify": leads,
        "signing": signing_of(sheet) if may_plan and _must_sign(folder, sheet) else None,
    }


def _must_sign(folder: Folder, sheet: Sheet) -> bool:
    """Whether the reader's institution is awaited."""
    current, own = sheet.current, folder.actor.institution_key
    return (
        current is not None
        and current.state == PlanState.PROPOSED
        and own in sheet.owners_in(current.number)
        and sheet.signature_of(current, own) is None
    )


def _finding(number: int, found: Judged) -> dict[str, Any]:
    return {
        "number": number,
        "found": found,
        "kind": str(FindingKind(found.finding.kind).label),
        "sentence": sentence_of(found),
        "way_out": way_out_of(found.finding.kind),
    }


def _goal(folder: Folder, words: Words, node: GoalNode, may_plan: bool) -> dict[str, Any]:
    own = folder.actor.institution_id
    return {
        "goal": node.goal,
        "kind": words.goal_kind(node.goal.key) if node.goal else "",
        "may_change": may_plan and node.goal is not None and node.goal.owner_id == own,
        "measures": [_measure(folder, words, measure, may_plan) for measure in node.measures],
    }


def _measure(folder: Folder, words: Words, measure: Measure, may_plan: bool) -> dict[str, Any]:
    is_ours = may_plan and measure.owner_id == folder.actor.institution_id
    return {
        "measure": measure,
        "kind": "" if (kind := words.measure_kind(measure.kind)) == measure.title else kind,
        "may_change": is_ours,
        "may_begin": is_ours and MEASURE.may(measure.state, MeasureState.RUNNING),
        "may_end": is_ours and MEASURE.may(measure.state, MeasureState.DONE),
        "may_stop": is_ours and MEASURE.may(measure.state, MeasureState.STOPPED),
        "is_new": folder.is_new(measure.updated_at, measure.author_id),
    }
