"""Close a case with its outcome; open it again when life goes on."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import CaseState, EventKind, StepState
from accord.casework.cases.models import Case, StageEntry, Step
from accord.casework.cases.policies import can_close, can_reopen
from accord.casework.cases.services.locking import lock_case
from accord.casework.cases.services.notifying import notify_parties
from accord.casework.cases.services.opening import set_state
from accord.casework.cases.services.records import tell
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.network.programmes.selectors import programme_for


@transaction.atomic
def close_case(*, by: Actor, case_id: UUID, outcome: str, note: str = "") -> Case:
    """Close with an outcome of the programme. Steps still open are dropped; all parties are told."""
    case = lock_case(by, case_id)
    can_close(by, case).require()
    outcomes = {item.key for item in programme_for(case.programme, case.programme_version).outcomes}
    if outcome not in outcomes:
        raise Refused(_("Choisissez un résultat de la liste."), field="outcome")
    Step.objects.filter(case=case, state=StepState.OPEN).update(state=StepState.DROPPED, ended_at=now())
    StageEntry.objects.filter(case=case, left_at__isnull=True).update(left_at=now())
    case.outcome, case.outcome_note, case.stage_due_on = outcome, note, None
    case.save(update_fields=["outcome", "outcome_note", "stage_due_on"])
    set_state(case, CaseState.CLOSED)
    tell(by=by, case=case, kind=EventKind.CLOSED, data={"outcome": outcome})
    notify_parties(kind="case.closed", case=case, but=by.institution_id)
    return case


@transaction.atomic
def reopen_case(*, by: Actor, case_id: UUID, reason: str) -> Case:
    """Open a closed case again, in the stage where it stood."""
    case = lock_case(by, case_id)
    can_reopen(by, case).require()
    set_state(case, CaseState.OPEN)
    case.outcome, case.outcome_note = "", ""
    case.stage_since = now()
    case.save(update_fields=["outcome", "outcome_note", "stage_since"])
    StageEntry.objects.create(case=case, stage=case.stage, holder_id=case.lead_id)
    tell(by=by, case=case, kind=EventKind.REOPENED, data={"reason": reason})
    notify_parties(kind="case.reopened", case=case, but=by.institution_id)
    return case
