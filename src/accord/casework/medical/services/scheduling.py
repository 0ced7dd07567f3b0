"""Fix the interview in one step, and know what became of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.medical.enums import RequestKind, RequestState
from accord.casework.medical.models import MedicalRequest
from accord.casework.medical.policies import can_schedule
from accord.casework.medical.rules.clocks import due_in
from accord.casework.medical.services.passing import (
    lock_request,
    pass_on,
    secretaries_of,
    tell_colleagues,
)
from accord.casework.meetings.models import Meeting
from accord.casework.meetings.rules import assessment_kinds
from accord.casework.meetings.services import SeatWish, schedule_meeting
from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.kernel.decisions import Refused
from accord.kernel.identifiers import new_id
from accord.network.programmes.selectors import programme_for


@transaction.atomic
def schedule_interview(
    *,
    by: Actor,
    request_id: UUID,
    starts_at: datetime,
    minutes: int,
    seats: Collection[SeatWish],
    room_id: UUID | None = None,
    place: str = "",
    video: str = "",
    clash_known: bool = False,
) -> MedicalRequest:
    """Call the pre-assessment and the interview that follows it, with the room, and invite everybody.

    The hour is that of the interview; the programme says how long before it the pre-assessment begins.
    """
    request = lock_request(by, request_id, can_schedule)
    if SeatWish(request.service_id, request.doctor_id or request.service_id) not in seats:
        raise Refused(_("Le médecin de la demande participe à l’entretien."), field="seats")
    case = request.case
    kinds = assessment_kinds(programme_for(case.programme, case.programme_version))
    request.meeting = schedule_meeting(
        by=by,
        case_id=case.pk,
        kind=sorted(kinds)[0],
        starts_at=starts_at,
        minutes=minutes,
        seats=seats,
        room_id=room_id,
        place=place,
        video=video,
        wants_person=True,
        clash_known=clash_known,
    )
    return pass_on(by=by, request=request, to=RequestState.SCHEDULED)


def settle_interview(by: Actor, meeting: Meeting) -> None:
    """After a meeting was held, cancelled or moved: the request that waits for it goes on, or back.

    Whoever noted it stands outside of the compartment, so the database does it in the owner’s name: with the
    person the doctor writes her report; without her, or when it was cancelled, the secretariat fixes another.
    """
    programme = programme_for(meeting.case.programme, meeting.case.programme_version)
    days, day = programme.parameters, today()
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from accord.settle_medical_interview(%s, %s, %s, %s)",
            [
                meeting.pk,
                new_id(),
                due_in(RequestState.INTERVIEWED, day, days, kind=RequestKind.FULL),
                due_in(RequestState.ALLOCATED, day, days, kind=RequestKind.FULL),
            ],
        )
        told = cursor.fetchall()
    for request_id, state, service_id, doctor_id in told:
        is_held = state == RequestState.INTERVIEWED
        tell_colleagues(
            by=by,
            case=meeting.case,
            users=User.objects.filter(pk=doctor_id) if is_held else secretaries_of(service_id),
            institution_id=service_id,
            kind="medical.report_due" if is_held else "medical.to_schedule",
            path=reverse("medical:request", args=[request_id]),
        )
