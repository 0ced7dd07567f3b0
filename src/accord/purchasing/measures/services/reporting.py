"""Reports about a person: sent by the provider, read and accepted by the counsellor, or asked back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accord.foundation.documents.services import store_document
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused, Stale
from accord.network.agreements.models import Agreement
from accord.network.agreements.policies import manages_agreements
from accord.purchasing.measures.enums import Channel, MandateState, Outcome, ReportKind, ReportState
from accord.purchasing.measures.models import Delivery, Report, ReportTerms
from accord.purchasing.measures.policies import counsels, provides
from accord.purchasing.measures.rules import read_catalogue
from accord.purchasing.measures.selectors import given_mandate, report_for
from accord.purchasing.measures.services.delivering import hand_in
from accord.purchasing.measures.services.telling import journal, tell_counsellor, tell_provider
from accord.purchasing.measures.states import REPORT


@dataclass(frozen=True, slots=True)
class ReportWords:
    """A report by its form, or as a file, or both."""

    course: str = ""
    progress: str = ""
    outlook: str = ""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    file: File[bytes] | None = None


@transaction.atomic
def send_report(*, by: Actor, report_id: UUID, version: int, words: ReportWords) -> Delivery:
    """Hand in a report by its own channel; the receipt has a number. Raises Stale when a colleague was faster."""
    provides(by).require()
    report = _locked(by, report_id)
    if report.mandate.provider.institution_id != by.institution_id:
        raise Refused(_("Ce mandat est confié à un autre prestataire."))
    if report.version != version:
        raise Stale(report)
    if words.file is None and not (words.course.strip() and words.progress.strip()):
        raise Refused(
            _("Remplissez le déroulement et les progrès, ou joignez le rapport en PDF."), field="course"
        )
    REPORT.check(report.state, ReportState.SENT)
    if words.file is not None:
        report.document = store_document(by=by, file=words.file, title=str(report.get_kind_display()))
    known = {str(key) for key in report.mandate.objectives.values_list("pk", flat=True)}
    report.outcomes = {
        key: value for key, value in words.outcomes.items() if key in known and value in Outcome.values
    }
    report.course, report.progress = words.course.strip(), words.progress.strip()
    report.outlook = words.outlook.strip()
    report.state, report.sent_at, report.sent_by_id = ReportState.SENT, now(), by.user_id
    report.version += 1
    report.save()
    receipt = hand_in(
        by,
        Channel.REPORTS,
        office_id=report.mandate.owner_id,
        title=str(report.get_kind_display()),
        mandate=report.mandate,
        report=report,
        document=report.document,
    )
    tell_counsellor(report.mandate, "mandate.report_sent")
    return receipt


@transaction.atomic
def begin_extra_report(*, by: Actor, mandate_id: UUID) -> Report:
    """The provider has something to report between two awaited reports."""
    provides(by).require()
    mandate = given_mandate(by, mandate_id)
    if mandate.state in (MandateState.GIVEN, MandateState.CANCELLED):
        raise Refused(_("Ce mandat n’a pas commencé."))
    open_extra = mandate.reports.filter(kind=ReportKind.EXTRA, state=ReportState.AWAITED).first()
    return open_extra or Report.objects.create(mandate=mandate, kind=ReportKind.EXTRA, due_on=today())


@transaction.atomic
def accept_report(*, by: Actor, report_id: UUID) -> Report:
    """The counsellor has read the report and accepts it. Twice is once."""
    report = _of_office(by, report_id)
    if report.state == ReportState.ACCEPTED:
        return report
    return _settled(by, report, ReportState.ACCEPTED, "")


@transaction.atomic
def ask_back(*, by: Actor, report_id: UUID, question: str) -> Report:
    """The counsellor asks for what is missing; the provider has some days for it."""
    if not question.strip():
        raise Refused(_("Écrivez ce qu’il faut compléter."), field="question")
    report = _of_office(by, report_id)
    return _settled(by, report, ReportState.ASKED_BACK, question.strip())


def _settled(by: Actor, report: Report, state: ReportState, question: str) -> Report:
    REPORT.check(report.state, state)
    report.state, report.question = state, question
    report.settled_at, report.settled_by_id = now(), by.user_id
    if state == ReportState.ASKED_BACK:
        report.due_on = today() + timedelta(days=read_catalogue().reports["extra_days"])
        report.reminded_on = None
    report.version += 1
    report.save()
    Delivery.objects.filter(report=report, handled_at=None).update(handled_at=now(), handled_by=by.user_id)
    journal(by, str(state), "report", report.mandate)
    tell_provider(report.mandate, f"mandate.report_{state}")
    return report


@transaction.atomic
def set_report_terms(
    *, by: Actor, agreement: Agreement, interim_percent: int, final_days_before: int
) -> ReportTerms:
    """Say when reports are due under a convention of one's institution."""
    manages_agreements(by).require()
    if agreement.owner_id != by.institution_id:
        raise Refused(_("Cette convention appartient à une autre institution."))
    if not 1 <= interim_percent <= 99:
        raise Refused(_("Indiquez une part de 1 à 99 %."), field="interim_percent")
    terms, _created = ReportTerms.objects.update_or_create(
        agreement=agreement,
        defaults={"interim_percent": interim_percent, "final_days_before": final_days_before},
    )
    record(by=by, verb="changed", subject_kind="report terms", subject_id=agreement.pk)
    return terms


def remind_of_reports(*, on: date) -> int:
    """Remind providers some days before a report is due, and on every week after; returns how many."""
    before = timedelta(days=read_catalogue().reports["reminder_days_before"])
    week = timedelta(days=7)
    rows = Report.objects.filter(
        state__in=[ReportState.AWAITED, ReportState.ASKED_BACK], due_on__lte=on + before
    ).exclude(mandate__state__in=[MandateState.CANCELLED, MandateState.GIVEN])
    reminded = 0
    for report in rows.exclude(reminded_on__gt=on - week).select_related(
        "mandate__provider", "mandate__case"
    ):
        late = report.due_on < on
        tell_provider(report.mandate, "mandate.report_late" if late else "mandate.report_due")
        if late:
            tell_counsellor(report.mandate, "mandate.report_missing")
        report.reminded_on = on
        report.save(update_fields=["reminded_on"])
        reminded += 1
    return reminded


def _locked(by: Actor, report_id: UUID) -> Report:
    report = report_for(by, report_id)
    locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    locked.mandate = report.mandate
    return locked


def _of_office(by: Actor, report_id: UUID) -> Report:
    counsels(by).require()
    report = _locked(by, report_id)
    if report.mandate.owner_id != by.institution_id:
        raise Refused(_("Ce mandat vient d’un autre office."))
    return report
