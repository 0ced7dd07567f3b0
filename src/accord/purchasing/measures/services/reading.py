"""Reading is an act: it is journalled with the case, for the provider too."""

from __future__ import annotations

from django.db import transaction

from accord.foundation.journal.services import record_read
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.purchasing.measures.models import Delivery, Mandate, Report


def read_mandate(*, by: Actor, mandate: Mandate) -> None:
    """Journal that a mandate was shown."""
    record_read(
        by=by,
        subject_kind="mandate",
        subject_id=mandate.pk,
        subject_label=mandate.decision_number,
        cases=[mandate.case_id],
    )


@transaction.atomic
def read_report(*, by: Actor, report: Report) -> None:
    """Journal that a report was shown; the office's first reading is dated."""
    if report.read_at is None and report.mandate.owner_id == by.institution_id and report.sent_at:
        Report.objects.filter(pk=report.pk, read_at=None).update(read_at=now())
    record_read(
        by=by,
        subject_kind="report",
        subject_id=report.pk,
        subject_label=report.mandate.decision_number,
        cases=[report.mandate.case_id],
    )


def read_delivery(*, by: Actor, delivery: Delivery) -> None:
    """Journal that a receipt, or what was handed in, was shown."""
    record_read(
        by=by,
        subject_kind="delivery",
        subject_id=delivery.pk,
        subject_label=delivery.number,
        cases=[delivery.mandate.case_id] if delivery.mandate else [],
    )
