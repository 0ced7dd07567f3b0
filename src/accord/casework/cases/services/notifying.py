"""Tell colleagues of other institutions that something happened; the message holds no personal data."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse

from accord.casework.cases.enums import Basis, Category
from accord.casework.cases.models import Case, Disclosure, Participant
from accord.foundation.accounts.models import User
from accord.foundation.notifications.services import notify
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership

RECEIVING_ROLES = (Role.DESK, Role.REFERENT)


def recipients_at(case: Case, institution_id: UUID) -> list[User]:
    """The colleague who answers for the case, or else the referents and the desk of the institution."""
    named = User.objects.filter(
        pk__in=Participant.objects.filter(
            case=case, institution_id=institution_id, left_at__isnull=True, referent__isnull=False
        ).values("referent")
    )
    if found := list(named):
        return found
    receiving = Membership.objects.filter(
        institution_id=institution_id, until__isnull=True, role__in=RECEIVING_ROLES
    )
    return list(User.objects.filter(pk__in=receiving.values("user"), is_active=True))


def notify_institution(*, kind: str, case: Case, institution_id: UUID, path: str = "") -> None:
    """Notify those who answer for the case in one institution."""
    notify(
        users=recipients_at(case, institution_id),
        institution_id=institution_id,
        kind=kind,
        params={"number": case.number},
        path=path or reverse("web:case", args=[case.pk]),
        case_id=case.pk,
    )


def notify_parties(*, kind: str, case: Case, but: UUID | None, seeing: Category | None = None) -> None:
    """Notify all who know of the case, or only those to whom a category is disclosed now."""
    told = Disclosure.objects.filter(case=case, valid_from__lte=Now(), valid_until__gt=Now())
    if seeing is None:
        told = told.filter(basis=Basis.PARTY)
    else:
        told = told.annotate(seen=F("categories").bitand(int(seeing))).filter(seen__gt=0)
    for institution_id in set(told.exclude(recipient_id=but).values_list("recipient_id", flat=True)):
        notify_institution(kind=kind, case=case, institution_id=institution_id)
