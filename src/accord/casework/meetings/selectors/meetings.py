"""One meeting and what belongs to it, as far as the actor may read it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.meetings.enums import MinutesState
from accord.casework.meetings.models import (
    AgendaItem,
    Invitation,
    Meeting,
    Minutes,
    MinutesSignature,
    Reply,
    Seat,
)
from accord.casework.meetings.policies import (
    invitations_visible_to,
    meetings_visible_to,
    of_visible_meetings,
    replies_visible_to,
    signatures_visible_to,
)
from accord.kernel.actors import Actor

MOST_REPLIES = 100


def meeting_for(actor: Actor, meeting_id: UUID) -> Meeting:
    """One meeting with its case and room; Meeting.DoesNotExist when the actor may not know of it."""
    return (
        Meeting.objects.filter(meetings_visible_to(actor))
        .select_related("case__lead", "owner", "author", "room__site", "follows")
        .get(pk=meeting_id)
    )


def seats_of(actor: Actor, meeting: Meeting) -> QuerySet[Seat]:
    """Who is invited, by institution and name."""
    return (
        Seat.objects.filter(of_visible_meetings(actor), meeting=meeting)
        .select_related("institution", "user")
        .order_by("institution__name", "user__last_name", "user__first_name")
    )


def seat_for(actor: Actor, seat_id: UUID) -> Seat:
    """One seat with its meeting; Seat.DoesNotExist when the actor may not know of it."""
    query = Seat.objects.filter(of_visible_meetings(actor)).select_related("meeting__case", "user")
    return query.get(pk=seat_id)


def agenda_items_of(actor: Actor, meeting: Meeting) -> QuerySet[AgendaItem]:
    """The points of the agenda, in their order."""
    items = AgendaItem.objects.filter(records_visible_to(actor), meeting=meeting)
    return items.order_by("position")


def agendas_of_case(actor: Actor, case: Case) -> dict[UUID, list[str]]:
    """The points of every meeting of a case, in their order; one query."""
    found: dict[UUID, list[str]] = {}
    items = AgendaItem.objects.filter(records_visible_to(actor), case=case).order_by("position")
    for meeting_id, text in items.values_list("meeting_id", "text"):
        found.setdefault(meeting_id, []).append(text)
    return found


def signed_minutes_of_case(actor: Actor, case: Case) -> dict[UUID, list[Minutes]]:
    """The signed minutes of every meeting of a case, without those that a newer version replaces."""
    rows = Minutes.objects.filter(records_visible_to(actor), case=case, state=MinutesState.SIGNED)
    rows = rows.select_related("owner").prefetch_related("signatures__institution")
    signed = list(rows.order_by("edition", "created_at"))
    replaced = {one.amends_id for one in signed}
    found: dict[UUID, list[Minutes]] = {}
    for one in signed:
        if one.pk not in replaced:
            found.setdefault(one.meeting_id, []).append(one)
    return found


def minutes_of(actor: Actor, meeting: Meeting) -> QuerySet[Minutes]:
    """Drafts of one's own institution and all signed versions that one may read, the newest first."""
    return (
        Minutes.objects.filter(records_visible_to(actor), meeting=meeting)
        .select_related("owner", "author", "case")
        .prefetch_related("signatures__institution", "signatures__user")
        .order_by("-edition", "-created_at")
    )


def newest_minutes_of(actor: Actor, meeting: Meeting) -> list[Minutes]:
    """Those that no newer version replaces."""
    found = list(minutes_of(actor, meeting))
    replaced = {one.amends_id for one in found if one.state == "signed"}
    return [one for one in found if one.pk not in replaced]


def minutes_for(actor: Actor, minutes_id: UUID) -> Minutes:
    """One version with its meeting; Minutes.DoesNotExist when the actor may not read it."""
    return (
        Minutes.objects.filter(records_visible_to(actor))
        .select_related("meeting__case__lead", "case", "owner", "author", "amends")
        .get(pk=minutes_id)
    )


def signatures_of(actor: Actor, minutes: Minutes) -> QuerySet[MinutesSignature]:
    """Who stands by a version."""
    signatures = MinutesSignature.objects.filter(signatures_visible_to(actor), minutes=minutes)
    return signatures.select_related("institution", "user")


def invitations_of(actor: Actor, meeting: Meeting) -> QuerySet[Invitation]:
    """The mails of a meeting, the newest first."""
    return (
        Invitation.objects.filter(invitations_visible_to(actor), meeting=meeting)
        .select_related("seat__user", "seat__institution")
        .order_by("-created_at", "-id")
    )


def invitation_for(actor: Actor, invitation_id: UUID) -> Invitation:
    """One mail with its meeting; Invitation.DoesNotExist when the actor may not know of it."""
    query = Invitation.objects.filter(invitations_visible_to(actor)).select_related("meeting__case")
    return query.get(pk=invitation_id)


def replies_put_aside(actor: Actor) -> list[Reply]:
    """Replies by mail that wait to be settled, the newest first."""
    return list(_replies(actor).filter(settled_at__isnull=True).order_by("-at", "-id")[:MOST_REPLIES])


def reply_for(actor: Actor, reply_id: UUID) -> Reply:
    """One reply that was put aside; Reply.DoesNotExist when the actor may not know of it."""
    return _replies(actor).get(pk=reply_id)


def _replies(actor: Actor) -> QuerySet[Reply]:
    aside = Reply.objects.filter(replies_visible_to(actor))
    return aside.select_related("meeting__case__lead", "meeting__owner")
