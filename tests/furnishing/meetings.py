"""Meetings in generated worlds, in the scene of every address, and in the demo."""

from __future__ import annotations

from datetime import timedelta

from accord.casework.cases import policies as cases
from accord.casework.cases.enums import Audience
from accord.casework.meetings import policies
from accord.casework.meetings.models import (
    AgendaItem,
    Invitation,
    Meeting,
    Minutes,
    MinutesSignature,
    Reply,
    Seat,
)
from accord.foundation.accounts.models import User
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id

WALLS = {
    Meeting: policies.meetings_visible_to,
    AgendaItem: cases.records_visible_to,
    Minutes: cases.records_visible_to,
    Seat: policies.of_visible_meetings,
    Invitation: policies.invitations_visible_to,
    MinutesSignature: policies.signatures_visible_to,
    Reply: policies.replies_visible_to,
}
OWNED = {"meeting_id", "minutes_id", "seat_id", "invitation_id", "reply_id"}
OPEN_TO_MEMBERS = {policies.sorts_replies}
"""Caseworkers sort the replies to their meetings, administrators those that name none."""
STATE_REFUSES = {"meetings:attendance": 403, "meetings:feed": 404}
"""A meeting that has not begun is not noted as held, and a secret that nobody has opens nothing."""
NOT_A_PAGE = {"meetings:feed", "meetings:letter"}
ADMINISTRATOR = "demo10@accord.example"
BY = dict.fromkeys(("meetings:rooms", "meetings:room-new", "meetings:room"), ADMINISTRATOR)
PICTURES = {
    "meetings": "/rencontres/",
    "meeting": "/rencontres/{meeting_id}/",
    "meeting-new": "/rencontres/dossier/{case_id}/nouvelle/",
}


def furnish_world(world, case) -> None:
    def written() -> dict[str, object]:
        return {
            "case": case,
            "owner": world.anyone(),
            "category": world.dice.choice([None, 1, 1 << 8]),
            "audience": world.dice.choice(Audience.values),
        }

    starts_at = now() + timedelta(days=1)
    meeting = Meeting.objects.create(
        kind="k", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), **written()
    )
    user = User.objects.create_user(f"{new_id()}@example.org")
    seat = Seat.objects.create(meeting=meeting, institution=world.anyone(), user=user)
    Invitation.objects.create(meeting=meeting, seat=seat, method="REQUEST", sequence=0)
    AgendaItem.objects.create(meeting=meeting, position=1, text="x", **written())
    minutes = Minutes.objects.create(meeting=meeting, state="signed", **written())
    MinutesSignature.objects.create(minutes=minutes, institution=world.anyone())
    said = {"fault": "forged", "meeting": meeting, "attendee": "a@example.org", "answer": "accepted"}
    Reply.objects.create(
        digest=str(new_id()), **world.dice.choice([said, {"fault": "malformed"}, {"seat": seat}])
    )


def furnish_scene(scene) -> dict[str, object]:
    from casework.meetings.situations import called, room_at

    room = room_at(scene.ours.institution)
    meeting = called(scene.ours, scene.arguments["case_id"], room_id=room.pk)
    minutes = Minutes.objects.create(
        case=meeting.case,
        owner=scene.ours.institution,
        meeting=meeting,
        category=1 << 8,
        audience="own",
        sections={"decisions": "x"},
    )
    seat = Seat.objects.get(meeting=meeting)
    return {
        "meeting_id": meeting.pk,
        "minutes_id": minutes.pk,
        "seat_id": seat.pk,
        "invitation_id": Invitation.objects.get(meeting=meeting).pk,
        "reply_id": Reply.objects.create(
            digest="d", fault="forged", meeting=meeting, attendee=seat.user.email, answer="accepted"
        ).pk,
        "room_id": room.pk,
        "token": "nobody-has-this-secret",
    }


def things(site, house, case) -> dict[str, object]:
    meeting = site.value(
        "select id from meetings_meeting where owner_id = %s and state = 'planned' and starts_at > now()"
        " order by case_id = %s desc, starts_at limit 1",
        house,
        case,
    )
    return {
        "meeting_id": meeting,
        "minutes_id": site.value(
            "select id from meetings_minutes where owner_id = %s order by state limit 1", house
        ),
        "reply_id": site.value(
            "select r.id from meetings_reply r join meetings_meeting m on m.id = r.meeting_id"
            " where m.owner_id = %s and m.state = 'planned' and r.settled_at is null limit 1",
            house,
        ),
        "room_id": site.value(
            "select r.id from meetings_room r join institutions_site s on s.id = r.site_id"
            " join institutions_membership m on m.institution_id = s.institution_id"
            " join accounts_user u on u.id = m.user_id where u.email = %s limit 1",
            ADMINISTRATOR,
        ),
    }


MAY_REFUSE = {"meetings:attendance"}
"""It has not begun."""
