"""A report takes its request along, as far as the request has not gone on already."""

from __future__ import annotations

from accord.casework.medical.enums import RequestState
from accord.casework.medical.models import MedicalRequest
from accord.casework.medical.services.passing import pass_on
from accord.casework.medical.states import REQUEST
from accord.kernel.actors import Actor


def go_on(by: Actor, request: MedicalRequest, state: RequestState) -> bool:
    """Move the request on where the table knows the way; an amendment of a filed report moves nothing.

    Says whether it moved: then who must know of it was told.
    """
    if not REQUEST.may(request.state, state):
        return False
    pass_on(by=by, request=request, to=state)
    return True
