"""Which version is written into, and what stands in it after each change."""

from __future__ import annotations

from typing import TypeVar

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Case
from accord.casework.cases.services import notify_institution, tell, touch
from accord.casework.plans.enums import PlanState
from accord.casework.plans.models import Entry, Plan
from accord.casework.plans.rules import fingerprint_of
from accord.casework.plans.selectors import findings_of, sheet_of
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Stale
from accord.kernel.identifiers import new_id

AnyEntry = TypeVar("AnyEntry", bound=Entry)


def version_to_write(by: Actor, case: Case) -> Plan:
    """The version in work; the first one, or the one after that in force, begins with its first change."""
    sheet = sheet_of(by, case)
    if sheet.in_work is not None:
        return sheet.in_work
    number = sheet.current.number + 1 if sheet.current else 1
    plan = Plan.objects.create(
        case=case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=Category.PLAN,
        audience=Audience.PERSON,
        number=number,
    )
    if number > 1:
        data = {"number": number}
        tell(by=by, case=case, kind=EventKind.PLAN_CHANGED, data=data, category=Category.PLAN)
    return plan


def rewritten(row: AnyEntry, plan: Plan, by: Actor) -> AnyEntry:
    """The row to change: itself if it began with this version; else it ends, and goes on as a new one."""
    if row.since_number == plan.number:
        row.version += 1
        row.updated_at = now()
        return row
    end_before(row, plan)
    row.pk = new_id()
    row._state.adding = True
    row.since_number, row.until_number = plan.number, None
    row.author_id, row.version = by.user_id, 1
    row.updated_at = now()
    return row


def end_before(row: Entry, plan: Plan) -> None:
    """It stands in the version in force, and no longer in the one in work."""
    type(row)._default_manager.filter(pk=row.pk).update(until_number=plan.number - 1)


def removed(row: Entry, plan: Plan) -> None:
    """Out of the version in work; what never stood in another is gone."""
    if row.since_number == plan.number:
        row.delete()
    else:
        end_before(row, plan)


def demand_fresh(row: Entry, version: int) -> None:
    """Raise Stale when somebody saved it in between, or ended it."""
    if row.version != version or row.until_number is not None:
        raise Stale(row)


def settle(by: Actor, case: Case, plan: Plan) -> None:
    """After a change: the version's fingerprint and its findings; signatures under what it was lapse."""
    before = sheet_of(by, case)
    lapsing = {owner for owner in before.signers_in(plan) if before.signature_of(plan, owner)}
    fingerprint = fingerprint_of(before.entries_in(plan.number))
    is_changed = plan.fingerprint != fingerprint
    plan.fingerprint = fingerprint
    plan.open_findings = sum(found.is_open for found in findings_of(by, case, before))
    plan.updated_at = now()
    plan.version += 1
    plan.save(update_fields=["fingerprint", "open_findings", "updated_at", "version"])
    touch(case)
    if is_changed and plan.state == PlanState.PROPOSED:
        for owner in lapsing - {by.institution_id}:
            notify_institution(kind="plan.changed", case=case, institution_id=owner)


def note_in_journal(by: Actor, verb: str, kind: str, row: Entry) -> None:
    """The act on a goal or a measure, by its lasting key."""
    record(
        by=by,
        verb=verb,
        subject_kind=kind,
        subject_id=row.origin,
        subject_label=row.case.number,
        cases=[row.case_id],
    )
