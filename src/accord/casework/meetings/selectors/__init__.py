"""Questions about meetings; the actor comes first."""

from accord.casework.meetings.selectors.agenda import AgendaPage, agenda_of, meetings_of_case, next_after
from accord.casework.meetings.selectors.calendars import feed_meetings, feed_of, feed_since
from accord.casework.meetings.selectors.meetings import (
    agenda_items_of,
    invitation_for,
    invitations_of,
    meeting_for,
    minutes_for,
    minutes_of,
    newest_minutes_of,
    replies_put_aside,
    seat_for,
    seats_of,
    signatures_of,
)
from accord.casework.meetings.selectors.planning import (
    Taken,
    busy_spans,
    may_sit,
    room_for,
    rooms_for,
    rooms_of,
    sites_of,
    taken_times,
)

__all__ = [
    "AgendaPage",
    "Taken",
    "agenda_items_of",
    "agenda_of",
    "busy_spans",
    "feed_meetings",
    "feed_of",
    "feed_since",
    "invitation_for",
    "invitations_of",
    "may_sit",
    "meeting_for",
    "meetings_of_case",
    "minutes_for",
    "minutes_of",
    "newest_minutes_of",
    "next_after",
    "replies_put_aside",
    "room_for",
    "rooms_for",
    "rooms_of",
    "seat_for",
    "seats_of",
    "signatures_of",
    "sites_of",
    "taken_times",
]
