"""Take a convention in hand, so that two colleagues do not act on it at once."""

from __future__ import annotations

from uuid import UUID

from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.network.agreements.enums import AgreementState
from accord.network.agreements.models import Agreement
from accord.network.agreements.policies import visible_to
from accord.network.agreements.states import AGREEMENT


def lock_agreement(by: Actor, agreement_id: UUID) -> Agreement:
    """The convention, locked; Agreement.DoesNotExist for what the actor may not know of."""
    query = Agreement.objects.select_for_update(of=("self",)).select_related("owner")
    if not by.is_worker:
        query = query.filter(visible_to(by))
    return query.prefetch_related("parties").get(pk=agreement_id)


def move(by: Actor, agreement: Agreement, state: AgreementState, verb: str, **changes: object) -> None:
    """Let the convention enter a state, with what changes with it, and keep it in the journal."""
    AGREEMENT.check(agreement.state, state)
    before, agreement.state = agreement.state, state
    keep(agreement, state=state, **changes)
    note(by, agreement, verb, {"state": [before, str(state)]})


def keep(agreement: Agreement, **changes: object) -> None:
    """Write these values as a new state of the block."""
    for name, value in changes.items():
        setattr(agreement, name, value)
    agreement.version += 1
    agreement.updated_at = now()
    agreement.save(update_fields=[*changes, "version", "updated_at"])


def note(by: Actor, agreement: Agreement, verb: str, data: dict[str, object] | None = None) -> None:
    """One entry of the journal about a convention."""
    record(
        by=by,
        verb=verb,
        subject_kind="agreement",
        subject_id=agreement.pk,
        subject_label=agreement.number,
        data=data,
    )
