"""Publish the functional summary: what others may know of a doctor's conclusions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.capacity.enums import Fitness
from accord.casework.capacity.models import FunctionalSummary
from accord.casework.capacity.policies import can_publish_summary
from accord.casework.capacity.rules import Conclusions, WorkCapacity
from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Case
from accord.casework.cases.services import notify_parties, tell
from accord.casework.cases.services.locking import lock_case
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Role


@transaction.atomic
def publish_summary(
    *, by: Actor, case_id: UUID, conclusions: Conclusions, audience: str = Audience.CIRCLE
) -> FunctionalSummary:
    """Publish what the person can do at work; what was published before stays legible beneath it."""
    case = lock_case(by, case_id)
    can_publish_summary(by, case).require()
    _check(conclusions, audience)
    summary = summary_from(by, case, conclusions, audience)
    summary.save(force_insert=True)
    tell(by=by, case=case, kind=EventKind.SUMMARY, category=Category.CAPACITY)
    notify_parties(kind="capacity.summary", case=case, but=by.institution_id, seeing=Category.CAPACITY)
    return summary


def summary_from(by: Actor, case: Case, conclusions: Conclusions, audience: str) -> FunctionalSummary:
    """The summary as it will be read, not yet published: what is shown before publishing is what is published."""
    return FunctionalSummary(
        case=case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=Category.CAPACITY,
        audience=audience,
        published_as=Role.DOCTOR if by.has_role(Role.DOCTOR) else Role.CASEWORKER,
        **_capacity("usual", conclusions.usual),
        **_capacity("adapted", conclusions.adapted),
        limitations=[asdict(limitation) for limitation in conclusions.limitations],
        expectations=conclusions.expectations,
        fitness=conclusions.fitness,
        conditions=conclusions.conditions,
    )


def _check(conclusions: Conclusions, audience: str) -> None:
    if audience == Audience.OWN:
        raise Refused(_("Un résumé se publie pour d’autres institutions."), field="audience")
    if conclusions.is_empty:
        raise Refused(_("Indiquez au moins une capacité, une limitation ou une aptitude."))
    for name, capacity in (("usual", conclusions.usual), ("adapted", conclusions.adapted)):
        if capacity is not None and not capacity.is_sound:
            raise Refused(_("Le taux se situe entre 0 et 100 %."), field=f"{name}_time")
    if conclusions.fitness == Fitness.CONDITIONAL and not conclusions.conditions:
        raise Refused(_("Dites à quelles conditions."), field="conditions")


def _capacity(name: str, capacity: WorkCapacity | None) -> dict[str, Any]:
    if capacity is None:
        return {}
    return {
        f"{name}_time": capacity.time,
        f"{name}_performance": capacity.performance,
        f"{name}_since": capacity.since,
    }
