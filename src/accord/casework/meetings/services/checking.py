"""What a meeting must respect before it is written, in the sentences that its organiser reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.meetings.models import Meeting, Room
from accord.casework.meetings.rules import (
    fault_of_doctor,
    fault_of_time,
    kind_of,
    longest_minutes,
)
from accord.casework.meetings.selectors import may_sit, rooms_for, taken_times
from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, now
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from accord.network.programmes.rules import MeetingKind, Programme

ROOM_TAKEN = "meeting_room_once"
DOCTOR_FAULTS = {
    "missing": gettext_lazy("Cette rencontre ne se tient pas sans médecin : invitez-en au moins un."),
    "unwanted": gettext_lazy("Le dispositif ne prévoit pas de médecin à cette rencontre."),
    "unexplained": gettext_lazy(
        "Le médecin n’y vient que par exception : écrivez pourquoi, sans détail médical."
    ),
}
TIME_FAULTS = {
    "past": gettext_lazy("Cette heure est déjà passée."),
    "short": gettext_lazy("Une rencontre dure au moins un quart d’heure."),
}


@dataclass(frozen=True, slots=True)
class SeatWish:
    """Whom an institution sends."""

    institution_id: UUID
    user_id: UUID


def check_kind(programme: Programme, key: str) -> MeetingKind:
    """The kind of meeting, which the programme must know."""
    kind = kind_of(programme, key)
    if kind is None:
        raise Refused(_("Choisissez un type de rencontre de la liste."), field="kind")
    return kind


def check_time(kind: MeetingKind, starts_at: datetime, minutes: int) -> None:
    """The hour lies ahead, and the meeting is not longer than the programme allows."""
    fault = fault_of_time(kind, starts_at, minutes, now=now())
    if fault == "long":
        raise Refused(
            _("Au plus %(minutes)s minutes pour une rencontre « %(kind)s ».")
            % {"minutes": longest_minutes(kind), "kind": kind.label.in_(get_language() or "fr")},
            field="minutes",
        )
    if fault:
        raise Refused(TIME_FAULTS[fault], field="hour" if fault == "past" else "minutes")


def check_seats(by: Actor, case: Case, wishes: Collection[SeatWish]) -> None:
    """Somebody is invited, and everybody works for an institution that takes part."""
    if not wishes:
        raise Refused(_("Invitez au moins une personne."), field="seats")
    allowed = {
        SeatWish(institution.pk, user.pk) for institution, users in may_sit(by, case) for user in users
    }
    if not allowed.issuperset(wishes):
        raise Refused(_("Invitez des collègues des institutions qui participent au dossier."), field="seats")
    if len({wish.user_id for wish in wishes}) < len(wishes):
        raise Refused(_("Une même personne est invitée pour deux institutions."), field="seats")


def doctors_among(wishes: Iterable[SeatWish]) -> set[SeatWish]:
    """Those who sit as doctors of their institution."""
    wanted = set(wishes)
    doctors = Membership.objects.filter(
        Membership.current(now()), role=Role.DOCTOR, user__in={wish.user_id for wish in wanted}
    )
    return wanted & {SeatWish(*pair) for pair in doctors.values_list("institution_id", "user_id")}


def check_doctor(kind: MeetingKind, doctors: int, reason: str) -> None:
    """The doctor comes as the programme says."""
    if fault := fault_of_doctor(kind, doctors=doctors, reason=reason):
        raise Refused(DOCTOR_FAULTS[fault], field="doctor_reason" if fault == "unexplained" else "seats")


def check_room(by: Actor, case: Case, room_id: UUID | None, people: int) -> Room | None:
    """The room is one of the institutions that take part, and everybody finds a chair."""
    if room_id is None:
        return None
    room = next((found for found in rooms_for(by, case) if found.pk == room_id), None)
    if room is None:
        raise Refused(_("Choisissez une salle de la liste."), field="room")
    check_chairs(room, people)
    return room


def check_chairs(room: Room | None, people: int) -> None:
    """Everybody finds a chair."""
    if room is not None and people > room.seats:
        raise Refused(
            _("La salle a %(seats)s places ; vous serez %(people)s.")
            % {"seats": room.seats, "people": people},
            field="room",
        )


def check_place(room: Room | None, place: str, video: str) -> None:
    """One must know where to go."""
    if room is None and not place.strip() and not video.strip():
        raise Refused(_("Choisissez une salle, ou écrivez un lieu ou un lien vidéo."), field="room")


def check_clashes(
    by: Actor,
    users: Collection[UUID],
    starts_at: datetime,
    ends_at: datetime,
    *,
    but: Collection[UUID] = (),
    is_known: bool,
) -> None:
    """A colleague who already sits in another meeting is named once; who insists goes on."""
    if is_known:
        return
    taken = taken_times(by, users=users, since=starts_at, until=ends_at, but=but)
    if not taken:
        return
    names = User.objects.filter(pk__in={found.user_id for found in taken}).order_by("last_name")
    raise Refused(
        _("À cette heure, ces personnes ont déjà une rencontre : %(names)s.")
        % {"names": ", ".join(user.name for user in names)},
        field="clash_known",
    )


@contextmanager
def one_meeting_a_room(room: Room | None) -> Iterator[None]:
    """The database refuses a room to a second meeting; the organiser reads a sentence.

    Two who book in the same second meet here, too.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if room is None or diagnosis is None or diagnosis.constraint_name != ROOM_TAKEN:
            raise
        raise Refused(
            _("La salle « %(room)s » est déjà prise à cette heure.") % {"room": room.name}, field="room"
        ) from error


def told_of(meeting: Meeting) -> dict[str, str]:
    """What the timeline keeps of a meeting: its kind, its instant, and its hour as it is read."""
    local = meeting.starts_at.astimezone(SWISS_TIME)
    return {"kind": meeting.kind, "at": local.isoformat(), "sentence": f"{local:%d.%m.%Y, %H:%M}"}
