"""From the draft to the table where it is signed."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Stale
from accord.network.agreements.enums import AgreementState
from accord.network.agreements.models import Agreement
from accord.network.agreements.policies import (
    can_abandon,
    can_approve,
    can_ask_for_signatures,
    can_reopen,
    can_send,
)
from accord.network.agreements.selectors import text_of
from accord.network.agreements.services.locking import lock_agreement, move
from accord.network.agreements.services.telling import tell_parties


@transaction.atomic
def send_for_negotiation(*, by: Actor, agreement_id: UUID) -> Agreement:
    """Put the draft before the other parties: from now on they read it and answer."""
    agreement = lock_agreement(by, agreement_id)
    can_send(by, agreement).require()
    move(by, agreement, AgreementState.NEGOTIATION, "sent")
    tell_parties(agreement, "agreement.negotiation", but=by.institution_id)
    return agreement


@transaction.atomic
def approve_agreement(*, by: Actor, agreement_id: UUID, text_number: int) -> Agreement:
    """Approve the text that was read (four eyes); `Stale` when a newer one has been proposed since."""
    agreement = lock_agreement(by, agreement_id)
    text = text_of(agreement)
    can_approve(by, agreement, text).require()
    if text is not None and text.number != text_number:
        raise Stale(text)
    move(by, agreement, AgreementState.APPROVED, "approved", approved_by_id=by.user_id, approved_at=now())
    tell_parties(agreement, "agreement.approved", but=by.institution_id)
    return agreement


@transaction.atomic
def ask_for_signatures(*, by: Actor, agreement_id: UUID) -> Agreement:
    """Put the approved text before the parties, to be signed."""
    agreement = lock_agreement(by, agreement_id)
    can_ask_for_signatures(by, agreement).require()
    move(by, agreement, AgreementState.SIGNING, "sent")
    tell_parties(agreement, "agreement.signing", but=by.institution_id)
    return agreement


@transaction.atomic
def reopen_negotiation(*, by: Actor, agreement_id: UUID) -> Agreement:
    """Back to the negotiation: the approval and the signatures that were given fall."""
    agreement = lock_agreement(by, agreement_id)
    can_reopen(by, agreement).require()
    move(by, agreement, AgreementState.NEGOTIATION, "reopened", approved_by=None, approved_at=None)
    agreement.parties.update(
        signed_at=None, signed_on=None, signed_by=None, signatory="", channel="", evidence=None
    )
    tell_parties(agreement, "agreement.negotiation", but=by.institution_id)
    return agreement


@transaction.atomic
def abandon_agreement(*, by: Actor, agreement_id: UUID) -> Agreement:
    """Put aside what was not signed by everybody; doing it twice does nothing."""
    agreement = lock_agreement(by, agreement_id)
    if agreement.state == AgreementState.ABANDONED:
        return agreement
    can_abandon(by, agreement).require()
    move(by, agreement, AgreementState.ABANDONED, "abandoned")
    return agreement
