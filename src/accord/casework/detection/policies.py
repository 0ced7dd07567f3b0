"""Who answers a communication, who serves a préavis, and who takes position on it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.policies import can_change_record, can_work_on
from accord.casework.detection.models import Detection, Notice, NoticeParty
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.enums import Kind
from accord.network.institutions.policies import works_on_cases


def parties_visible_to(actor: Actor) -> Q:
    """One's own part of a préavis; all parts for the office that served it and for the person herself."""
    if actor.is_insured:
        return Q(case_id=actor.window_key)
    return Q(institution_id=actor.institution_key) | Q(notice__owner_id=actor.institution_key)


def can_work_as_ai_office(actor: Actor, case: Case, *, is_participant: bool | None = None) -> Decision:
    """An AI office that takes part receives communications and serves préavis."""
    if not (decision := can_work_on(actor, case, is_participant=is_participant)):
        return decision
    if actor.institution_kind != Kind.AI_OFFICE:
        return no(_("Seul un office AI répond à une communication et envoie un préavis."))
    return YES


def can_treat(actor: Actor, detection: Detection) -> Decision:
    """The AI office to which the communication was addressed answers it."""
    if not (decision := can_work_on(actor, detection.case)):
        return decision
    return can_change_record(actor, detection)


def can_decide(actor: Actor, notice: Notice) -> Decision:
    """The AI office that served the préavis records its decision."""
    if not (decision := can_work_as_ai_office(actor, notice.case)):
        return decision
    return can_change_record(actor, notice)


def can_take_position(actor: Actor, party: NoticeParty) -> Decision:
    """Each party for itself; the AI office records what the person and those outside Accord wrote to it."""
    if not (decision := works_on_cases(actor)):
        return decision
    is_ours = party.institution_id == actor.institution_id
    is_outside = party.institution_id is None and party.notice.owner_id == actor.institution_id
    if not (is_ours or is_outside):
        return no(_("Cette partie du préavis concerne une autre institution."))
    if party.notice.decided_on is not None:
        return no(_("La décision est rendue : le préavis est terminé."))
    return YES
