"""Write a draft; say what cannot stand in a report."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.casework.medical.enums import ReportKind, RequestState
from accord.casework.medical.models import Report
from accord.casework.medical.policies.reports import can_amend, can_write_report
from accord.casework.medical.rules.rubrics import Fault, Flaw, Rubrics, faults_in
from accord.casework.medical.services.going_on import go_on
from accord.casework.medical.services.journalling import note_act
from accord.casework.medical.services.locking import lock_report
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale

SENTENCES: dict[Flaw, str | Promise] = {
    Flaw.PERCENT: _("Le taux se situe entre 0 et 100 %."),
    Flaw.ENDS_FIRST: _("La période finit avant de commencer."),
    Flaw.OVERLAP: _("Cette période en recouvre une autre du même rapport."),
    Flaw.CODE: _("Un code CIM-10 s’écrit ainsi : M54.5."),
    Flaw.NO_TITLE: _("Écrivez de quoi il s’agit."),
    Flaw.NO_CONDITIONS: _("Dites à quelles conditions."),
    Flaw.NO_START: _("Complétez : le taux et le premier jour vont ensemble."),
    Flaw.UNANSWERED: _("Répondez à cette question avant de signer."),
    Flaw.EMPTY: _("Indiquez au moins une capacité, une limitation ou une aptitude avant de signer."),
}
"""Each flaw as the doctor reads it, beside the field."""


def refusal_of(fault: Fault) -> Refused:
    """The refusal of a report for this fault."""
    return Refused(SENTENCES[fault.flaw], field=fault.field)


@transaction.atomic
def save_report(
    *,
    by: Actor,
    report_id: UUID,
    version: int,
    rubrics: Rubrics,
    page: UUID | None = None,
    by_itself: bool = False,
) -> Report:
    """Keep what the doctor is writing; nobody outside the medical service sees it.

    `page` is the open page that saves, so that a page is never in conflict with what it saved by itself.
    Raises Stale when a colleague saved it in between.
    """
    report = lock_report(by, report_id)
    can_write_report(by, report).require()
    saved_by_this_page = page is not None and page == report.saved_from and not by_itself
    if report.version != version and not saved_by_this_page:
        raise Stale(report)
    for fault in faults_in(rubrics):
        raise refusal_of(fault)
    _move_to_drafted(by, report)
    if report.said == rubrics:
        return report
    report.rubrics, report.saved_from, report.updated_at = rubrics.as_json(), page, now()
    report.author_id = by.user_id
    report.version += 1
    report.save(update_fields=["rubrics", "saved_from", "updated_at", "author", "version"])
    note_act(by, "saved", "medical report", report, report.case)
    return report


@transaction.atomic
def amend_report(*, by: Actor, report_id: UUID) -> Report:
    """Begin a new version of a signed report; the signed one stays as it is, and legible."""
    report = lock_report(by, report_id)
    can_amend(by, report).require()
    draft = Report.objects.create(
        case_id=report.case_id,
        service_id=report.service_id,
        request_id=report.request_id,
        examination_id=report.examination_id,
        kind=report.kind,
        edition=report.edition + 1,
        amends=report,
        author_id=by.user_id,
        rubrics=report.rubrics,
    )
    note_act(by, "prepared", "medical report", draft, report.case, edition=draft.edition)
    return draft


def _move_to_drafted(by: Actor, report: Report) -> None:
    """A report is drafted once the interview was held, or, for a precise question, without one."""
    if report.kind == ReportKind.RM:
        go_on(by, report.request, RequestState.DRAFTED)
