"""Numbers that neither the law nor the mission gives: each programme may set its own, with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from accord.network.programmes.rules.tables import Table


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a number may be, and what it is where a programme says nothing."""

    default: int
    least: int
    most: int


PARAMETERS: Mapping[str, Parameter] = {
    "escalation_days": Parameter(10, 1, 365),
    "window_code_days": Parameter(30, 1, 365),
    "window_codes": Parameter(6, 1, 20),
    "emergency_hours": Parameter(24, 1, 168),
    "emergency_review_days": Parameter(7, 1, 90),
    "gap_without_care_days": Parameter(30, 1, 365),
    "advice_answer_days": Parameter(5, 1, 90),
    "least_shown": Parameter(5, 2, 50),
    "medical_desk_days": Parameter(5, 1, 90),
    "medical_report_days": Parameter(14, 1, 90),
    "medical_clarification_days": Parameter(7, 1, 90),
}
"""Escalation: days over a deadline after which the manager is told. Window: how long a code letter is valid, and
how many codes it holds. Emergency: longest access, and days until it must be reviewed. Gap: days without any
measure or step that the plan must explain. Advice: days to answer a question. Least shown: smaller groups are
not published in statistics. Medical: days for an act of the service's secretariat, for the doctor's report, and to
clarify an incapacity that came up during a measure."""


def read_parameters(table: Table) -> Mapping[str, int]:
    """The numbers of a programme by name; those it does not set have their default."""
    found = {}
    for name, parameter in PARAMETERS.items():
        inner = table.table(name, required=False)
        value = inner.number("value", least=parameter.least, most=parameter.most)
        if inner.data:
            inner.text("source")
        inner.finish()
        found[name] = parameter.default if value is None else value
    table.finish()
    return found
