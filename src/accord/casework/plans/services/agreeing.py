"""When a plan is agreed: all have signed what stands in it, and nothing competes without a word about it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Case
from accord.casework.cases.services import notify_parties, tell
from accord.casework.cases.services.locking import lock_case
from accord.casework.plans.enums import PlanState
from accord.casework.plans.models import Justification, Plan
from accord.casework.plans.policies import can_propose
from accord.casework.plans.selectors import Sheet, findings_of, sheet_of
from accord.casework.plans.services.versions import settle
from accord.casework.plans.states import PLAN
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused

SENTENCE_LENGTH = 1000


class PlanChanged(Refused):
    """The plan is no longer what was read; `changes` says what happened to which goal or measure."""

    def __init__(self, changes: list[tuple[str, str]]) -> None:
        self.changes = changes
        super().__init__(
            _("Le plan a changé pendant que vous le lisiez : regardez ce qui a changé, puis signez-le.")
        )


@transaction.atomic
def justify_finding(*, by: Actor, case_id: UUID, finding: str, sentence: str) -> Justification:
    """Say why two strategies stand side by side on purpose; it holds as long as they stay as they are."""
    case = lock_case(by, case_id)
    can_propose(by, case).require()
    if not sentence.strip():
        raise Refused(_("Écrivez en une phrase pourquoi c’est voulu."), field="sentence")
    sheet = sheet_of(by, case)
    found = next((one for one in findings_of(by, case, sheet) if one.finding.key == finding), None)
    if found is None:
        raise Refused(_("Ces stratégies ne se concurrencent plus : il n’y a rien à justifier."))
    if found.justification is not None:
        return found.justification
    justification = Justification.objects.create(
        case=case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=Category.PLAN,
        audience=Audience.PERSON,
        finding=finding,
        fingerprint=found.fingerprint,
        sentence=sentence.strip()[:SENTENCE_LENGTH],
    )
    record(
        by=by,
        verb="justified",
        subject_kind="finding",
        subject_id=justification.pk,
        subject_label=case.number,
        cases=[case.pk],
    )
    if sheet.in_work is not None:
        settle(by, case, sheet.in_work)
    agree_if_complete(by, case)
    return justification


def agree_if_complete(by: Actor, case: Case) -> bool:
    """Agree the proposed version when the last signature is there and no finding is open.

    Who no longer takes part is not waited for; the timeline keeps without whom the plan was agreed.
    """
    sheet = sheet_of(by, case)
    plan = sheet.in_work
    if plan is None or not sheet.is_complete(plan):
        return False
    if any(found.is_open for found in findings_of(by, case, sheet)):
        return False
    PLAN.check(plan.state, PlanState.AGREED)
    if before := sheet.in_force:
        PLAN.check(before.state, PlanState.REPLACED)
        before.state = PlanState.REPLACED
        before.save(update_fields=["state"])
    plan.state, plan.agreed_at, plan.updated_at = PlanState.AGREED, now(), now()
    plan.version += 1
    plan.save(update_fields=["state", "agreed_at", "updated_at", "version"])
    data = {"number": plan.number, "without": _gone_from(sheet, plan)}
    tell(by=by, case=case, kind=EventKind.PLAN_AGREED, data=data, category=Category.PLAN)
    notify_parties(kind="plan.agreed", case=case, but=by.institution_id, seeing=Category.PLAN)
    return True


def _gone_from(sheet: Sheet, plan: Plan) -> list[str]:
    return [one.institution.short_name for one in sheet.awaited_in(plan) if one.is_gone]


@transaction.atomic
def conclude_plan(*, by: Actor, case_id: UUID) -> Plan:
    """The lead states that all who still take part have signed, when the last awaited one has left. Twice is once."""
    case = lock_case(by, case_id)
    can_propose(by, case).require()
    if not agree_if_complete(by, case) and sheet_of(by, case).in_work is not None:
        raise Refused(_("Une signature est encore attendue, ou des stratégies se concurrencent encore."))
    in_force = sheet_of(by, case).in_force
    if in_force is None:
        raise Refused(_("Aucun plan n’attend de signature."))
    return in_force
