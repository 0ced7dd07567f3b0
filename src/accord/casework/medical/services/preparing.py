"""The report form is prepared by the secretariat; whoever keeps reports has said how."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from accord.casework.medical.models import MedicalRequest
from accord.casework.medical.policies import can_prepare
from accord.casework.medical.services.passing import lock_request
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now

Preparer = Callable[[Actor, MedicalRequest], object]
_preparers: list[Preparer] = []


def whenever_prepared(preparer: Preparer) -> None:
    """Name who makes the draft of the report; it is called with the actor and the locked request."""
    if preparer not in _preparers:
        _preparers.append(preparer)


@transaction.atomic
def prepare_form(*, by: Actor, request_id: UUID) -> MedicalRequest:
    """Prepare the report form of a request; doing so twice changes nothing."""
    request = lock_request(by, request_id)
    if request.prepared_at is not None:
        return request
    can_prepare(by, request).require()
    request.prepared_at = now()
    request.version += 1
    request.save(update_fields=["prepared_at", "version"])
    for prepare in _preparers:
        prepare(by, request)
    record(
        by=by,
        verb="prepared",
        subject_kind="medical request",
        subject_id=request.pk,
        subject_label=request.case.number,
        cases=[request.case_id],
    )
    return request
