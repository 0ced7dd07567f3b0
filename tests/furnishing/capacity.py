"""Incapacity and functional summaries, for the tests of the whole house."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accord.casework.capacity.models import FunctionalSummary, IncapacityPeriod
from accord.casework.capacity.services import note_incapacity
from accord.casework.cases.enums import Audience
from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.kernel.clock import today

WALLS = {IncapacityPeriod: records_visible_to, FunctionalSummary: records_visible_to}


def furnish_world(world: Any, case: Case) -> None:
    """A period and a summary of some category, for some audience."""

    def written() -> dict[str, object]:
        return {
            "case": case,
            "owner": world.anyone(),
            "category": world.dice.choice([None, 1 << 4, 1 << 5]),
            "audience": world.dice.choice(Audience.values),
        }

    IncapacityPeriod.objects.create(
        source_kind="hospital",
        source_name="Clinique",
        rate=50,
        since=today() - timedelta(days=9),
        **written(),
    )
    FunctionalSummary.objects.create(fitness="yes", published_as="doctor", **written())


OWNED = {"period_id"}
STATE_REFUSES = {"capacity:summary": 403}
"""An employment office does not publish a doctor's conclusions."""


def furnish_scene(scene: Any) -> dict[str, object]:
    """A period of the scene's case."""
    period = note_incapacity(
        by=scene.ours.actor,
        case_id=scene.arguments["case_id"],
        source_kind="treating_doctor",
        source_name="Dre Rey",
        rate=50,
        since=today(),
    )
    return {"period_id": period.pk}


PICTURES = {"capacity": "/dossiers/{case_id}/?panneau=capacite"}


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """A period that the demo's house noted."""
    return {
        "period_id": site.value("select id from capacity_incapacityperiod where owner_id = %s limit 1", house)
    }


MAY_REFUSE = {"capacity:summary"}
"""A medical service or the AI office publishes it."""
