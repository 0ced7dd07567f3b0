"""Each act and each reading inside the compartment stands in the journal, without any medical detail."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.models import Case
from accord.foundation.journal.services import record, record_read
from accord.kernel.actors import Actor


def note_act(by: Actor, verb: str, subject: str, thing: Any, case: Case | None, **data: object) -> None:
    """Keep what was done to a report, an examination, a measure or a document of the exchange."""
    record(
        by=by,
        verb=verb,
        subject_kind=subject,
        subject_id=thing.pk,
        subject_label=case.number if case else "",
        cases=[case.pk] if case else [],
        data=data,
    )


def note_reading(by: Actor, subject: str, thing: Any, case: Case) -> None:
    """Keep that medical detail was shown."""
    record_read(by=by, subject_kind=subject, subject_id=thing.pk, subject_label=case.number, cases=[case.pk])
