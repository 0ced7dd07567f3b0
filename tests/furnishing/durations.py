"""Clocks and figures in the worlds and scenes of the whole house."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.models import Case, StageEntry
from accord.casework.durations.models import Calculation, Cell, Escalation
from accord.casework.durations.policies import (
    cells_visible_to,
    escalations_visible_to,
    figures_visible_to,
    reads_durations,
)
from accord.casework.durations.services import calculate_now
from accord.kernel.clock import now, today
from accord.network.institutions.enums import Role
from accord.network.programmes.models import ProgrammeMember
from scenarios import colleague

WALLS = {
    Escalation: escalations_visible_to,
    Calculation: figures_visible_to,
    Cell: cells_visible_to,
}
CLIENTS = {
    reads_durations: lambda scene: colleague(scene.ours.institution, Role.MANAGER).browser(),
}
NOT_A_PAGE = {"durations:csv", "durations:excel"}
REFERENT = "demo02@accord.example"
BY = {"durations:list": REFERENT, "durations:show": REFERENT}


def furnish_world(world: Any, case: Case) -> None:
    """An escalated clock of the case, and figures of a programme in whose circle some of them are."""
    Escalation.objects.create(
        case=case,
        kind="stage",
        clock_id=StageEntry.objects.filter(case=case).values_list("pk", flat=True)[0],
        institution=world.anyone(),
        due_on=today(),
    )
    slug = f"world-{case.pk.hex[-12:]}"
    desk, member = world.dice.sample(world.institutions, 2)
    for house, role in ((desk, "desk"), (member, "member")):
        ProgrammeMember.objects.create(programme_slug=slug, institution=house, role=role)
    calculation = Calculation.objects.create(programme=slug, finished_at=now())
    for house in (None, *world.institutions):
        Cell.objects.create(
            calculation=calculation, programme=slug, measure="stage", key="s", institution=house, count=7
        )


def furnish_scene(scene: Any) -> dict[str, object]:
    """Our institution has a place in the circle, and the figures are calculated."""
    ProgrammeMember.objects.get_or_create(
        programme_slug="cii-geneve",
        institution=scene.ours.institution,
        until=None,
        defaults={"role": "member"},
    )
    calculate_now("cii-geneve")
    return {"programme_slug": "cii-geneve"}


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """The programme of which the demo shows the durations."""
    return {"programme_slug": "cii-geneve"}
