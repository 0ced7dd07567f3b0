"""Examinations and measures: one, those of a request, and what is due on the desks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from accord.casework.cases.models import Case
from accord.casework.medical.enums import ExaminationState, MeasureState
from accord.casework.medical.models import Examination, FollowUp, MedicalMeasure, MedicalRequest
from accord.casework.medical.policies.reports import examinations_visible_to, measures_visible_to
from accord.kernel.actors import Actor

STANDING = (MeasureState.AGREED, MeasureState.UNDERWAY)


def examinations_for(actor: Actor) -> QuerySet[Examination]:
    """Every examination that the actor may read, with its request."""
    return Examination.objects.filter(examinations_visible_to(actor)).select_related(
        "case", "service", "request__case", "request__doctor", "document", "ordered_by"
    )


def examination_for(actor: Actor, examination_id: UUID) -> Examination:
    """One examination; Examination.DoesNotExist when the actor may not know of it."""
    return examinations_for(actor).get(pk=examination_id)


def examinations_of_request(actor: Actor, request: MedicalRequest) -> QuerySet[Examination]:
    """The examinations of a request, the latest first."""
    return examinations_for(actor).filter(request=request).order_by("-ordered_at")


def examinations_at_secretariat(actor: Actor) -> QuerySet[Examination]:
    """Ordered and without a day yet, or awaited with their report: for the secretariat."""
    return (
        examinations_for(actor)
        .filter(
            service_id=actor.institution_key,
            state__in=[ExaminationState.ORDERED, ExaminationState.APPOINTED],
        )
        .order_by(F("appointment_at").asc(nulls_first=True), "ordered_at")
    )


def examinations_to_read(actor: Actor) -> QuerySet[Examination]:
    """Reports that came in for the actor’s requests and that she has not read, or not yet concluded from."""
    return (
        examinations_for(actor)
        .filter(
            service_id=actor.institution_key,
            request__doctor_id=actor.user_key,
            state__in=[ExaminationState.RECEIVED, ExaminationState.READ],
        )
        .order_by("received_at")
    )


def measures_for(actor: Actor) -> QuerySet[MedicalMeasure]:
    """Every measure that the actor may read, with its history."""
    history = FollowUp.objects.select_related("author")
    return (
        MedicalMeasure.objects.filter(measures_visible_to(actor))
        .select_related("case", "service", "request__case")
        .prefetch_related(Prefetch("follow_ups", history))
    )


def measure_for(actor: Actor, measure_id: UUID) -> MedicalMeasure:
    """One measure; MedicalMeasure.DoesNotExist when the actor may not know of it."""
    return measures_for(actor).get(pk=measure_id)


def measures_of_case(actor: Actor, case: Case) -> QuerySet[MedicalMeasure]:
    """The measures of a case: what stands first, by due date."""
    return measures_for(actor).filter(case=case).order_by("state", F("due_on").asc(nulls_last=True), "id")


def measures_due(actor: Actor, on: date) -> QuerySet[MedicalMeasure]:
    """Measures of the actor’s requests that are due by this day: for the doctor’s desk."""
    mine = measures_for(actor).filter(service_id=actor.institution_key, request__doctor_id=actor.user_key)
    return mine.filter(state__in=STANDING, due_on__lte=on).order_by("due_on", "id")
