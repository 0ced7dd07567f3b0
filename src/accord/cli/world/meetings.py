"""Rooms in the demo’s institutions, and the meetings of its cases: past ones with minutes, others to come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.db.models import F, Model

from accord.casework.cases.enums import Audience, CaseState, Category
from accord.casework.cases.models import Case, Disclosure, Participant
from accord.casework.meetings.enums import (
    Answer,
    DeliveryState,
    MeetingState,
    Method,
    MinutesState,
    ReplyFault,
)
from accord.casework.meetings.models import (
    AgendaItem,
    Invitation,
    Meeting,
    Minutes,
    MinutesSignature,
    Reply,
    Room,
    Seat,
)
from accord.casework.meetings.rules import (
    at_local,
    ends_after,
    kind_before,
    longest_minutes,
    person_is_there,
    starts_before,
)
from accord.cli.world.network import Network
from accord.foundation.accounts.models import User
from accord.kernel.clock import now, today
from accord.network.institutions.models import Institution, Site
from accord.network.programmes.rules import MeetingKind
from accord.network.programmes.selectors import programme_for

ROOMS = {"fr": (("Salle du lac", 8), ("Petite salle", 4)), "de": (("Sitzungszimmer", 8), ("Besprechung", 4))}
MOST_CASES = 160
POINTS = {
    "fr": (
        "Où en est la personne dans ses démarches",
        "Prochain stage et horaires",
        "Qui fait quoi d’ici au prochain point",
    ),
    "de": (
        "Stand der Schritte",
        "Nächster Einsatz und Arbeitszeiten",
        "Wer macht was bis zum nächsten Gespräch",
    ),
}
SECTIONS = {
    "fr": {
        "situation": "Les démarches convenues avancent ; le premier contact avec l’entreprise a eu lieu.",
        "decisions": "Un stage de découverte de deux semaines est cherché en commun.",
        "next": "L’office de l’emploi appelle l’entreprise ; les autres attendent son retour.",
    },
    "de": {
        "situation": "Die vereinbarten Schritte laufen; der erste Kontakt mit dem Betrieb hat stattgefunden.",
        "decisions": "Gemeinsam wird eine zweiwöchige Schnupperzeit gesucht.",
        "next": "Das RAV ruft den Betrieb an; die anderen warten die Rückmeldung ab.",
    },
}
HOURS = (time(9), time(11), time(14), time(16))
NEAR = 9


def furnish(random: Random, network: Network) -> None:
    """Give each institution its rooms, and every other running case a meeting or two."""
    _Furnisher(random, network).furnish()


class _Furnisher:
    """Collects the rows, then writes them at once."""

    def __init__(self, random: Random, network: Network) -> None:
        self.random = random
        self.staff = {house.pk: network.staff[house.slug] for house in network.houses.values()}
        self.languages = {house.pk: house.language for house in network.houses.values()}
        self.rooms: dict[UUID, list[Room]] = {}
        self.taken: set[tuple[UUID, date, time]] = set()
        self.rows: dict[type[Model], list[Model]] = {
            model: []
            for model in (Room, Meeting, Seat, AgendaItem, Minutes, MinutesSignature, Invitation, Reply)
        }

    def furnish(self) -> None:
        for site in Site.objects.select_related("institution").order_by("institution__slug", "name"):
            words = ROOMS.get(site.institution.language, ROOMS["fr"])
            self.rooms[site.institution_id] = [Room(site=site, name=name, seats=n) for name, n in words]
            self._add(Room, self.rooms[site.institution_id])
        cases = (
            Case.objects.filter(state=CaseState.OPEN).select_related("lead").order_by("-number")[:MOST_CASES]
        )
        present = _present(cases)
        readers = _readers(cases)
        for place, case in enumerate(cases):
            self._case(case, present.get(case.pk, []), readers.get(case.pk, set()), place)
        self._replies_aside()
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows, batch_size=2000)

    def _add(self, model: type[Model], rows: Iterable[Model]) -> None:
        self.rows[model] += rows

    def _case(self, case: Case, present: list[Institution], readers: set[UUID], place: int) -> None:
        programme = programme_for(case.programme, case.programme_version)
        kinds = [kind for kind in programme.meetings if kind.doctor != "required"]
        main = next((kind for kind in kinds if kind.person_present == "yes"), kinds[0])
        later = next((kind for kind in kinds if kind.key == "follow_up"), kinds[-1])
        people = self._people(case, present)
        if len(people) < 1:
            return
        if place % 3 != 1:
            past = self._meeting(case, main, -self.random.randint(8, 60), people)
            if past and place % 2 == 0:
                self._minutes(past, case, people, readers)
        if place % 3 != 2:
            self._meeting(case, later, self.random.randint(1, 24), people)
        if place % 10 == 4:
            self._meeting(case, later, -self.random.randint(3, 7), people, cancelled=True)

    def _people(self, case: Case, present: list[Institution]) -> list[tuple[Institution, User]]:
        lead_first = sorted(present, key=lambda house: house.pk != case.lead_id)
        found = []
        for house in lead_first[:3]:
            staff = self.staff.get(house.pk) or []
            if staff:
                same = case.lead_user_id if house.pk == case.lead_id else None
                found.append((house, next((u for u in staff if u.pk == same), self.random.choice(staff))))
        return found

    def _meeting(
        self,
        case: Case,
        kind: MeetingKind,
        days: int,
        people: list[tuple[Institution, User]],
        *,
        cancelled: bool = False,
    ) -> Meeting | None:
        starts_at = self._hour(case.lead_id, days)
        if starts_at is None or (days < 0 and starts_at < case.created_at):
            return None
        minutes = min(60, longest_minutes(kind))
        programme = programme_for(case.programme, case.programme_version)
        before = None
        if first := kind_before(programme, kind):
            before = self._row(case, first, starts_before(kind, starts_at), 60, people, cancelled=cancelled)
        meeting = self._row(case, kind, starts_at, minutes, people, cancelled=cancelled)
        meeting.follows = before
        self._add(
            AgendaItem,
            [
                AgendaItem(
                    case=case, owner_id=meeting.owner_id, author_id=meeting.author_id, category=Category.PLAN,
                    audience=meeting.audience, meeting=meeting, position=position, text=text,
                )
                for position, text in enumerate(POINTS[self._language(case)], 1)
            ],
        )  # fmt: skip
        return meeting

    def _row(
        self,
        case: Case,
        kind: MeetingKind,
        starts_at: datetime,
        minutes: int,
        people: list[tuple[Institution, User]],
        *,
        cancelled: bool,
    ) -> Meeting:
        is_past = starts_at < now()
        there = person_is_there(kind, wished=True)
        rooms = self.rooms.get(case.lead_id, [])
        meeting = Meeting(
            case=case,
            owner_id=case.lead_id,
            author_id=people[0][1].pk,
            audience=Audience.PERSON if there else Audience.CIRCLE,
            kind=kind.key,
            starts_at=starts_at,
            ends_at=ends_after(starts_at, minutes),
            room=rooms[0] if rooms else None,
            person_present=there,
            state=MeetingState.CANCELLED
            if cancelled
            else MeetingState.HELD
            if is_past
            else MeetingState.PLANNED,
            cancelled_because="Un entretien d’embauche a lieu à la même heure." if cancelled else "",
            sequence=int(cancelled),
            created_at=min(now(), starts_at) - timedelta(days=6),
            updated_at=min(now() - timedelta(days=1), starts_at),
        )
        self._add(Meeting, [meeting])
        for place, (house, user) in enumerate(people):
            seat = Seat(
                meeting=meeting,
                institution=house,
                user=user,
                answer=Answer.ACCEPTED if is_past or place == 0 else self.random.choice(list(Answer)),
                attended=None if cancelled or not is_past else place < 2 or self.random.random() < 0.8,
            )
            self._add(Seat, [seat])
            self._mail(meeting, seat, place)
        return meeting

    def _mail(self, meeting: Meeting, seat: Seat, place: int) -> None:
        """A few invitations met a mail server that was away, and wait to be sent again."""
        failed = place > 0 and meeting.state == MeetingState.PLANNED and self.random.random() < 0.1
        self._add(
            Invitation,
            [
                Invitation(
                    meeting=meeting,
                    seat=seat,
                    method=Method.CANCEL if meeting.state == MeetingState.CANCELLED else Method.REQUEST,
                    sequence=meeting.sequence,
                    state=DeliveryState.FAILED if failed else DeliveryState.SENT,
                    attempts=8 if failed else 1,
                    error="SMTPServerDisconnected" if failed else "",
                    due_at=meeting.created_at,
                    created_at=meeting.created_at,
                    settled_at=meeting.created_at,
                )
            ],
        )

    def _replies_aside(self) -> None:
        """To each organiser one reply from another address or to an older invitation; one cannot be read at all."""
        waiting = {
            seat.meeting.owner_id: seat
            for seat in self.rows[Seat]
            if isinstance(seat, Seat)
            and seat.answer == Answer.PENDING
            and seat.meeting.state == MeetingState.PLANNED
        }
        self._add(
            Reply,
            [
                Reply(
                    digest=f"{place:064}",
                    at=now() - timedelta(hours=5 + place),
                    fault=(ReplyFault.FORGED, ReplyFault.OUTDATED)[place % 2],
                    meeting=seat.meeting,
                    attendee=seat.user.email,
                    answer=(Answer.ACCEPTED, Answer.DECLINED)[place % 2],
                )
                for place, seat in enumerate(waiting.values())
            ],
        )
        self._add(
            Reply, [Reply(digest=f"{-1:064}", at=now() - timedelta(hours=3), fault=ReplyFault.MALFORMED)]
        )

    def _minutes(
        self, meeting: Meeting, case: Case, people: list[tuple[Institution, User]], readers: set[UUID]
    ) -> None:
        is_draft = self.random.random() < 0.2
        minutes = Minutes(
            case=case,
            owner_id=meeting.owner_id,
            author_id=meeting.author_id,
            category=Category.PLAN,
            audience=Audience.OWN if is_draft else Audience.CIRCLE,
            addressed_to=Audience.CIRCLE,
            meeting=meeting,
            sections=SECTIONS[self._language(case)],
            state=MinutesState.DRAFT if is_draft else MinutesState.SIGNED,
            created_at=meeting.ends_at,
            updated_at=meeting.ends_at,
        )
        self._add(Minutes, [minutes])
        if is_draft:
            return
        signing = [(house, user) for house, user in people if house.pk in {meeting.owner_id, *readers}]
        self._add(
            MinutesSignature,
            [
                MinutesSignature(
                    minutes=minutes, institution=house, user=user, at=meeting.ends_at + timedelta(days=day)
                )
                for day, (house, user) in enumerate(signing[: self.random.randint(1, 3)])
            ],
        )

    def _hour(self, house: UUID, days: int) -> datetime | None:
        """An hour near a day at which the house’s first room is free; None when the near days are full.

        Two hours are kept for each, since one meeting may come before another.
        """
        for further in range(NEAR):
            day = _working_day(today() + timedelta(days=days + (further if days > 0 else -further)))
            for hour in HOURS:
                if (house, day, hour) not in self.taken:
                    self.taken.add((house, day, hour))
                    return at_local(day, hour)
        return None

    def _language(self, case: Case) -> str:
        return "de" if self.languages.get(case.lead_id) == "de" else "fr"


def _working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _present(cases: Iterable[Case]) -> dict[UUID, list[Institution]]:
    found: dict[UUID, list[Institution]] = {}
    for one in Participant.objects.filter(case__in=cases, left_at__isnull=True).select_related("institution"):
        found.setdefault(one.case_id, []).append(one.institution)
    return found


def _readers(cases: Iterable[Case]) -> dict[UUID, set[UUID]]:
    """Who reads the plan of each case now."""
    rows = (
        Disclosure.objects.filter(case__in=cases, valid_from__lte=now(), valid_until__gt=now())
        .annotate(seen=F("categories").bitand(int(Category.PLAN)))
        .filter(seen__gt=0)
    )
    found: dict[UUID, set[UUID]] = {}
    for case_id, recipient_id in rows.values_list("case_id", "recipient_id"):
        found.setdefault(case_id, set()).add(recipient_id)
    return found
