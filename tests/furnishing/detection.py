"""What early detection, préavis and the second circle add to the worlds, scenes and pages of the tests."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accord.casework.cases.models import Case, CaseCircle
from accord.casework.cases.policies import in_visible_case

WALLS = {CaseCircle: lambda actor: Q(in_visible_case(actor))}
STATE_REFUSES = {"cases:second-circle": 403}
"""A case in preparation does not enter a second circle."""


def furnish_world(world: Any, case: Case) -> None:
    CaseCircle.objects.create(case=case, programme="q", programme_version="1")
