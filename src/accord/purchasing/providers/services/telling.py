"""Tell contract management and providers that something happened."""

from __future__ import annotations

from uuid import UUID

from accord.foundation.journal.services import record
from accord.foundation.notifications.services import notify
from accord.kernel.actors import Actor
from accord.network.agreements.services.telling import in_charge_at


def tell_in_charge(kind: str, institution_id: UUID, path: str, **words: object) -> None:
    """Leave a message for those in charge of an institution."""
    notify(
        users=in_charge_at(institution_id),
        institution_id=institution_id,
        kind=kind,
        params=words,
        path=path,
    )


def note(by: Actor, verb: str, kind: str, key: UUID, label: str, **data: object) -> None:
    """One entry of the journal."""
    record(by=by, verb=verb, subject_kind=kind, subject_id=key, subject_label=label, data=data)
