"""Lead colleagues to the announcement itself."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from accord.casework.cases.services import notify_institution
from accord.casework.referrals.models import Referral


def notify_about(referral: Referral, kind: str, institution_id: UUID) -> None:
    """Notify those who answer for the case in one institution, with a link to the announcement."""
    notify_institution(
        kind=kind,
        case=referral.case,
        institution_id=institution_id,
        path=reverse("referrals:show", args=[referral.pk]),
    )
