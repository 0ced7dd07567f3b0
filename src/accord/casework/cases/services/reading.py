"""Reading is an act: it is journalled, and remembered so that news can be marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from accord.casework.cases.models import Case, CaseDocument, Visit
from accord.foundation.journal.services import record_read
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id

READING_SESSION = timedelta(minutes=30)
"""Who comes back sooner still reads: the news stay marked as news."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a case finds: since when there are news (None the first time), and whether one follows it."""

    since: datetime | None
    follows: bool


def note_visit(*, by: Actor, case: Case) -> Look:
    """Remember that the actor looks at the case now; news begin where her last reading session ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with before as (select at from cases_visit where case_id = %(case)s and user_id = %(user)s)"
            " insert into cases_visit (id, case_id, user_id, at, since)"
            " values (%(id)s, %(case)s, %(user)s, %(now)s, %(now)s)"
            " on conflict (user_id, case_id) do update set at = excluded.at, since ="
            " case when cases_visit.at < %(session)s then cases_visit.at else cases_visit.since end"
            " returning case when exists (select 1 from before) then since end,"
            " exists (select 1 from notifications_follow f where f.case_id = %(case)s"
            " and f.user_id = %(user)s and f.institution_id = %(institution)s)",
            {
                "id": new_id(),
                "case": case.pk,
                "user": by.user_id,
                "institution": by.institution_id,
                "now": now(),
                "session": now() - READING_SESSION,
            },
        )
        return Look(*cursor.fetchone())


def dismiss_news(*, by: Actor, case: Case) -> None:
    """Put the news of a case aside: they have been seen."""
    Visit.objects.filter(user_id=by.user_key, case=case).update(at=now(), since=now())


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
