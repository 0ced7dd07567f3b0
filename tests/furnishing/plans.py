"""Plans for the tests of the whole house."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from accord.casework.cases.enums import Audience, Category
from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.plans.models import Goal, Justification, Measure, Plan, PlanSignature
from accord.casework.plans.services import GoalWords, MeasureWords, add_goal, add_measure
from accord.kernel.database import acting_as
from scenarios import opened_to

WALLS = dict.fromkeys((Plan, Goal, Measure, Justification, PlanSignature), records_visible_to)
OWNED = {"goal_id", "measure_id"}


def furnish_world(world: Any, case: Case) -> None:
    def written() -> dict[str, Any]:
        return {
            "case": case,
            "owner": world.anyone(),
            "category": world.dice.choice([None, 1, 8, 256]),
            "audience": world.dice.choice(Audience.values),
        }

    plan = Plan.objects.create(**written())
    for _ in range(2):
        goal = Goal.objects.create(text="x", since_number=1, **written())
        Measure.objects.create(title="x", goal=goal.origin, since_number=1, **written())
        Justification.objects.create(finding="x", fingerprint="x", sentence="x", **written())
        PlanSignature.objects.create(plan=plan, fingerprint=uuid4().hex, **written())


def furnish_scene(scene: Any) -> dict[str, object]:
    by = scene.ours.actor
    case = Case.objects.get(pk=scene.arguments["case_id"])
    opened_to(case, scene.ours.institution, Category.PLAN)
    with acting_as(by):
        goal = add_goal(by=by, case_id=case.pk, words=GoalWords("Reprendre à 50 %"))
        measure = add_measure(by=by, case_id=case.pk, words=MeasureWords("Conseil", goal.origin))
    return {"goal_id": goal.pk, "measure_id": measure.pk, "finding": "overlap-0"}


def things(site: Any, house: Any, case: Any) -> dict[str, object]:
    standing = "select id from plans_{} where owner_id = %s and until_number is null order by id limit 1"
    return {
        "goal_id": site.value(standing.format("goal"), house),
        "measure_id": site.value(standing.format("measure"), house),
        "finding": "overlap-0",
        "planned_case": site.value(PLANNED, house),
    }


PLANNED = """
select l.case_id from plans_plan l join cases_disclosure d on d.case_id = l.case_id and d.basis = 'consent'
where d.recipient_id = %s and d.valid_until > now() and d.categories & 256 > 0
order by l.state = 'proposed' desc, l.open_findings desc, l.id limit 1
"""


PICTURES = {"plan": "/dossiers/{planned_case}/?panneau=plan"}


NOT_A_PAGE = {"plans:versions"}
"""Only a case that has a plan has its versions; the case that the browser opens may have none."""
