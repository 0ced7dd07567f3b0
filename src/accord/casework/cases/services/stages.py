"""Stages, their gates and their clocks, as the programme says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import EventKind, StepState
from accord.casework.cases.models import Case, StageEntry, Step
from accord.casework.cases.policies import can_lead
from accord.casework.cases.services.disclosing import end_outdated_laws
from accord.casework.cases.services.locking import lock_case
from accord.casework.cases.services.records import tell
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import YES, Decision, Refused, no
from accord.network.programmes.rules import Programme, Stage
from accord.network.programmes.selectors import programme_for

Gate = Callable[[Case], Decision]
_gates: dict[str, Gate] = {}


def keep_gate(name: str, rule: Gate) -> None:
    """An app above names the rule behind a gate of the programmes, such as `consent.active`."""
    _gates[name] = rule


def gates_of(case: Case, stage: Stage) -> list[tuple[str, Decision]]:
    """Each gate of a stage with its answer for this case.

    A gate whose room is not built in this installation cannot be judged and is left to the caseworker.
    """
    return [(name, _gates[name](case)) for name in stage.gates if name in _gates]


def steps_are_done(case: Case) -> Decision:
    """Nothing is left to do, as far as the institution may know."""
    if Step.objects.filter(case=case, state=StepState.OPEN).exists():
        return no(_("Des démarches sont encore à faire dans ce dossier."))
    return YES


def next_stage(case: Case) -> Stage | None:
    """The stage after the present one; None at the last."""
    stages = programme_for(case.programme, case.programme_version).stages
    keys = [stage.key for stage in stages]
    position = keys.index(case.stage) + 1 if case.stage in keys else 0
    return stages[position] if position < len(stages) else None


def enter_first_stage(case: Case, programme: Programme) -> None:
    """A new case stands in its programme's first stage."""
    _enter(case, programme.stages[0])


@transaction.atomic
def enter_stage(*, by: Actor, case_id: UUID, stage_key: str) -> Case:
    """Enter the next stage, or go back to an earlier one; each gate must hold, or its sentence refuses."""
    case = lock_case(by, case_id)
    can_lead(by, case).require()
    stages = {stage.key: stage for stage in programme_for(case.programme, case.programme_version).stages}
    if stage_key not in stages:
        raise Refused(_("Cette étape n’existe pas dans le dispositif."), field="stage")
    if stage_key == case.stage:
        return case
    for _name, decision in gates_of(case, stages[stage_key]):
        decision.require()
    _enter(case, stages[stage_key])
    end_outdated_laws(case)
    tell(by=by, case=case, kind=EventKind.STAGE, data={"stage": stage_key})
    return case


def move_to_stage(*, by: Actor, case: Case, stage_key: str) -> None:
    """Enter a stage on behalf of a verb that has checked its own rule (an accepted announcement)."""
    if stage_key == case.stage:
        return
    stages = {stage.key: stage for stage in programme_for(case.programme, case.programme_version).stages}
    _enter(case, stages[stage_key])
    end_outdated_laws(case)
    tell(by=by, case=case, kind=EventKind.STAGE, data={"stage": stage_key})


def _enter(case: Case, stage: Stage) -> None:
    StageEntry.objects.filter(case=case, left_at__isnull=True).update(left_at=now())
    due_on = today() + timedelta(days=stage.days) if stage.days is not None else None
    StageEntry.objects.create(case=case, stage=stage.key, holder_id=case.lead_id, due_on=due_on)
    case.stage, case.stage_since, case.stage_due_on = stage.key, now(), due_on
    case.updated_at = now()
    case.save(update_fields=["stage", "stage_since", "stage_due_on", "updated_at"])
