"""A running case in which two institutions meet, and what they meet about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.meetings.models import Meeting, Room, Seat
from accord.casework.meetings.rules import at_local, working_days
from accord.casework.meetings.services import SeatWish, hold_meeting, schedule_meeting
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution, Site
from scenarios import Colleague, colleague, institution, open_case, opened_to, person

PLAN = int(Category.PLAN)


def room_at(house: Institution, name: str = "Salle du lac", seats: int = 8) -> Room:
    """A room of an institution."""
    site, _created = Site.objects.get_or_create(institution=house, name="Siège")
    return Room.objects.create(site=site, name=name, seats=seats)


def next_working_day(number: int = 3) -> date:
    """A working day soon."""
    return list(working_days(today(), number))[-1]


def at(hour: int, minute: int = 0, on: date | None = None) -> datetime:
    """An hour of a working day soon, on the wall clock."""
    return at_local(on or next_working_day(), time(hour, minute))


def seat_of(one: Colleague) -> SeatWish:
    return SeatWish(one.institution.pk, one.user.pk)


def called(by: Colleague, case_id: object, *others: Colleague, **wishes: object) -> Meeting:
    """A meeting that was called, at ten in the morning unless told otherwise."""
    wishes = {"kind": "follow_up", "starts_at": at(10), "minutes": 60, **wishes}
    if not {"room_id", "place", "video"} & wishes.keys():
        wishes["place"] = "Genève"
    assert isinstance(case_id, UUID)
    seats = wishes.pop("seats", [seat_of(one) for one in (by, *others)])
    with acting_as(by.actor):
        return schedule_meeting(by=by.actor, case_id=case_id, seats=seats, **wishes)


@dataclass
class Table:
    """The AI office leads; the social aid sees the plan; a doctor of the AI office is at hand."""

    programme: str = "cii-geneve"
    anne: Colleague = field(
        default_factory=lambda: colleague(institution(Kind.AI_OFFICE, name="Office AI"), last_name="Muller")
    )
    sami: Colleague = field(
        default_factory=lambda: colleague(institution(Kind.SOCIAL_AID, name="Hospice"), last_name="Haddad")
    )
    case: Case = field(init=False)
    doctor: Colleague = field(init=False)

    def __post_init__(self) -> None:
        self.case = open_case(self.anne, self.programme, person(self.anne.institution))
        self.doctor = colleague(self.anne.institution, Role.DOCTOR, last_name="Rey")
        opened_to(self.case, self.anne.institution, Category.PLAN, takes_part=False)
        opened_to(self.case, self.sami.institution, Category.PLAN)

    def meeting(self, *others: Colleague, **wishes: object) -> Meeting:
        """Anne calls a meeting with Sami."""
        return called(self.anne, self.case.pk, *(others or (self.sami,)), **wishes)

    def held(self, *, by: Colleague | None = None, person_came: bool = True, **wishes: object) -> Meeting:
        """A meeting of yesterday at which everybody was."""
        meeting = self.meeting(**wishes)
        past = meeting.starts_at - (meeting.starts_at - at(10, on=today() - timedelta(days=1)))
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=past, ends_at=past + timedelta(hours=1))
        by = by or self.anne
        with acting_as(by.actor):
            return hold_meeting(
                by=by.actor,
                meeting_id=meeting.pk,
                attended=list(Seat.objects.filter(meeting=meeting).values_list("pk", flat=True)),
                person_came=person_came,
            )
