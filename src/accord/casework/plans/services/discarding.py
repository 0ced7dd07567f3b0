"""Put a draft aside as a whole: the plan is again as it was before somebody began to change it."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category, EventKind
from accord.casework.cases.services import notify_institution, tell
from accord.casework.cases.services.locking import lock_case
from accord.casework.plans.enums import MeasureState, PlanState
from accord.casework.plans.models import Plan
from accord.casework.plans.policies import can_propose
from accord.casework.plans.selectors import Sheet, sheet_of
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused


@transaction.atomic
def discard_draft(*, by: Actor, case_id: UUID) -> None:
    """The lead discards the version in preparation; whoever had written into it is told. Twice is once.

    The version in force, if there is one, holds on as it was. What is already under way is not discarded.
    """
    case = lock_case(by, case_id)
    can_propose(by, case).require()
    sheet = sheet_of(by, case)
    plan = sheet.in_work
    if plan is None:
        return
    if plan.state != PlanState.DRAFT:
        raise Refused(_("Ce plan est proposé à la signature : retirez d’abord la proposition."))
    if _is_under_way(sheet, plan):
        raise Refused(_("Une mesure de ce projet a déjà commencé : son institution la retire d’abord."))
    writers = sheet.signers_in(plan)
    with connection.cursor() as cursor:
        cursor.execute("select accord.discard_draft(%s)", [plan.pk])
    data = {"number": plan.number, "act": "discarded"}
    tell(by=by, case=case, kind=EventKind.PLAN_CHANGED, data=data, category=Category.PLAN)
    record(
        by=by,
        verb="discarded",
        subject_kind="plan",
        subject_id=plan.pk,
        subject_label=case.number,
        cases=[case.pk],
    )
    for writer in writers:
        if writer != by.institution_id:
            notify_institution(kind="plan.discarded", case=case, institution_id=writer)


def _is_under_way(sheet: Sheet, plan: Plan) -> bool:
    """Whether a measure that stands in no other version has begun."""
    known = {measure.origin for measure in sheet.measures if measure.since_number < plan.number}
    return any(
        measure.origin not in known and measure.state != MeasureState.PLANNED
        for measure in sheet.measures_in(plan.number)
    )
