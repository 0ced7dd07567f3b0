"""Find the announcement that an address names, or answer that there is none."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from accord.casework.referrals.models import Referral
from accord.casework.referrals.selectors import referral_for
from accord.kernel.actors import Actor
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import programme_for


def load(actor: Actor, referral_id: UUID) -> tuple[Referral, Programme]:
    """The announcement and its programme; 404 for whoever may not know of it."""
    try:
        referral = referral_for(actor, referral_id)
    except Referral.DoesNotExist as unknown:
        raise Http404 from unknown
    return referral, programme_for(referral.case.programme, referral.case.programme_version)
