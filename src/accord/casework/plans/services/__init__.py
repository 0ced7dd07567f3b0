"""The verbs of the plan."""

from accord.casework.plans.services.agreeing import PlanChanged, conclude_plan, justify_finding
from accord.casework.plans.services.discarding import discard_draft
from accord.casework.plans.services.signing import propose_plan, sign_as_person, sign_plan, withdraw_proposal
from accord.casework.plans.services.writing import (
    GoalWords,
    MeasureWords,
    add_goal,
    add_measure,
    change_goal,
    change_measure,
    follow_measure,
    remove_goal,
    remove_measure,
)

__all__ = [
    "GoalWords",
    "MeasureWords",
    "PlanChanged",
    "add_goal",
    "add_measure",
    "change_goal",
    "change_measure",
    "conclude_plan",
    "discard_draft",
    "follow_measure",
    "justify_finding",
    "propose_plan",
    "remove_goal",
    "remove_measure",
    "sign_as_person",
    "sign_plan",
    "withdraw_proposal",
]
