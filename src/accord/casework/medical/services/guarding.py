"""Agree on a medical measure, and follow it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from accord.casework.medical.enums import MeasureKind, MeasureState
from accord.casework.medical.models import FollowUp, MedicalMeasure, MedicalRequest
from accord.casework.medical.policies.reports import acts_as_doctor, can_guard
from accord.casework.medical.services.journalling import note_act
from accord.casework.medical.services.locking import lock_measure
from accord.casework.medical.states import MEASURE
from accord.kernel.actors import Actor
from accord.kernel.decisions import Stale


@transaction.atomic
def agree_measure(
    *,
    by: Actor,
    request: MedicalRequest,
    kind: str,
    text: str,
    responsible: str = "",
    due_on: date | None = None,
) -> MedicalMeasure:
    """The doctor adds a measure after the report: a complementary opinion, a word with the treating doctor…"""
    acts_as_doctor(by, request).require()
    measure = MedicalMeasure.objects.create(
        case_id=request.case_id,
        service_id=request.service_id,
        request=request,
        kind=MeasureKind(kind),
        text=text,
        responsible=responsible.strip(),
        due_on=due_on,
        author_id=by.user_id,
    )
    note_act(by, "measure_agreed", "medical measure", measure, request.case)
    return measure


@transaction.atomic
def follow_measure(
    *, by: Actor, measure_id: UUID, version: int, state: str, text: str, due_on: date | None = None
) -> MedicalMeasure:
    """Say where a measure stands; what was said before stays. Raises Stale when a colleague was faster."""
    measure = lock_measure(by, measure_id)
    can_guard(by, measure).require()
    if measure.version != version:
        raise Stale(measure)
    if state != measure.state:
        MEASURE.check(measure.state, state)
    FollowUp.objects.create(measure=measure, author_id=by.user_id, state=MeasureState(state), text=text)
    measure.state, measure.due_on = state, due_on
    measure.version += 1
    measure.save()
    note_act(by, "followed", "medical measure", measure, measure.case, state=state)
    return measure
