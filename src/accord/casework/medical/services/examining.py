"""Order an examination, fix its day, take in its report, read it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.medical.enums import Discipline, ExaminationKind, ExaminationState
from accord.casework.medical.models import Examination, MedicalRequest
from accord.casework.medical.policies.reports import (
    can_appoint,
    can_cancel,
    can_mark_read,
    can_order,
    can_receive,
)
from accord.casework.medical.services.journalling import note_act
from accord.casework.medical.services.locking import lock_examination
from accord.casework.medical.states import EXAMINATION
from accord.foundation.accounts.models import User
from accord.foundation.documents.services import store_document
from accord.foundation.notifications.services import notify
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused


@transaction.atomic
def order_examination(
    *,
    by: Actor,
    request: MedicalRequest,
    kind: str,
    disciplines: Collection[str],
    reason: str,
    questions: str,
    examiner: str = "",
) -> Examination:
    """The doctor orders an examination: at the medical service, a consilium, or an expertise elsewhere."""
    can_order(by, request).require()
    if not disciplines or not set(disciplines) <= set(Discipline.values):
        raise Refused(_("Choisissez au moins une discipline."), field="disciplines")
    if kind == ExaminationKind.EXPERTISE and not examiner.strip():
        raise Refused(_("Dites chez qui l’expertise est demandée."), field="examiner")
    examination = Examination.objects.create(
        case_id=request.case_id,
        service_id=request.service_id,
        request=request,
        kind=kind,
        disciplines=sorted(disciplines, key=Discipline.values.index),
        reason=reason,
        questions=questions,
        examiner=examiner.strip(),
        ordered_by_id=by.user_id,
    )
    note_act(by, "examination_ordered", "examination", examination, request.case)
    return examination


@transaction.atomic
def appoint_examination(*, by: Actor, examination_id: UUID, at: datetime, place: str) -> Examination:
    """Fix the day and the place, or another day."""
    examination = lock_examination(by, examination_id)
    can_appoint(by, examination).require()
    if at < examination.ordered_at:
        raise Refused(_("Le rendez-vous précède la demande."), field="day")
    _move(examination, ExaminationState.APPOINTED, appointment_at=at, place=place.strip())
    note_act(by, "appointed_examination", "examination", examination, examination.case)
    return examination


@transaction.atomic
def receive_examination(*, by: Actor, examination_id: UUID, file: File[bytes]) -> Examination:
    """Take in the report of an examination, for the doctor to read before anybody else."""
    examination = lock_examination(by, examination_id)
    can_receive(by, examination).require()
    document = store_document(by=by, file=file, title=str(examination.get_kind_display()))
    _move(examination, ExaminationState.RECEIVED, document=document, received_at=now())
    note_act(by, "received", "examination", examination, examination.case)
    _tell_doctor(examination)
    return examination


@transaction.atomic
def mark_examination_read(*, by: Actor, examination_id: UUID) -> Examination:
    """The doctor has read the report; doing so twice changes nothing."""
    examination = lock_examination(by, examination_id)
    if examination.state == ExaminationState.READ and examination.read_by_id == by.user_id:
        return examination
    can_mark_read(by, examination).require()
    _move(examination, ExaminationState.READ, read_at=now(), read_by_id=by.user_id)
    note_act(by, "marked_read", "examination", examination, examination.case)
    return examination


@transaction.atomic
def cancel_examination(*, by: Actor, examination_id: UUID, reason: str) -> Examination:
    """Call an examination off, and say why."""
    examination = lock_examination(by, examination_id)
    can_cancel(by, examination).require()
    _move(examination, ExaminationState.CANCELLED, cancelled_because=reason)
    note_act(by, "cancelled", "examination", examination, examination.case)
    return examination


def _move(examination: Examination, state: ExaminationState, **changes: Any) -> None:
    EXAMINATION.check(examination.state, state)
    for name, value in changes.items():
        setattr(examination, name, value)
    examination.state = state
    examination.version += 1
    examination.save()


def _tell_doctor(examination: Examination) -> None:
    doctor = User.objects.filter(pk__in=[examination.request.doctor_id])
    notify(
        users=doctor,
        institution_id=examination.service_id,
        kind="medical.examined",
        params={"number": examination.case.number},
        path=reverse("medical:examination", args=[examination.pk]),
        case_id=examination.case_id,
    )
