"""Sign: on paper with its scan, or on the screen with a second confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.foundation.documents.models import Document
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused
from accord.network.agreements.enums import AgreementState, Channel
from accord.network.agreements.models import Agreement, Party, Signed
from accord.network.agreements.policies import can_sign
from accord.network.agreements.services.locking import lock_agreement, move, note
from accord.network.agreements.services.telling import tell_parties

SIGNATURE = ("signed_at", "signed_on", "signed_by_id", "signatory", "channel", "evidence")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, when and how: a scan of the paper, or the number typed again on the screen."""

    signatory: str
    signed_on: date
    scan: Document | None = None
    confirmation: str = ""


@transaction.atomic
def sign_agreement(*, by: Actor, agreement_id: UUID, party_id: UUID, signature: Signature) -> Agreement:
    """Keep a party's signature; with the last one the convention binds, from its first day on."""
    agreement = lock_agreement(by, agreement_id)
    party = Party.objects.select_for_update().get(pk=party_id, agreement=agreement)
    can_sign(by, agreement, party.institution_id, party).require()
    if agreement.state != AgreementState.SIGNING:
        raise Refused(_("Cette convention n’attend pas de signature."))
    if agreement.ends_on and agreement.ends_on < today():
        raise Refused(_("Le terme de cette convention est déjà passé ; elle ne peut plus être signée."))
    _check_framework(agreement)
    put_signature(by, agreement, party.institution_id, party, signature)
    note(by, agreement, "signed", {"party": str(party.institution_id), "channel": party.channel})
    if not agreement.parties.filter(signed_at__isnull=True).exists():
        begun = agreement.starts_on <= today()
        move(by, agreement, AgreementState.IN_FORCE if begun else AgreementState.SIGNED, "began")
        tell_parties(agreement, "agreement.begun" if begun else "agreement.signed", but=by.institution_id)
    return agreement


def _check_framework(agreement: Agreement) -> None:
    """An adoption is only signed while its framework runs on."""
    framework = agreement.parent
    if framework and (framework.state != AgreementState.IN_FORCE or framework.last_day is not None):
        raise Refused(
            _("La convention-cadre est dénoncée ou a pris fin ; l’adhésion ne peut plus être signée.")
        )


def put_signature(
    by: Actor, agreement: Agreement, institution_id: UUID, signed: Signed, signature: Signature
) -> None:
    """Write a signature under a convention or its prolongation."""
    if signature.signed_on > today():
        raise Refused(_("Une signature ne se date pas de l’avenir."), field="signed_on")
    if signature.scan is None:
        if institution_id != by.institution_id:
            raise Refused(_("À l’écran, chacun signe pour sa propre institution."))
        if signature.confirmation.strip().casefold() != agreement.number.casefold():
            raise Refused(
                _("Écrivez le numéro de la convention pour confirmer votre signature."), field="confirmation"
            )
    signed.signed_at, signed.signed_on = now(), signature.signed_on
    signed.signed_by_id, signed.signatory = by.user_id, signature.signatory
    signed.channel = Channel.PAPER if signature.scan else Channel.ELECTRONIC
    signed.evidence = signature.scan
    signed.save(update_fields=SIGNATURE)
