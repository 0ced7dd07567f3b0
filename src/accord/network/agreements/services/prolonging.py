"""A later end for a convention in force, signed by every party."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused
from accord.network.agreements.enums import BINDING
from accord.network.agreements.models import Agreement, Endorsement, Prolongation
from accord.network.agreements.policies import can_renew, can_sign
from accord.network.agreements.services.locking import keep, lock_agreement, note
from accord.network.agreements.services.signing import Signature, put_signature
from accord.network.agreements.services.telling import tell_parties


@transaction.atomic
def propose_prolongation(*, by: Actor, agreement_id: UUID, ends_on: date) -> Prolongation:
    """Propose a later end; it counts once every party has signed."""
    agreement = lock_agreement(by, agreement_id)
    can_renew(by, agreement).require()
    _check(agreement, ends_on)
    prolongation = Prolongation.objects.create(
        agreement=agreement, ends_on=ends_on, proposed_by_id=by.user_id
    )
    Endorsement.objects.bulk_create(
        Endorsement(prolongation=prolongation, party=party) for party in agreement.parties.all()
    )
    note(by, agreement, "proposed", {"ends_on": ends_on.isoformat()})
    tell_parties(agreement, "agreement.prolonging", but=by.institution_id)
    return prolongation


def _check(agreement: Agreement, ends_on: date) -> None:
    if agreement.state not in BINDING or agreement.last_day is not None:
        raise Refused(_("Seule une convention en vigueur et non dénoncée se prolonge."))
    if agreement.parent_id:
        raise Refused(_("Une adhésion se renouvelle avec sa convention-cadre."))
    if agreement.ends_on is None:
        raise Refused(_("Cette convention court sans terme : il n’y a rien à prolonger."))
    if ends_on <= max(agreement.ends_on, today()):
        raise Refused(_("La nouvelle fin vient après la fin actuelle."), field="ends_on")
    if agreement.prolongations.filter(settled_at__isnull=True).exists():
        raise Refused(_("Une prolongation attend déjà les signatures."))


@transaction.atomic
def sign_prolongation(*, by: Actor, endorsement_id: UUID, signature: Signature) -> Prolongation:
    """Keep a party's signature under the prolongation; with the last one the new end counts."""
    found = Endorsement.objects.select_related("prolongation", "party").get(pk=endorsement_id)
    agreement = lock_agreement(by, found.prolongation.agreement_id)
    endorsement = Endorsement.objects.select_for_update().get(pk=endorsement_id)
    can_sign(by, agreement, found.party.institution_id, endorsement).require()
    if agreement.state not in BINDING or agreement.last_day is not None:
        raise Refused(_("Cette convention a pris fin ou est dénoncée ; elle ne se prolonge plus."))
    put_signature(by, agreement, found.party.institution_id, endorsement, signature)
    note(by, agreement, "signed", {"party": str(found.party.institution_id), "channel": endorsement.channel})
    prolongation = found.prolongation
    if not prolongation.endorsements.filter(signed_at__isnull=True).exists():
        prolongation.settled_at = now()
        prolongation.save(update_fields=["settled_at"])
        _prolong(agreement, prolongation.ends_on)
        tell_parties(agreement, "agreement.prolonged", but=by.institution_id)
    return prolongation


def _prolong(agreement: Agreement, ends_on: date) -> None:
    """The adoptions that end with their framework go on with it."""
    followers = agreement.adoptions.select_for_update().filter(
        state__in=BINDING, ends_on=agreement.ends_on, last_day__isnull=True
    )
    for adoption in followers:
        keep(adoption, ends_on=ends_on, warned_days=None)
    keep(agreement, ends_on=ends_on, warned_days=None)
