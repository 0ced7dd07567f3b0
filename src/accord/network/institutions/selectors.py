"""Questions about institutions: who is who, who works where, on whose behalf somebody acts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.network.institutions.models import Institution, Membership, Site, Territory


def memberships_of(user: User) -> list[Membership]:
    """The roles that somebody holds today, with their institutions, in the order of the alphabet."""
    return list(
        Membership.objects.filter(Membership.current(now()), user=user, institution__is_active=True)
        .select_related("institution")
        .order_by("institution__name", "institution", "role")
    )


def memberships_among(users: Iterable[UUID]) -> list[Membership]:
    """The roles that these people hold today, with their institutions."""
    return list(
        Membership.objects.filter(Membership.current(now()), user__in=users, institution__is_active=True)
        .select_related("institution")
        .order_by("institution__name", "user__last_name", "user__first_name", "role")
    )


def actor_for(user: User, wanted: UUID | None) -> tuple[Actor, list[Membership]]:
    """The user acting for the institution that she wants, else for the first of hers; one query.

    With her all her roles there, and one membership for each institution on whose behalf she may act.
    """
    found = memberships_of(user)
    by_institution = {membership.institution_id: membership for membership in reversed(found)}
    memberships = list(reversed(by_institution.values()))
    if not memberships:
        return Actor(user_id=user.pk, language=user.language), []
    chosen = by_institution.get(wanted) if wanted else None
    institution = (chosen or memberships[0]).institution
    actor = Actor(
        user_id=user.pk,
        institution_id=institution.pk,
        institution_kind=institution.kind,
        roles=frozenset(m.role for m in found if m.institution_id == institution.pk),
        language=user.language,
    )
    return actor, memberships


def colleagues(actor: Actor) -> list[User]:
    """Those who work for the actor's institution today, in the order of their names."""
    current = Membership.objects.filter(Membership.current(now()), institution_id=actor.institution_key)
    found = User.objects.filter(pk__in=current.values("user"), is_active=True)
    return list(found.order_by("last_name", "first_name"))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of an institution with all the roles that she holds there."""

    user: User
    memberships: tuple[Membership, ...]


def members_of(actor: Actor, institution: Institution) -> list[Colleague]:
    """Who works there today and in which roles; empty for an institution that is not the actor's own."""
    if institution.pk != actor.institution_id:
        return []
    held: dict[UUID, list[Membership]] = {}
    for membership in (
        Membership.objects.filter(Membership.current(now()), institution=institution, user__is_active=True)
        .select_related("user", "site")
        .order_by("user__last_name", "user__first_name", "role")
    ):
        held.setdefault(membership.user_id, []).append(membership)
    return [Colleague(found[0].user, tuple(found)) for found in held.values()]


def directory(actor: Actor, *, kind: str = "", territory: str = "", text: str = "") -> QuerySet[Institution]:
    """The institutions of the network, by name: of a kind, serving a territory or a part of it, by a word."""
    query = Institution.objects.filter(is_active=True)
    if kind:
        query = query.filter(kind=kind)
    if territory:
        serving = Q(territories__code=territory) | Q(territories__parent__code=territory)
        query = query.filter(serving | Q(territories__parts__code=territory))
    if text:
        query = query.filter(Q(name__icontains=text) | Q(short_name__icontains=text))
    return (
        query.distinct()
        .select_related("head")
        .prefetch_related(Prefetch("territories", Territory.objects.order_by("name")), "sites")
        .order_by("name")
    )


def territories(actor: Actor) -> list[Territory]:
    """The territories that somebody serves, by name."""
    return list(Territory.objects.order_by("name"))


def institution_page(actor: Actor, slug: str) -> Institution | None:
    """One institution with its sites and territories; None when there is no such institution."""
    return (
        Institution.objects.filter(slug=slug)
        .select_related("head")
        .prefetch_related(
            Prefetch("territories", Territory.objects.select_related("parent").order_by("name")),
            Prefetch("sites", Site.objects.select_related("territory")),
            Prefetch("local_bodies", Institution.objects.filter(is_active=True).order_by("name")),
        )
        .first()
    )
