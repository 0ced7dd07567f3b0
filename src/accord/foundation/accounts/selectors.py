"""Questions about accounts."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator

from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor


def myself(actor: Actor) -> User:
    """The actor's own account."""
    return User.objects.get(pk=actor.user_key)


def second_factors(actor: Actor) -> list[str]:
    """The kinds of second factor that the actor has set up, without the recovery codes."""
    kinds = Authenticator.objects.filter(user_id=actor.user_key).values_list("type", flat=True)
    return sorted(set(kinds) - {Authenticator.Type.RECOVERY_CODES})


def personas() -> list[User]:
    """The invented people of the demo as whom one may enter."""
    people = User.objects.exclude(persona="").filter(is_active=True)
    return list(people.order_by("last_name", "first_name"))


def persona(user_id: UUID) -> User | None:
    """One of them; None for a real account."""
    return User.objects.exclude(persona="").filter(is_active=True, pk=user_id).first()
