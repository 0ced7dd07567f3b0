"""Questions about announcements."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from accord.casework.cases.models import Case
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.models import Referral
from accord.casework.referrals.policies import visible_to
from accord.kernel.actors import Actor
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme


def _referrals(actor: Actor) -> QuerySet[Referral]:
    return Referral.objects.filter(visible_to(actor)).select_related(
        "case", "sender", "desk", "sender_user", "decided_by"
    )


def referral_for(actor: Actor, referral_id: UUID) -> Referral:
    """One announcement with its exchanges; Referral.DoesNotExist if the actor may not see it."""
    return _referrals(actor).prefetch_related("exchanges__asked_by", "exchanges__answered_by").get(
        pk=referral_id
    )


def referral_of(actor: Actor, case: Case) -> Referral | None:
    """The announcement of a case, if the actor may see it."""
    return _referrals(actor).filter(case=case).first()


def to_triage(actor: Actor) -> QuerySet[Referral]:
    """What waits on the actor's desk, the oldest first."""
    return _referrals(actor).filter(desk_id=actor.institution_id, state=ReferralState.SENT).order_by("sent_at")


def asked_back(actor: Actor) -> QuerySet[Referral]:
    """One's own announcements to which the desk asks something."""
    return (
        _referrals(actor)
        .filter(sender_id=actor.institution_id, state=ReferralState.ASKED_BACK)
        .order_by("updated_at")
    )


def drafts(actor: Actor) -> QuerySet[Referral]:
    """One's own announcements in preparation."""
    return (
        _referrals(actor)
        .filter(sender_id=actor.institution_id, state=ReferralState.DRAFT)
        .order_by("-updated_at")
    )


def waiting_for_answer(actor: Actor) -> QuerySet[Referral]:
    """One's own announcements that wait for a desk elsewhere."""
    return (
        _referrals(actor)
        .filter(sender_id=actor.institution_id, state=ReferralState.SENT)
        .exclude(desk_id=actor.institution_id)
        .order_by("sent_at")
    )


def all_of(actor: Actor, state: str = "") -> QuerySet[Referral]:
    """Every announcement sent or received, the last changed first."""
    query = _referrals(actor)
    return (query.filter(state=state) if state else query).order_by("-updated_at", "-id")


def desks_for(programme: Programme) -> list[Institution]:
    """The bodies that triage announcements in a programme."""
    return list(Institution.objects.filter(kind=programme.desk.kind, is_active=True).order_by("name"))
