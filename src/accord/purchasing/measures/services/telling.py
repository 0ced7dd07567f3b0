"""Tell the office and the provider; the message names nobody, and to a provider no case."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from accord.foundation.accounts.models import User
from accord.foundation.journal.services import record
from accord.foundation.notifications.services import notify
from accord.kernel.actors import Actor
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from accord.purchasing.measures.models import IndividualMeasure, Mandate
from accord.purchasing.measures.policies import COUNSELLORS, PROVIDING


def members_of(institution_id: UUID, roles: tuple[Role, ...]) -> list[User]:
    """Active colleagues who hold one of the roles now."""
    holding = Membership.objects.filter(institution_id=institution_id, role__in=roles, until__isnull=True)
    return list(User.objects.filter(pk__in=holding.values("user"), is_active=True))


def tell_provider(mandate: Mandate, kind: str) -> None:
    """Notify those who work in the provider's space of her institution."""
    institution_id = mandate.provider.institution_id
    notify(
        users=members_of(institution_id, PROVIDING),
        institution_id=institution_id,
        kind=kind,
        params={},
        path=reverse("measures:given", args=[mandate.pk]),
    )


def tell_counsellor(mandate: Mandate, kind: str, path: str = "") -> None:
    """Notify the counsellor of a mandate."""
    users = User.objects.filter(Q(pk=mandate.counsellor_id), is_active=True)
    notify(
        users=list(users),
        institution_id=mandate.owner_id,
        kind=kind,
        params={"decision": mandate.decision_number},
        path=path or reverse("measures:mandate", args=[mandate.pk]),
        case_id=mandate.case_id,
    )


def tell_colleagues(measure: IndividualMeasure, kind: str, *, but: UUID | None) -> None:
    """Notify the counsellors of the office."""
    notify(
        users=[user for user in members_of(measure.owner_id, COUNSELLORS) if user.pk != but],
        institution_id=measure.owner_id,
        kind=kind,
        params={"number": measure.case.number},
        path=reverse("measures:show", args=[measure.pk]),
        case_id=measure.case_id,
    )


def journal(by: Actor, verb: str, subject: str, row: IndividualMeasure | Mandate, **data: object) -> None:
    """Keep an act of the office or the provider in the journal of the case."""
    record(
        by=by,
        verb=verb,
        subject_kind=subject,
        subject_id=row.pk,
        subject_label=str(row) if isinstance(row, Mandate) else row.case.number,
        cases=[row.case_id],
        data=data,
    )
