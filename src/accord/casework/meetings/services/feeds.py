"""A private calendar address: its secret is the only key, so it can be changed at any moment."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.utils.crypto import constant_time_compare

from accord.casework.meetings.models import CalendarFeed, Meeting
from accord.casework.meetings.selectors import feed_meetings, feed_of
from accord.casework.meetings.services.calendars import feed_calendar
from accord.casework.meetings.services.reading import read_meetings
from accord.foundation.accounts.models import User
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.database import acting_as
from accord.network.institutions.selectors import actor_for

SIGN = 12
"""So many signs of the secret find the row."""
PURPOSE = "calendar feed"


@transaction.atomic
def renew_feed(*, by: Actor) -> str:
    """Give the actor a calendar address, and forget the one before at once.

    Returns its secret, which is shown this once: only its fingerprint is kept.
    """
    token = token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user_id=by.user_key,
        defaults={"sign": token[:SIGN], "token_hash": _fingerprint(token), "renewed_at": now()},
    )
    record(by=by, verb="renewed", subject_kind="calendar", subject_id=by.user_id)
    return token


def read_feed(token: str, *, known: str = "") -> tuple[str, bytes] | None:
    """The calendar behind a secret and its mark; None for a secret that opens nothing.

    It is read for its owner, institution by institution, so that she finds what she may know and no more. The
    reading is journalled unless the calendar already has what its mark `known` says.
    """
    found = feed_of(token[:SIGN])
    if found is None or not constant_time_compare(found[1], _fingerprint(token)):
        return None
    user = User.objects.filter(pk=found[0], is_active=True).first()
    if user is None:
        return None
    shown = [(actor, _meetings(actor)) for actor in _actors(user)]
    meetings = {one.pk: one for _actor, some in shown for one in some}
    calendar = feed_calendar(sorted(meetings.values(), key=_order), user.language)
    mark = f'"{sha256(calendar).hexdigest()[:32]}"'
    if mark != known:
        for actor, some in shown:
            with acting_as(actor):
                read_meetings(by=actor, meetings=some, what="calendar")
    return mark, calendar


def _actors(user: User) -> list[Actor]:
    """Her, once for each institution in whose name she sits."""
    _first, memberships = actor_for(user, None)
    return [actor_for(user, found.institution_id)[0].for_purpose(PURPOSE) for found in memberships]


def _meetings(actor: Actor) -> list[Meeting]:
    with acting_as(actor):
        return feed_meetings(actor)


def _order(meeting: Meeting) -> tuple[object, object]:
    return meeting.starts_at, meeting.pk


def _fingerprint(token: str) -> str:
    return sha256(token.encode()).hexdigest()
