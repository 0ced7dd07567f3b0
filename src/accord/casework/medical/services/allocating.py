"""Name the doctor of a request, or another one in her place."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.medical.enums import RequestState
from accord.casework.medical.models import MedicalRequest
from accord.casework.medical.policies import can_allocate
from accord.casework.medical.rules.replacing import is_away
from accord.casework.medical.selectors.regions import absences_of, doctors_of
from accord.casework.medical.services.passing import (
    lock_request,
    note_passing,
    page_of,
    pass_on,
    tell_colleagues,
)
from accord.foundation.accounts.models import User
from accord.kernel.actors import NIL, Actor
from accord.kernel.clock import today
from accord.kernel.decisions import Refused


@transaction.atomic
def allocate_request(
    *, by: Actor, request_id: UUID, doctor_id: UUID, reason: str = "", absence_known: bool = False
) -> MedicalRequest:
    """Give a request to a doctor; to another one later with the reason, and with all that was written.

    Raises Refused when she does not work there, or is away and nobody has said that this is known.
    """
    request = lock_request(by, request_id, can_allocate)
    if request.doctor_id == doctor_id:
        return request
    if doctor_id not in {found.pk for found in doctors_of(by, request.service_id)}:
        raise Refused(_("Choisissez un médecin de votre service."), field="doctor")
    if is_away(doctor_id, today(), absences_of(by, request.service_id)) and not absence_known:
        raise Refused(
            _("Ce médecin est absent aujourd’hui. Confirmez si la demande lui revient tout de même."),
            field="absence_known",
        )
    if request.state == RequestState.REQUESTED:
        request.doctor_id = doctor_id
        pass_on(by=by, request=request, to=RequestState.ALLOCATED)
        _tell_doctor(by, request)
        return request
    if not reason.strip():
        raise Refused(_("Dites en une phrase pourquoi un autre médecin reprend la demande."), field="reason")
    request.doctor_id = doctor_id
    note_passing(by=by, request=request, reason=reason.strip())
    _tell_doctor(by, request)
    return request


def _tell_doctor(by: Actor, request: MedicalRequest) -> None:
    tell_colleagues(
        by=by,
        case=request.case,
        users=User.objects.filter(pk=request.doctor_id or NIL),
        institution_id=request.service_id,
        kind="medical.allocated",
        path=page_of(request),
    )
