"""A request goes on: to its next state, its next holder, with its date and its line in the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse

from accord.casework.cases.models import Case
from accord.casework.cases.services import notify_institution
from accord.casework.medical.enums import Holder, RequestState
from accord.casework.medical.models import MedicalRequest, Passing
from accord.casework.medical.policies import requests_visible_to
from accord.casework.medical.rules.clocks import due_in
from accord.casework.medical.states import REQUEST, holder_in
from accord.foundation.accounts.models import User
from accord.foundation.journal.services import record
from accord.foundation.notifications.services import notify
from accord.kernel.actors import NIL, Actor
from accord.kernel.clock import SWISS_TIME, now, today
from accord.kernel.decisions import Decision
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from accord.network.programmes.selectors import programme_for

DATED = {
    RequestState.ALLOCATED: "allocated_at",
    RequestState.SCHEDULED: "scheduled_at",
    RequestState.INTERVIEWED: "interviewed_at",
    RequestState.DRAFTED: "drafted_at",
    RequestState.SIGNED: "signed_at",
    RequestState.HANDED_IN: "handed_in_at",
    RequestState.FILED: "filed_at",
}
"""Each step leaves its date."""
TO_SECRETARIAT = {
    RequestState.REQUESTED: "medical.requested",
    RequestState.ALLOCATED: "medical.to_schedule",
    RequestState.SIGNED: "medical.signed",
}
TO_DOCTOR = {RequestState.ALLOCATED: "medical.allocated"}
TO_ASKER = {RequestState.DECLINED: "medical.declined", RequestState.FILED: "medical.filed"}


def lock_request(
    by: Actor, request_id: UUID, may: Callable[[Actor, MedicalRequest], Decision] | None = None
) -> MedicalRequest:
    """The request with its case, locked, once the policy has said yes.

    Raises MedicalRequest.DoesNotExist when the actor may not know of it, and Refused.
    """
    requests = MedicalRequest.objects.select_related("case")
    found = requests.get(requests_visible_to(by), pk=request_id)
    if may is not None:
        may(by, found).require()
    return requests.select_for_update(of=("self",)).get(pk=request_id)


def pass_on(*, by: Actor, request: MedicalRequest, to: RequestState, reason: str = "") -> MedicalRequest:
    """Move a locked request on; who has the next act is told, and the way of it stays.

    Raises ForbiddenTransition when the table knows no such way.
    """
    REQUEST.check(request.state, to)
    request.state = to
    if (column := DATED.get(to)) is not None:
        setattr(request, column, now())
    if reason:
        request.ended_because = reason if to in TO_ASKER or to == RequestState.WITHDRAWN else ""
    note_passing(by=by, request=request, reason=reason)
    tell_holder(by, request)
    return request


def note_passing(*, by: Actor, request: MedicalRequest, reason: str = "") -> None:
    """Say who holds the request from now on and until when, and leave a line of its history."""
    request.holder = holder_in(request.state, request.kind)
    request.held_since = now()
    request.due_on = due_of(request)
    request.version += 1
    request.save()
    Passing.objects.create(
        request=request,
        at=request.held_since,
        state=request.state,
        holder=request.holder,
        doctor_id=request.doctor_id,
        by_id=by.user_id,
        reason=reason,
    )
    record(
        by=by,
        verb="medical_passed",
        subject_kind="medical request",
        subject_id=request.pk,
        subject_label=request.case.number,
        cases=[request.case_id],
        data={"state": str(request.state)},
    )


def due_of(request: MedicalRequest) -> date | None:
    """The last day for the next act, by the programme’s clocks."""
    case = request.case
    days = programme_for(case.programme, case.programme_version).parameters
    meets = request.meeting.starts_at.astimezone(SWISS_TIME).date() if request.meeting else None
    return due_in(request.state, today(), days, kind=request.kind, meets_on=meets)


def tell_holder(by: Actor, request: MedicalRequest) -> None:
    """Tell who has the next act, and who asked when it is over; never who acts herself."""
    state = RequestState(request.state)
    if request.holder == Holder.DOCTOR and state in TO_DOCTOR and request.doctor_id:
        _tell(by, request, User.objects.filter(pk=request.doctor_id), TO_DOCTOR[state])
    elif request.holder == Holder.SECRETARIAT and state in TO_SECRETARIAT:
        _tell(by, request, secretaries_of(request.service_id), TO_SECRETARIAT[state])
    elif state in TO_ASKER:
        notify_institution(
            kind=TO_ASKER[state],
            case=request.case,
            institution_id=request.asked_by_id,
            path=page_of(request),
        )


def secretaries_of(service_id: UUID) -> Iterable[User]:
    """The secretaries of a medical service."""
    members = Membership.objects.filter(
        Membership.current(now()), institution_id=service_id, role=Role.SECRETARY
    )
    return User.objects.filter(pk__in=members.values("user"), is_active=True)


def tell_colleagues(
    *, by: Actor, case: Case, users: Iterable[User], institution_id: UUID, kind: str, path: str
) -> None:
    """Leave a message to colleagues of a medical service, but not to who acts."""
    notify(
        users=[user for user in users if user.pk != (by.user_id or NIL)],
        institution_id=institution_id,
        kind=kind,
        params={"number": case.number},
        path=path,
        case_id=case.pk,
    )


def _tell(by: Actor, request: MedicalRequest, users: Iterable[User], kind: str) -> None:
    tell_colleagues(
        by=by,
        case=request.case,
        users=users,
        institution_id=request.service_id,
        kind=kind,
        path=page_of(request),
    )


def page_of(request: MedicalRequest) -> str:
    """The address of the request’s page, without the host."""
    return reverse("medical:request", args=[request.pk])
