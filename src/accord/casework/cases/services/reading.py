"""Reading is an act: it is journalled, and remembered so that news can be marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from accord.casework.cases.models import Case, CaseDocument
from accord.foundation.journal.services import record_read
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id


def note_visit(*, by: Actor, case: Case) -> datetime | None:
    """Remember that the actor looked at the case now; returns when she looked last, None the first time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with before as (select at from cases_visit where case_id = %(case)s and user_id = %(user)s)"
            " insert into cases_visit (id, case_id, user_id, at)"
            " values (%(id)s, %(case)s, %(user)s, %(now)s)"
            " on conflict (user_id, case_id) do update set at = excluded.at"
            " returning (select at from before)",
            {"id": new_id(), "case": case.pk, "user": by.user_id, "now": now()},
        )
        (before,) = cursor.fetchone()
    return before if before is None or isinstance(before, datetime) else None


def read_case(*, by: Actor, case: Case, what: str = "case", legal_basis: str = "") -> None:
    """Journal that a part of the case was shown to the actor, and on which basis."""
    record_read(
        by=by,
        subject_kind=what,
        subject_id=case.pk,
        subject_label=case.number,
        cases=[case.pk],
        legal_basis=legal_basis,
    )


def read_list(*, by: Actor, cases: Sequence[UUID]) -> None:
    """Journal that a list showed these cases to the actor: one entry for the whole list."""
    record_read(by=by, subject_kind="case list", cases=cases)


def read_document(*, by: Actor, filed: CaseDocument, legal_basis: str = "") -> None:
    """Journal that a document of a case was shown to the actor."""
    record_read(
        by=by,
        subject_kind="document",
        subject_id=filed.document_id,
        subject_label=filed.case.number,
        cases=[filed.case_id],
        legal_basis=legal_basis,
    )
