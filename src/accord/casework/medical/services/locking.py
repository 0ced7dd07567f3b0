"""Take a report, an examination or a measure in hand: one writer at a time."""

from __future__ import annotations

from uuid import UUID

from accord.casework.medical.models import Examination, MedicalMeasure, MedicalRequest, Report
from accord.casework.medical.selectors.examinations import examination_for, measure_for
from accord.casework.medical.selectors.reports import report_for
from accord.kernel.actors import Actor


def lock_report(by: Actor, report_id: UUID) -> Report:
    """The report with its request, both locked; Report.DoesNotExist when the actor may not know of it."""
    report = report_for(by, report_id)
    if report.service_id == by.institution_id:
        MedicalRequest.objects.select_for_update(of=("self",)).get(pk=report.request_id)
        Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    return report_for(by, report_id)


def lock_examination(by: Actor, examination_id: UUID) -> Examination:
    """The examination, locked; Examination.DoesNotExist when the actor may not know of it."""
    found = examination_for(by, examination_id)
    if found.service_id == by.institution_id:
        Examination.objects.select_for_update(of=("self",)).get(pk=found.pk)
    return examination_for(by, examination_id)


def lock_measure(by: Actor, measure_id: UUID) -> MedicalMeasure:
    """The measure, locked; MedicalMeasure.DoesNotExist when the actor may not know of it."""
    found = measure_for(by, measure_id)
    if found.service_id == by.institution_id:
        MedicalMeasure.objects.select_for_update(of=("self",)).get(pk=found.pk)
    return measure_for(by, measure_id)
