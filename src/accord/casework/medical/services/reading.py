"""Reading inside the compartment is journalled; what was read is no longer new."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from accord.casework.cases.models import Case, CaseDocument
from accord.casework.cases.policies import records_visible_to
from accord.casework.medical.models import MedicalRequest, ReadMark
from accord.casework.medical.policies import can_read_file
from accord.casework.medical.selectors.requests import request_for
from accord.foundation.journal.services import record, record_read
from accord.kernel.actors import Actor
from accord.kernel.clock import now


def read_request(*, by: Actor, request: MedicalRequest, what: str = "medical request") -> None:
    """Journal that a request, or something of it, was shown."""
    record_read(
        by=by,
        subject_kind=what,
        subject_id=request.pk,
        subject_label=request.case.number,
        cases=[request.case_id],
    )


def read_requests(*, by: Actor, cases: Iterable[UUID]) -> None:
    """Journal that a desk, or a list, showed requests of these cases: one entry for all."""
    if found := sorted(set(cases)):
        record_read(by=by, subject_kind="medical requests", cases=found)


def read_of_case(*, by: Actor, case: Case, what: str) -> None:
    """Journal that something medical of a case was shown."""
    record_read(by=by, subject_kind=what, subject_id=case.pk, subject_label=case.number, cases=[case.pk])


@transaction.atomic
def mark_read(*, by: Actor, request_id: UUID, document_ids: Iterable[UUID] | None = None) -> int:
    """Remember that the actor has read these documents of the file, or all of them; returns how many."""
    request = request_for(by, request_id)
    can_read_file(by, request).require()
    documents = CaseDocument.objects.filter(records_visible_to(by), case_id=request.case_id)
    if document_ids is not None:
        documents = documents.filter(pk__in=list(document_ids))
    marked = list(documents)
    for document in marked:
        ReadMark.objects.update_or_create(
            user_id=by.user_key,
            document=document,
            defaults={"case_id": request.case_id, "service_id": by.institution_key, "at": now()},
        )
    record(
        by=by,
        verb="medical_read",
        subject_kind="medical file",
        subject_id=request.pk,
        subject_label=request.case.number,
        cases=[request.case_id],
        data={"documents": len(marked)},
    )
    return len(marked)
