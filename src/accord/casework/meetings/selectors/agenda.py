"""Lists of meetings by day: of my institution, mine, of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accord.casework.cases.models import Case
from accord.casework.cases.selectors.conditions import shown_name
from accord.casework.meetings.enums import MeetingState
from accord.casework.meetings.models import Meeting, Seat
from accord.casework.meetings.policies import meetings_visible_to
from accord.casework.meetings.rules import at_local
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, now

WEEKS = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """Two weeks of meetings, day by day; `further` and `back` are the Mondays before and after."""

    since: date
    until: date
    days: list[tuple[date, list[Any]]]

    @property
    def further(self) -> date:
        """Where the next two weeks begin."""
        return self.since + WEEKS

    @property
    def back(self) -> date:
        """Where the two weeks before begin."""
        return self.since - WEEKS


def _own(actor: Actor, only_mine: bool) -> Q:
    seats = Seat.objects.filter(meeting=OuterRef("pk"))
    if only_mine:
        return Q(Exists(seats.filter(user_id=actor.user_key)))
    return Q(owner_id=actor.institution_key) | Q(Exists(seats.filter(institution_id=actor.institution_key)))


def _listed(actor: Actor, only_mine: bool) -> QuerySet[Meeting]:
    mine = Seat.objects.filter(meeting=OuterRef("pk"), user_id=actor.user_key)
    return (
        Meeting.objects.filter(meetings_visible_to(actor), _own(actor, only_mine))
        .select_related("case", "room__site", "owner")
        .annotate(
            who=shown_name(actor, "case__person"),
            my_answer=Subquery(mine.values("answer")[:1]),
        )
        .order_by("starts_at", "id")
    )


def monday_of(day: date) -> date:
    """The Monday of a week."""
    return day - timedelta(days=day.weekday())


def agenda_of(actor: Actor, *, since: date, only_mine: bool) -> AgendaPage:
    """Two weeks from the Monday of a day on: meetings of one's institution, or one's own."""
    first = monday_of(since)
    last = first + WEEKS
    rows = _listed(actor, only_mine).filter(
        starts_at__gte=at_local(first, time.min), starts_at__lt=at_local(last, time.min)
    )
    days: dict[date, list[Any]] = {}
    for meeting in rows:
        days.setdefault(meeting.starts_at.astimezone(SWISS_TIME).date(), []).append(meeting)
    return AgendaPage(first, last - timedelta(days=1), list(days.items()))


def next_after(actor: Actor, after: datetime, *, only_mine: bool) -> Meeting | None:
    """The first planned meeting from an instant on."""
    return _listed(actor, only_mine).filter(starts_at__gte=after, state=MeetingState.PLANNED).first()


def meetings_of_case(actor: Actor, case: Case) -> list[Meeting]:
    """The meetings of a case: those to come first, the soonest first, then the past ones, the latest first."""
    found = list(
        Meeting.objects.filter(meetings_visible_to(actor), case=case)
        .select_related("case", "owner", "room__site")
        .prefetch_related("places__institution", "places__user")
        .order_by("starts_at", "id")
    )
    ahead = [one for one in found if one.ends_at >= now() and one.state == MeetingState.PLANNED]
    return ahead + [one for one in reversed(found) if one not in ahead]
