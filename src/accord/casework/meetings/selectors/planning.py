"""Who may sit, which rooms there are, and when they are taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from accord.casework.cases.models import Case
from accord.casework.cases.selectors import present_in
from accord.casework.meetings.models import Room
from accord.casework.meetings.rules import Span
from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.network.institutions.enums import CASE_ROLES
from accord.network.institutions.models import Institution, Membership, Site


@dataclass(frozen=True, slots=True)
class Taken:
    """A time at which a colleague or a room is taken; by which case is not told."""

    user_id: UUID | None
    room_id: UUID | None
    starts_at: datetime
    ends_at: datetime

    @property
    def span(self) -> Span:
        """From when to when."""
        return self.starts_at, self.ends_at


def may_sit(actor: Actor, case: Case) -> list[tuple[Institution, list[User]]]:
    """The institutions that take part, each with its colleagues who work on cases."""
    present = present_in(actor, case)
    memberships = (
        Membership.objects.filter(
            Membership.current(now()), institution__in=present, role__in=CASE_ROLES, user__is_active=True
        )
        .select_related("user")
        .order_by("user__last_name", "user__first_name")
    )
    sitting: dict[UUID, dict[UUID, User]] = {institution.pk: {} for institution in present}
    for membership in memberships:
        sitting[membership.institution_id].setdefault(membership.user_id, membership.user)
    return [(institution, list(sitting[institution.pk].values())) for institution in present]


def rooms_for(actor: Actor, case: Case) -> list[Room]:
    """Rooms that may be booked at the sites of the institutions that take part."""
    rooms = Room.objects.filter(is_active=True, site__institution__in=present_in(actor, case))
    return list(rooms.select_related("site__institution").order_by("site__institution__name", "name"))


def rooms_of(actor: Actor) -> list[Room]:
    """All rooms of one's own institution, those out of use as well."""
    rooms = Room.objects.filter(site__institution_id=actor.institution_key)
    return list(rooms.select_related("site").order_by("site__name", "name"))


def room_for(actor: Actor, room_id: UUID) -> Room:
    """A room of one's own institution; Room.DoesNotExist otherwise."""
    own = Room.objects.filter(site__institution_id=actor.institution_key).select_related("site")
    return own.get(pk=room_id)


def taken_times(
    actor: Actor,
    *,
    users: Iterable[UUID] = (),
    rooms: Iterable[UUID] = (),
    since: datetime,
    until: datetime,
    but: Iterable[UUID] = (),
) -> list[Taken]:
    """When these colleagues and rooms are taken, in whatever case: the hours, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select user_id, room_id, starts_at, ends_at"
            " from accord.taken(%s::uuid[], %s::uuid[], %s, %s, %s::uuid[]) order by starts_at",
            [list(users), list(rooms), since, until, list(but)],
        )
        return [Taken(*row) for row in cursor.fetchall()]


def busy_spans(
    actor: Actor,
    *,
    users: Collection[UUID],
    room: UUID | None,
    since: datetime,
    until: datetime,
    but: Iterable[UUID] = (),
) -> list[Span]:
    """The hours at which somebody or the room is taken."""
    rooms = [room] if room else []
    return [
        found.span
        for found in taken_times(actor, users=users, rooms=rooms, since=since, until=until, but=but)
    ]


def sites_of(actor: Actor) -> list[Site]:
    """The places where one’s own institution receives people."""
    return list(Site.objects.filter(institution_id=actor.institution_key))
