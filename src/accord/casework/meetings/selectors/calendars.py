"""What a private calendar shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q

from accord.casework.meetings.enums import MeetingState
from accord.casework.meetings.models import CalendarFeed, Meeting, Seat
from accord.casework.meetings.policies import meetings_visible_to
from accord.kernel.actors import Actor
from accord.kernel.clock import now

GHOST_DAYS = timedelta(days=30)
"""A cancelled meeting stays in the feed so long, so that each calendar learns of it."""
PAST = timedelta(days=180)


def feed_of(sign: str) -> tuple[UUID, str] | None:
    """Whose feed begins with these signs, and the fingerprint of its whole secret; before anybody acts."""
    with connection.cursor() as cursor:
        cursor.execute("select user_id, token_hash from accord.feed_of(%s)", [sign])
        found: tuple[UUID, str] | None = cursor.fetchone()
    return found


def feed_meetings(actor: Actor) -> list[Meeting]:
    """The actor's own meetings, half a year back; a cancelled one for thirty days more."""
    seats = Seat.objects.filter(user_id=actor.user_key, institution_id=actor.institution_key)
    is_kept = ~Q(state=MeetingState.CANCELLED) | Q(updated_at__gt=now() - GHOST_DAYS)
    return list(
        Meeting.objects.filter(meetings_visible_to(actor), is_kept, pk__in=seats.values("meeting"))
        .filter(starts_at__gt=now() - PAST)
        .select_related("case", "room__site")
        .order_by("starts_at", "id")
    )


def feed_since(actor: Actor) -> datetime | None:
    """When the actor last made her calendar address; None when she has none."""
    found = CalendarFeed.objects.filter(user_id=actor.user_key).first()
    return found.renewed_at if found else None
