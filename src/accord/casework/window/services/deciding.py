"""What the person decides about her own authorisation.

Each verb first looks with her own eyes whether the thing is hers; then her hand does it, and the journal says
that she did.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import EventKind
from accord.casework.cases.services import notify_institution, tell
from accord.casework.consents.enums import Signatory
from accord.casework.consents.models import Consent
from accord.casework.consents.services import (
    abandon_consent,
    narrow_consent,
    revoke_consent,
    sign_on_screen,
)
from accord.casework.window.selectors import own_consent
from accord.kernel.actors import Actor
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused

LONGEST_WORD = 200


@transaction.atomic
def take_back(*, by: Actor, consent_id: UUID) -> Consent:
    """Withdraw the whole authorisation, at once; twice is once."""
    own_consent(by, consent_id)
    with acting_as(by.her_hand):
        consent = revoke_consent(
            by=by.her_hand, consent_id=consent_id, note=_("À sa fenêtre, par elle-même.")
        )
        _tell(by, consent, "revoked")
    return consent


@transaction.atomic
def keep_only(*, by: Actor, consent_id: UUID, grants: Mapping[UUID, int], version: int) -> Consent:
    """Withdraw a part, at once. Raises Refused when nothing is left or nothing changed, and Stale."""
    own_consent(by, consent_id)
    with acting_as(by.her_hand):
        consent = narrow_consent(by=by.her_hand, consent_id=consent_id, grants=grants, version=version)
        _tell(by, consent, "narrowed")
    return consent


@transaction.atomic
def sign(*, by: Actor, consent_id: UUID, signatory: str, strokes: list[list[list[float]]]) -> Consent:
    """Sign a prepared authorisation on the screen; who recorded it is told, too."""
    own_consent(by, consent_id)
    with acting_as(by.her_hand):
        consent = sign_on_screen(
            by=by.her_hand, consent_id=consent_id, signatory=signatory or Signatory.PERSON, strokes=strokes
        )
        _tell(by, consent, "signed")
    return consent


@transaction.atomic
def decline(*, by: Actor, consent_id: UUID, word: str) -> Consent:
    """Do not sign, with a word if she likes; who prepared the authorisation is told."""
    own_consent(by, consent_id)
    if len(word) > LONGEST_WORD:
        raise Refused(_("Au plus %(length)d caractères.") % {"length": LONGEST_WORD}, field="word")
    with acting_as(by.her_hand):
        consent = abandon_consent(by=by.her_hand, consent_id=consent_id)
        _tell(by, consent, "declined", word)
        notify_institution(kind="window.declined", case=consent.case, institution_id=consent.recorded_by_id)
    return consent


def _tell(by: Actor, consent: Consent, act: str, word: str = "") -> None:
    tell(
        by=by.her_hand,
        case=consent.case,
        kind=EventKind.PERSON_ACTED,
        data={"act": act, "sentence": word},
        owner_id=consent.recorded_by_id,
    )
