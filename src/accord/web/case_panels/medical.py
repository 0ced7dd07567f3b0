"""Where the requests to the doctor stand; what they say stays in the compartment."""

from __future__ import annotations

from typing import Any

from accord.casework.medical.policies import can_ask
from accord.casework.medical.selectors import steps_of_case
from accord.network.institutions.models import Institution
from accord.web.case_panels.folder import Folder


def has_doctors(folder: Folder) -> bool:
    """Whether the programme lends a doctor to each region."""
    return bool(folder.programme.regions)


def medical(folder: Folder) -> dict[str, Any]:
    """Dated steps, who holds each request since when, and the door to the compartment."""
    steps = steps_of_case(folder.actor, folder.case)
    services = Institution.objects.in_bulk({step.service_id for step in steps})
    return {
        "medical_steps": [(step, services[step.service_id].short_name) for step in steps],
        "may_ask_doctor": bool(can_ask(folder.actor, folder.case)),
        "is_asked_already": any(step.is_running_assessment for step in steps),
        "why_medical": folder.why(None),
    }
