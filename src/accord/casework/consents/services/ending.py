"""Narrow or revoke an authorisation, at once; let it expire, with warnings before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis, EventKind
from accord.casework.cases.models import Case, CaseCircle, Disclosure
from accord.casework.cases.services import (
    disclose,
    end_disclosures,
    end_second_circle,
    notify_institution,
    notify_parties,
    tell,
)
from accord.casework.cases.services.locking import lock_case
from accord.casework.consents.enums import ConsentState
from accord.casework.consents.models import Consent, Grant
from accord.casework.consents.policies import can_end
from accord.casework.consents.rules import due_warning, is_narrower
from accord.casework.consents.selectors import programme_of
from accord.casework.consents.services.granting import circle_of_disclosure, forget_strangers, lock_consent
from accord.casework.consents.states import CONSENT
from accord.kernel.actors import WORKER, Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused, Stale

LONGEST_NOTE = 200


@transaction.atomic
def narrow_consent(
    *, by: Actor, consent_id: UUID, grants: Mapping[UUID, int], version: int | None = None
) -> Consent:
    """The person withdraws a part: what is no longer granted is closed at this instant.

    Raises Refused when something would be added (that needs a new signature) or nothing is left, and
    Stale when `version` is given and somebody changed the authorisation in between.
    """
    consent = lock_consent(by, consent_id)
    can_end(by, consent).require()
    if version is not None and version != consent.version:
        raise Stale(consent)
    standing = list(consent.grants.filter(ended_at__isnull=True))
    before = {grant.recipient_id: grant.categories for grant in standing}
    after = {recipient: mask for recipient, mask in grants.items() if mask}
    _check_narrower(before, after)
    for grant in standing:
        if after.get(grant.recipient_id, 0) != grant.categories:
            _shrink(by, consent, grant, after.get(grant.recipient_id, 0))
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
    forget_strangers(by, consent.case, set(before) - set(after))
    return consent


def _check_narrower(before: Mapping[UUID, int], after: Mapping[UUID, int]) -> None:
    if not after:
        raise Refused(_("Il ne resterait rien : révoquez l’autorisation."), field="grants")
    if after == before:
        raise Refused(_("Rien n’a changé : décochez ce que la personne retire."), field="grants")
    if not is_narrower(before, after):
        raise Refused(
            _("Restreindre retire seulement. Pour ajouter, faites signer une nouvelle autorisation."),
            field="grants",
        )


def _shrink(by: Actor, consent: Consent, grant: Grant, kept: int) -> None:
    """End a row of the grid and write the smaller one; what had already ended is not opened again."""
    grant.ended_at = now()
    grant.save(update_fields=["ended_at"])
    running = Disclosure.objects.filter(
        consent_id=consent.pk, recipient_id=grant.recipient_id, valid_until__gt=Now()
    )
    since = running.values_list("valid_from", "valid_until").first()
    end_disclosures(running, because="narrowed")
    if not kept:
        return
    consent.grants.create(recipient_id=grant.recipient_id, categories=kept)
    if since is not None:
        disclose(
            by=by,
            case=consent.case,
            recipient_id=grant.recipient_id,
            categories=kept,
            basis=Basis.CONSENT,
            consent_id=consent.pk,
            circle=circle_of_disclosure(consent),
            purpose=consent.purpose,
            valid_from=since[0],
            valid_until=since[1],
        )


@transaction.atomic
def revoke_consent(*, by: Actor, consent_id: UUID, note: str) -> Consent:
    """The person withdraws her authorisation: nothing that rests on it is visible from this instant.

    What rests on law stays; what was lawfully written stays with who wrote it; the journal keeps the past.
    """
    consent = lock_consent(by, consent_id)
    if consent.state == ConsentState.REVOKED:
        return consent
    can_end(by, consent).require()
    if len(note) > LONGEST_NOTE:
        raise Refused(_("Au plus %(length)d caractères.") % {"length": LONGEST_NOTE}, field="note")
    notify_parties(kind="consent.revoked", case=consent.case, but=by.institution_id)
    recipients = _end(consent, ConsentState.REVOKED, because="revoked")
    consent.revoked_at, consent.revocation_note = now(), note
    consent.save(update_fields=["state", "revoked_at", "revocation_note", "version", "updated_at"])
    tell(by=by, case=consent.case, kind=EventKind.CONSENT_REVOKED)
    forget_strangers(by, consent.case, recipients)
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


@transaction.atomic
def lapse_consents(*, by: Actor, case: Case, because: str) -> int:
    """Every authorisation of a case ends with it, as when its announcement is declined, withdrawn or expires.

    What rests on law stays. Returns how many were in force.
    """
    return _lapse(by, case, Consent.objects.filter(case=case), because)


@transaction.atomic
def leave_second_circle(*, by: Actor, case_id: UUID) -> CaseCircle:
    """The lead takes the case out of its second circle: what the person authorised for it ends at this instant.

    What rests on law stays, and so does everything of the case's own circle.
    """
    case = lock_case(by, case_id)
    left = end_second_circle(by=by, case=case)
    of_the_circle = Consent.objects.filter(case=case, programme=left.programme)
    of_the_circle.filter(state=ConsentState.DRAFT).update(state=ConsentState.ABANDONED, updated_at=now())
    _lapse(by, case, of_the_circle, "left circle")
    return left


def _lapse(by: Actor, case: Case, consents: QuerySet[Consent], because: str) -> int:
    lapsed = 0
    for consent in consents.select_for_update().filter(state=ConsentState.ACTIVE):
        recipients = _end(consent, ConsentState.EXPIRED, because=because)
        consent.save(update_fields=["state", "version", "updated_at"])
        tell(by=by, case=case, kind=EventKind.CONSENT_EXPIRED)
        forget_strangers(by, case, recipients)
        lapsed += 1
    return lapsed


def expire_consents() -> int:
    """Mark authorisations whose last day is over; what they opened closed by itself. The worker's, daily."""
    over = list(
        Consent.objects.filter(state=ConsentState.ACTIVE, valid_until__lt=today()).values_list(
            "pk", flat=True
        )
    )
    expired = 0
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
            forget_strangers(WORKER, consent.case, recipients)
            expired += 1
    return expired


def warn_of_expiry() -> int:
    """Warn who recorded an authorisation 30 and 7 days before it ends, once each. The worker's, daily."""
    warned = 0
    soon = Consent.objects.filter(
        state=ConsentState.ACTIVE,
        valid_until__gte=today(),
        valid_until__lte=today() + timedelta(days=366),
    ).select_related("case", "text")
    for consent in soon:
        days = programme_of(consent).deadlines.consent_warning_days
        due = due_warning(consent.valid_until, today(), consent.warned_days, days)
        if due is None:
            continue
        with transaction.atomic():
            if Consent.objects.filter(pk=consent.pk, warned_days=consent.warned_days).update(warned_days=due):
                notify_institution(
                    kind="consent.expiring", case=consent.case, institution_id=consent.recorded_by_id
                )
                warned += 1
    return warned
