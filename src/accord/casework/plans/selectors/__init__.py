"""Questions about plans; the actor comes first, and what she may not know is not there."""

from accord.casework.plans.selectors.findings import Judged, findings_of, judged
from accord.casework.plans.selectors.sheets import (
    Awaited,
    GoalNode,
    PlanTree,
    Sheet,
    goal_for,
    measure_for,
    measures_of,
    plan_of,
    sheet_of,
    tree_of,
)
from accord.casework.plans.selectors.worklist import PlanToDo, plans_on_worklist

__all__ = [
    "Awaited",
    "GoalNode",
    "Judged",
    "PlanToDo",
    "PlanTree",
    "Sheet",
    "findings_of",
    "goal_for",
    "judged",
    "measure_for",
    "measures_of",
    "plan_of",
    "plans_on_worklist",
    "sheet_of",
    "tree_of",
]
