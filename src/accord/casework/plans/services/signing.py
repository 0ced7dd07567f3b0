"""Propose the plan and sign it; a signature covers exactly what its signer read."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Case
from accord.casework.cases.services import notify_institution, tell, touch
from accord.casework.cases.services.locking import lock_case
from accord.casework.plans.enums import PlanState
from accord.casework.plans.models import Plan, PlanSignature
from accord.casework.plans.policies import can_plan, can_propose
from accord.casework.plans.rules import changed_since, fingerprint_of
from accord.casework.plans.selectors import Sheet, sheet_of
from accord.casework.plans.services.agreeing import PlanChanged, agree_if_complete
from accord.casework.plans.services.versions import settle
from accord.casework.plans.states import PLAN
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused

Read = Mapping[str, str]
"""Key of each goal and measure → its fingerprint, as the signer read them."""


@transaction.atomic
def propose_plan(*, by: Actor, case_id: UUID) -> Plan:
    """The lead lays the plan before those who have a part in it; each is told. Twice is once."""
    case = lock_case(by, case_id)
    can_propose(by, case).require()
    sheet = sheet_of(by, case)
    plan = sheet.in_work
    if plan is None or not sheet.measures_in(plan.number):
        raise Refused(_("Écrivez d’abord un objectif et une mesure."))
    if plan.state == PlanState.PROPOSED:
        return plan
    settle(by, case, plan)
    _move(plan, PlanState.PROPOSED)
    plan.proposed_at = now()
    plan.save(update_fields=["proposed_at"])
    _tell(by, case, plan, EventKind.PLAN_PROPOSED)
    for owner in sheet.signers_in(plan):
        if owner != by.institution_id:
            notify_institution(kind="plan.proposed", case=case, institution_id=owner)
    return plan


@transaction.atomic
def withdraw_proposal(*, by: Actor, case_id: UUID) -> Plan:
    """The lead takes the proposal back; the plan is in preparation again. Twice is once."""
    case = lock_case(by, case_id)
    can_propose(by, case).require()
    plan = sheet_of(by, case).in_work
    if plan is None:
        raise Refused(_("Aucun plan n’attend de signature."))
    if plan.state == PlanState.PROPOSED:
        _move(plan, PlanState.DRAFT)
        touch(case)
        record(
            by=by,
            verb="withdrawn",
            subject_kind="plan",
            subject_id=plan.pk,
            subject_label=case.number,
            cases=[case.pk],
        )
    return plan


def _move(plan: Plan, state: PlanState) -> None:
    PLAN.check(plan.state, state)
    plan.state, plan.updated_at = state, now()
    plan.version += 1
    plan.save(update_fields=["state", "updated_at", "version"])


@transaction.atomic
def sign_plan(*, by: Actor, case_id: UUID, fingerprint: str, read: Read) -> PlanSignature:
    """Sign for one's institution what was read; the last signature agrees the plan if nothing competes.

    Raises PlanChanged when the plan is no longer what was read, even by a second. Twice is once.
    """
    case = lock_case(by, case_id)
    can_plan(by, case).require()
    sheet = sheet_of(by, case)
    plan = _to_sign(sheet)
    if by.institution_id not in sheet.owners_in(plan.number):
        raise Refused(_("Votre institution n’a ni objectif ni mesure dans ce plan : elle ne le signe pas."))
    _demand_unchanged(sheet, plan, fingerprint, read)
    if signed := sheet.signature_of(plan, by.institution_key):
        return signed
    signature = _sign(by, case, plan, by.institution_key, read)
    _tell(by, case, plan, EventKind.PLAN_SIGNED)
    agree_if_complete(by, case)
    return signature


@transaction.atomic
def sign_as_person(*, by: Actor, fingerprint: str, read: Read) -> PlanSignature:
    """The person signs her plan at her window; it is shown, and nobody's agreement waits for it.

    Also a plan that is in force already. Raises PlanChanged like every signature. Twice is once.
    """
    if not by.is_insured:
        raise Refused(_("Seule la personne elle-même signe ici."))
    hand = by.her_hand
    with acting_as(hand):
        case = lock_case(hand, by.window_key)
        sheet = sheet_of(hand, case)
        plan = (
            sheet.in_work if sheet.in_work and sheet.in_work.state == PlanState.PROPOSED else sheet.in_force
        )
        if plan is None:
            raise Refused(_("Aucun plan n’attend votre signature."))
        _demand_unchanged(sheet, plan, fingerprint, read)
        if signed := sheet.person_signature(plan):
            return signed
        signature = _sign(hand, case, plan, case.lead_id, read, is_of_person=True)
        tell(
            by=hand,
            case=case,
            kind=EventKind.PERSON_ACTED,
            data={"act": "plan_signed", "number": plan.number},
            category=Category.PLAN,
        )
        return signature


def _tell(by: Actor, case: Case, plan: Plan, kind: EventKind) -> None:
    tell(by=by, case=case, kind=kind, data={"number": plan.number}, category=Category.PLAN)


def _to_sign(sheet: Sheet) -> Plan:
    plan = sheet.in_work
    if plan is None or plan.state != PlanState.PROPOSED:
        raise Refused(_("Ce plan n’est pas proposé à la signature."))
    return plan


def _demand_unchanged(sheet: Sheet, plan: Plan, fingerprint: str, read: Read) -> None:
    entries = sheet.entries_in(plan.number)
    if fingerprint_of(entries) != fingerprint:
        raise PlanChanged(changed_since(read, entries))


def _sign(
    by: Actor, case: Case, plan: Plan, owner_id: UUID, read: Read, *, is_of_person: bool = False
) -> PlanSignature:
    return PlanSignature.objects.create(
        case=case,
        owner_id=owner_id,
        author_id=by.user_id,
        category=Category.PLAN,
        audience=Audience.PERSON,
        plan=plan,
        fingerprint=plan.fingerprint,
        read=dict(read),
        is_of_person=is_of_person,
    )
