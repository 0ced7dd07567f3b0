"""The doctor signs: the document, what the others may know of it, and what follows, in one transaction."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.capacity.enums import Source
from accord.casework.capacity.models import FunctionalSummary
from accord.casework.capacity.rules import overlap
from accord.casework.capacity.selectors import periods_of
from accord.casework.capacity.services import (
    note_incapacity,
    publish_summary,
    summary_from,
    withdraw_incapacity,
)
from accord.casework.cases.enums import Audience
from accord.casework.cases.services.locking import lock_case
from accord.casework.medical.enums import ExaminationState, ReportKind, ReportState, RequestState
from accord.casework.medical.models import Examination, MedicalMeasure, Report
from accord.casework.medical.policies.reports import can_sign_report
from accord.casework.medical.rules.rubrics import conclusions_of, faults_before_signing
from accord.casework.medical.services.certificates import Certificate, signing_certificate
from accord.casework.medical.services.drafting import refusal_of
from accord.casework.medical.services.going_on import go_on
from accord.casework.medical.services.journalling import note_act
from accord.casework.medical.services.locking import lock_report
from accord.casework.medical.services.printing import print_report
from accord.casework.medical.services.sealing import seal
from accord.casework.medical.states import EXAMINATION, REPORT
from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.foundation.documents.services import store_document
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale


@transaction.atomic
def sign_report(*, by: Actor, report_id: UUID, version: int, audience: str = Audience.CIRCLE) -> Report:
    """Sign what was read: the document is sealed, and the functional summary published without any diagnosis.

    Signing twice is signing once. Raises Refused, and nothing is signed, when the certificate cannot be used
    or something is missing; Stale when the draft changed since it was read.
    """
    seen = lock_report(by, report_id)
    lock_case(by, seen.case_id)
    report = lock_report(by, report_id)
    if not report.is_draft and report.signed_by_id == by.user_id:
        return report
    can_sign_report(by, report).require()
    if report.version != version:
        raise Stale(report)
    _check(report)
    _seal(by, report, signing_certificate())
    report.summary = publish_summary(
        by=by, case_id=report.case_id, conclusions=conclusions_of(report.said), audience=audience
    )
    report.save()
    _note_incapacities(by, report)
    _agree_measures(by, report)
    _move_on(by, report)
    note_act(by, "signed", "medical report", report, report.case, edition=report.edition)
    return report


def preview_summary(*, by: Actor, report: Report, audience: str = Audience.CIRCLE) -> FunctionalSummary:
    """The summary exactly as the others will read it, before anything is published."""
    return summary_from(by, report.case, conclusions_of(report.said), audience)


def _check(report: Report) -> None:
    for fault in faults_before_signing(report.said):
        raise refusal_of(fault)
    first = report.kind == ReportKind.RM and report.amends_id is None
    if first and report.request.state != RequestState.DRAFTED:
        raise Refused(_("L’entretien n’est pas encore tenu : notez d’abord qui était présent."))


def _seal(by: Actor, report: Report, certificate: Certificate) -> None:
    REPORT.check(report.state, ReportState.SIGNED)
    at, doctor = now(), User.objects.get(pk=by.user_key).name
    pdf = print_report(by=by, report=report, certificate=certificate, doctor=doctor, at=at)
    sealed = seal(pdf, certificate=certificate, signer=doctor, reason=str(report.get_kind_display()))
    report.document = _store(by, report, sealed)
    report.state, report.signed_at, report.signed_by_id = ReportState.SIGNED, at, by.user_id
    report.certificate, report.updated_at = certificate.fingerprint, at
    report.version += 1


def _store(by: Actor, report: Report, pdf: bytes) -> Document:
    title = str(report.get_kind_display())
    return store_document(by=by, file=File(io.BytesIO(pdf), name="report.pdf"), title=title)


def _note_incapacities(by: Actor, report: Report) -> None:
    """The medical service is a source of its own; what it said before of the same days gives way."""
    source: dict[str, Any] = {
        "source_kind": Source.MEDICAL_SERVICE,
        "source_name": report.service.short_name,
    }
    standing = list(periods_of(by, report.case).filter(**source, owner_id=by.institution_key))
    kept = {(one.rate, one.since, one.until) for one in standing}
    wanted = {(one.rate, one.since, one.until) for one in report.said.incapacities}
    for period in standing:
        if (period.rate, period.since, period.until) not in wanted and _gives_way(period, report):
            withdraw_incapacity(by=by, period_id=period.pk, reason=_because(report.signed_at))
    for rate, since, until in sorted(wanted - kept, key=_by_start):
        note_incapacity(by=by, case_id=report.case_id, rate=rate, since=since, until=until, **source)


def _by_start(period: tuple[int, date, date | None]) -> date:
    return period[1]


def _gives_way(period: Any, report: Report) -> bool:
    return any(overlap(period, one) for one in report.said.incapacities)


def _because(signed_at: datetime | None) -> str:
    return _("Remplacée par le rapport médical du %(day)s.") % {"day": f"{signed_at:%d.%m.%Y}"}


def _agree_measures(by: Actor, report: Report) -> None:
    """What was agreed on is followed from now on; a new version adds only what is new."""
    known = set(MedicalMeasure.objects.filter(request=report.request_id).values_list("kind", "text"))
    MedicalMeasure.objects.bulk_create(
        MedicalMeasure(
            case_id=report.case_id,
            service_id=report.service_id,
            request_id=report.request_id,
            kind=one.kind,
            text=one.text,
            responsible=one.responsible,
            due_on=one.due_on,
            author_id=by.user_id,
        )
        for one in report.said.measures
        if (one.kind, one.text) not in known
    )


def _move_on(by: Actor, report: Report) -> None:
    if report.kind == ReportKind.RM:
        go_on(by, report.request, RequestState.SIGNED)
        return
    examination = Examination.objects.select_for_update().filter(pk__in=[report.examination_id]).first()
    if examination is not None and EXAMINATION.may(examination.state, ExaminationState.CONCLUDED):
        examination.state, examination.concluded_at = ExaminationState.CONCLUDED, now()
        examination.version += 1
        examination.save()
