"""Narrow or revoke an authorisation, at once; let it expire, with warnings before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis, EventKind
from accord.casework.cases.models import Case, Disclosure, Participant
from accord.casework.cases.services import (
    disclose,
    end_disclosures,
    forget_party,
    notify_institution,
    notify_parties,
    tell,
)
from accord.casework.consents.enums import ConsentState
from accord.casework.consents.models import Consent
from accord.casework.consents.policies import can_end
from accord.casework.consents.rules import due_warning, is_narrower
from accord.casework.consents.services.granting import lock_consent, period_of
from accord.casework.consents.states import CONSENT
from accord.kernel.actors import WORKER, Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused
from accord.network.programmes.selectors import programme_for


def _forget_strangers(case: Case, recipient_ids: set[UUID]) -> None:
    taking_part = set(
        Participant.objects.filter(case=case, institution_id__in=recipient_ids).values_list(
            "institution_id", flat=True
        )
    )
    for recipient_id in recipient_ids - taking_part:
        forget_party(case, recipient_id)


@transaction.atomic
def narrow_consent(*, by: Actor, consent_id: UUID, grants: Mapping[UUID, int]) -> Consent:
    """The person withdraws a part: what is no longer granted is closed at this instant.

    Raises Refused when something would be added (that needs a new signature) or nothing is left.
    """
    consent = lock_consent(by, consent_id)
    can_end(by, consent).require()
    before = {
        grant.recipient_id: grant.categories for grant in consent.grants.filter(ended_at__isnull=True)
    }
    after = {recipient: mask for recipient, mask in grants.items() if mask}
    if not after:
        raise Refused(_("Il ne resterait rien : révoquez l’autorisation."), field="grants")
    if not is_narrower(before, after):
        raise Refused(
            _("Restreindre retire seulement. Pour ajouter, faites signer une nouvelle autorisation."),
            field="grants",
        )
    starts, ends = period_of(consent)
    for grant in consent.grants.filter(ended_at__isnull=True):
        kept = after.get(grant.recipient_id, 0)
        if kept == grant.categories:
            continue
        grant.ended_at = now()
        grant.save(update_fields=["ended_at"])
        end_disclosures(
            Disclosure.objects.filter(consent_id=consent.pk, recipient_id=grant.recipient_id),
            because="narrowed",
        )
        if kept:
            consent.grants.create(recipient_id=grant.recipient_id, categories=kept)
            disclose(
                by=by,
                case=consent.case,
                recipient_id=grant.recipient_id,
                categories=kept,
                basis=Basis.CONSENT,
                consent_id=consent.pk,
                purpose=consent.purpose,
                valid_from=starts,
                valid_until=ends,
            )
    consent.version += 1
    consent.updated_at = now()
    consent.save(update_fields=["version", "updated_at"])
    tell(
        by=by,
        case=consent.case,
        kind=EventKind.CONSENT_NARROWED,
        data={
            "before": {str(key): mask for key, mask in before.items()},
            "after": {str(key): mask for key, mask in after.items()},
        },
    )
    notify_parties(kind="consent.narrowed", case=consent.case, but=by.institution_id)
    _forget_strangers(consent.case, set(before) - set(after))
    return consent


@transaction.atomic
def revoke_consent(*, by: Actor, consent_id: UUID, note: str) -> Consent:
    """The person withdraws her authorisation: nothing that rests on it is visible from this instant.

    What rests on law stays; what was lawfully written stays with who wrote it; the journal keeps the past.
    """
    consent = lock_consent(by, consent_id)
    if consent.state == ConsentState.REVOKED:
        return consent
    can_end(by, consent).require()
    notify_parties(kind="consent.revoked", case=consent.case, but=by.institution_id)
    recipients = _end(consent, ConsentState.REVOKED, because="revoked")
    consent.revoked_at, consent.revocation_note = now(), note
    consent.save(update_fields=["state", "revoked_at", "revocation_note", "version", "updated_at"])
    tell(by=by, case=consent.case, kind=EventKind.CONSENT_REVOKED)
    _forget_strangers(consent.case, recipients)
    return consent


def _end(consent: Consent, state: ConsentState, *, because: str) -> set[UUID]:
    CONSENT.check(consent.state, state)
    recipients = set(consent.grants.values_list("recipient_id", flat=True))
    consent.grants.filter(ended_at__isnull=True).update(ended_at=now())
    end_disclosures(Disclosure.objects.filter(consent_id=consent.pk), because=because)
    consent.state = state
    consent.version += 1
    consent.updated_at = now()
    return recipients


def expire_consents() -> int:
    """Mark the authorisations whose last day is over; what they opened closed by itself. The worker's, daily."""
    over = list(
        Consent.objects.filter(state=ConsentState.ACTIVE, valid_until__lt=today()).values_list(
            "pk", flat=True
        )
    )
    for consent_id in over:
        with transaction.atomic():
            consent = lock_consent(WORKER, consent_id)
            if consent.state != ConsentState.ACTIVE:
                continue
            recipients = _end(consent, ConsentState.EXPIRED, because="expired")
            consent.save(update_fields=["state", "version", "updated_at"])
            tell(
                by=WORKER,
                case=consent.case,
                kind=EventKind.CONSENT_EXPIRED,
                owner_id=consent.recorded_by_id,
            )
            notify_institution(
                kind="consent.expired", case=consent.case, institution_id=consent.recorded_by_id
            )
            _forget_strangers(consent.case, recipients)
    return len(over)


def warn_of_expiry() -> int:
    """Warn who recorded an authorisation 30 and 7 days before it ends, once each. The worker's, daily."""
    warned = 0
    soon = Consent.objects.filter(
        state=ConsentState.ACTIVE,
        valid_until__gte=today(),
        valid_until__lte=today() + timedelta(days=366),
    ).select_related("case")
    for consent in soon:
        days = programme_for(
            consent.case.programme, consent.case.programme_version
        ).deadlines.consent_warning_days
        due = due_warning(consent.valid_until, today(), consent.warned_days, days)
        if due is None:
            continue
        with transaction.atomic():
            if Consent.objects.filter(pk=consent.pk, warned_days=consent.warned_days).update(
                warned_days=due
            ):
                notify_institution(
                    kind="consent.expiring", case=consent.case, institution_id=consent.recorded_by_id
                )
                warned += 1
    return warned
