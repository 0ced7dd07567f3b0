"""Let a request go on to its next state, with its holder, its day and a line of its history."""

from __future__ import annotations

from accord.casework.medical.enums import Holder
from accord.casework.medical.models import MedicalRequest, Passing
from accord.casework.medical.rules.clocks import due_in
from accord.casework.medical.states import REQUEST, holder_in
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.network.programmes.selectors import programme_for


def pass_on(by: Actor, request: MedicalRequest, state: str) -> None:
    """Move on, when the table allows it: an amendment of a filed report moves nothing."""
    if not REQUEST.may(request.state, state):
        return
    days = programme_for(request.case.programme, request.case.programme_version).parameters
    request.state, request.held_since = state, now()
    request.holder = Holder(holder_in(state, request.kind))
    request.due_on = due_in(state, today(), days, kind=request.kind)
    setattr(request, f"{state}_at", now())
    request.version += 1
    request.save()
    Passing.objects.create(
        request=request, state=state, holder=request.holder, doctor_id=request.doctor_id, by_id=by.user_id
    )
