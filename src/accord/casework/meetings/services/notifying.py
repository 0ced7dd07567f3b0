"""Tell colleagues in Accord that something happened to a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from accord.casework.cases.services import notify_institution
from accord.casework.meetings.models import Meeting, Seat
from accord.foundation.accounts.models import User
from accord.foundation.notifications.services import notify
from accord.kernel.actors import NIL, Actor


def notify_seats(by: Actor, meeting: Meeting, kind: str) -> None:
    """Tell everybody who is invited, but not who acts."""
    notify_seated(by, Seat.objects.filter(meeting=meeting).select_related("user"), meeting, kind)


def notify_seated(by: Actor, seats: Iterable[Seat], meeting: Meeting, kind: str) -> None:
    """Tell these seats, but not who acts; not by mail: the calendar mail says it already."""
    seated: dict[UUID, list[User]] = {}
    for seat in seats:
        if seat.user_id != by.user_id:
            seated.setdefault(seat.institution_id, []).append(seat.user)
    for institution_id, users in seated.items():
        notify_users(meeting, users, institution_id, kind, by_mail=False)


def notify_users(
    meeting: Meeting, users: Iterable[User], institution_id: UUID, kind: str, *, by_mail: bool = True
) -> None:
    """Tell these colleagues, with a link to the meeting."""
    notify(
        users=users,
        institution_id=institution_id,
        kind=kind,
        params={"number": meeting.case.number},
        path=path_of(meeting),
        case_id=meeting.case_id,
        by_mail=by_mail,
    )


def notify_organiser(meeting: Meeting, kind: str, *, by_mail: bool = True) -> None:
    """Tell who called the meeting; when she is gone, those who answer for the case there."""
    author = User.objects.filter(pk=meeting.author_id or NIL, is_active=True)
    if found := list(author):
        notify_users(meeting, found, meeting.owner_id, kind, by_mail=by_mail)
    else:
        notify_institution(
            kind=kind, case=meeting.case, institution_id=meeting.owner_id, path=path_of(meeting)
        )


def path_of(meeting: Meeting) -> str:
    """The address of the meeting's page, without the host."""
    return reverse("meetings:show", args=[meeting.pk])
