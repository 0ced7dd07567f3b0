"""Tell the parties of a convention, and those who depend on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from accord.foundation.accounts.models import User
from accord.foundation.notifications.services import notify
from accord.kernel.clock import now
from accord.network.agreements.models import Agreement
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership

Dependants = Callable[[Agreement], Mapping[UUID, Iterable[User]]]
"""Who depends on a convention: for each institution the colleagues to tell."""

_dependants: dict[str, Dependants] = {}


def keep_dependants(kind: str, function: Dependants) -> None:
    """An app above says who depends on a convention; they are told when it is going to end, and when it has.

    Raises ValueError when another function already answers for the kind.
    """
    if _dependants.setdefault(kind, function) is not function:
        raise ValueError(f"two functions tell who depends on a convention: {kind}")


def in_charge_at(institution_id: UUID) -> list[User]:
    """Those in charge of an institution, or else those who administer it."""
    held = Membership.objects.filter(Membership.current(now()), institution_id=institution_id)
    for role in (Role.MANAGER, Role.ADMINISTRATOR):
        found = User.objects.filter(pk__in=held.filter(role=role).values("user"), is_active=True)
        if users := list(found):
            return users
    return []


def tell(agreement: Agreement, kind: str, institutions: Iterable[UUID], **words: object) -> None:
    """Leave a message for those in charge of these institutions."""
    for institution_id in institutions:
        _notify(agreement, kind, institution_id, in_charge_at(institution_id), words)


def tell_parties(agreement: Agreement, kind: str, but: UUID | None = None, **words: object) -> None:
    """Leave a message for every party and the owner, but one of them."""
    concerned = {agreement.owner_id, *(party.institution_id for party in agreement.parties.all())}
    tell(agreement, kind, sorted(concerned - {but}), **words)


def tell_dependants(agreement: Agreement, kind: str, **words: object) -> None:
    """Leave a message for those whose work rests on the convention."""
    for who in _dependants.values():
        for institution_id, users in who(agreement).items():
            _notify(agreement, kind, institution_id, users, words)


def _notify(
    agreement: Agreement,
    kind: str,
    institution_id: UUID,
    users: Iterable[User],
    words: Mapping[str, object],
) -> None:
    notify(
        users=users,
        institution_id=institution_id,
        kind=kind,
        params={"number": agreement.number, **words},
        path=reverse("agreements:show", args=[agreement.pk]),
    )
