"""Hand in a signed report, and file it in the dossier; from there it goes to the external one."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category
from accord.casework.cases.services import file_document, notify_institution
from accord.casework.cases.services.locking import lock_case
from accord.casework.medical.enums import ReportKind, ReportState, RequestState
from accord.casework.medical.models import Outgoing, Report
from accord.casework.medical.policies.reports import can_file, can_hand_in
from accord.casework.medical.services.going_on import go_on
from accord.casework.medical.services.journalling import note_act
from accord.casework.medical.services.locking import lock_report
from accord.casework.medical.services.sending import send_later
from accord.casework.medical.states import REPORT
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused


@transaction.atomic
def hand_in_report(*, by: Actor, report_id: UUID) -> Report:
    """Give the signed report to the secretariat; doing so twice changes nothing."""
    report = lock_report(by, report_id)
    if report.state == ReportState.HANDED_IN:
        return report
    can_hand_in(by, report).require()
    REPORT.check(report.state, ReportState.HANDED_IN)
    report.state, report.handed_in_at, report.handed_in_by_id = ReportState.HANDED_IN, now(), by.user_id
    report.updated_at = now()
    report.save()
    if report.kind == ReportKind.RM:
        go_on(by, report.request, RequestState.HANDED_IN)
    note_act(by, "handed_in", "medical report", report, report.case, edition=report.edition)
    return report


@transaction.atomic
def file_report(*, by: Actor, report_id: UUID) -> Report:
    """File the report among the case’s documents, for those to whom medical detail is disclosed.

    The office that asked is told. Filing twice changes nothing.
    """
    seen = lock_report(by, report_id)
    case = lock_case(by, seen.case_id)
    report = lock_report(by, report_id)
    if report.state == ReportState.FILED:
        return report
    can_file(by, report).require()
    if report.document is None:
        raise Refused(_("Ce rapport n’a pas de document signé."))
    REPORT.check(report.state, ReportState.FILED)
    report.filed_as = file_document(
        by=by,
        case_id=report.case_id,
        document=report.document,
        title=_title(report),
        category=Category.MEDICAL,
        audience=Audience.CIRCLE,
    )
    report.state, report.filed_at, report.filed_by_id = ReportState.FILED, now(), by.user_id
    report.updated_at = now()
    report.save()
    is_told = report.kind == ReportKind.RM and go_on(by, report.request, RequestState.FILED)
    if settings.ACCORD_OUTBOX_DIR is not None:
        send_later(
            Outgoing.objects.create(
                case_id=report.case_id, service_id=report.service_id, document=report.document
            )
        )
    if not is_told:
        notify_institution(kind="medical.filed", case=case, institution_id=report.request.asked_by_id)
    note_act(by, "filed", "medical report", report, report.case, edition=report.edition)
    return report


def _title(report: Report) -> str:
    words = {"kind": report.get_kind_display(), "day": f"{report.signed_at:%d.%m.%Y}"}
    title = _("%(kind)s du %(day)s") % words
    if report.edition > 1:
        title = _("%(title)s, version %(number)s") % {"title": title, "number": report.edition}
    return title
