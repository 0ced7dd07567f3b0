"""Tell the secretariat of a medical service that something waits; the message holds no medical detail."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from accord.casework.cases.models import Case
from accord.foundation.accounts.models import User
from accord.foundation.notifications.services import notify
from accord.kernel.clock import now
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership


def tell_secretariat(service_id: UUID, kind: str, case: Case | None = None) -> None:
    """Leave a message for the secretaries of the service, leading to the page of the exchange."""
    secretaries = Membership.objects.filter(
        Q(institution_id=service_id, role=Role.SECRETARY), Membership.current(now())
    )
    notify(
        users=User.objects.filter(pk__in=secretaries.values("user"), is_active=True),
        institution_id=service_id,
        kind=kind,
        params={"number": case.number if case else ""},
        path=reverse("medical:exchange"),
        case_id=case.pk if case else None,
    )
