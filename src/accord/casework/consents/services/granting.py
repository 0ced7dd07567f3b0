"""Prepare the authorisation, and record that the person signed it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis, EventKind
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.services import disclose, end_disclosures, notify_institution, tell
from accord.casework.cases.services.locking import lock_case
from accord.casework.consents.enums import Channel, ConsentState, Signatory
from accord.casework.consents.models import Consent, ConsentText, Grant
from accord.casework.consents.policies import can_prepare, can_sign, visible_to
from accord.casework.consents.rules import check_grants, check_period
from accord.casework.consents.states import CONSENT
from accord.foundation.documents.models import Document
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, now, today
from accord.kernel.decisions import Refused
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import programme_for


def text_for(programme: Programme, language: str) -> ConsentText:
    """The wording of a programme's version in a language, kept as it stands the first time it is needed."""
    body = {key: value.in_(language) for key, value in _blocks(programme).items()}
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    text, _created = ConsentText.objects.get_or_create(
        programme=programme.slug,
        version=programme.version,
        language=language,
        defaults={"body": body, "sha256": digest},
    )
    return text


def _blocks(programme: Programme) -> dict[str, Any]:
    text = programme.consent.text
    return {name: getattr(text, name) for name in text.__dataclass_fields__}


def _check(case: Case, programme: Programme, grants: Mapping[UUID, int], since: date, until: date) -> None:
    if problem := check_period(since, until, today(), programme.consent.max_months):
        raise Refused(_period_sentence(problem, programme), field="valid_until")
    recipients = Institution.objects.in_bulk(list(grants))
    known = programme.mask_of(category.key for category in programme.categories)
    if problem := check_grants(grants, known):
        raise Refused(
            _("Cochez au moins une sorte de données pour une institution.")
            if problem == "empty"
            else _("Une sorte de données n’existe pas dans ce dispositif."),
            field="grants",
        )
    for recipient_id in grants:
        recipient = recipients.get(recipient_id)
        if recipient is None or not recipient.is_active or not programme.roles_of(recipient.kind):
            raise Refused(_("Une institution ne fait pas partie du cercle de ce dispositif."), field="grants")
        source = case.announced_by
        if (
            programme.needs_reciprocity(source.kind, recipient.kind)
            and not recipient.grants_reciprocity
            and recipient.pk != source.pk
        ):
            raise Refused(
                _(
                    "%(institution)s n’accorde pas la réciprocité : l’assurance-chômage ne peut pas lui"
                    " ouvrir ses données (LACI art. 85f al. 2 let. b)."
                )
                % {"institution": recipient.short_name},
                field="grants",
            )


def _period_sentence(problem: str, programme: Programme) -> str:
    return {
        "order": _("La fin doit suivre le début."),
        "past": _("La fin est déjà passée."),
        "long": _("Au plus %(months)d mois dans ce dispositif.") % {"months": programme.consent.max_months},
    }[problem]


@transaction.atomic
def prepare_consent(
    *,
    by: Actor,
    case_id: UUID,
    language: str,
    purpose: str,
    is_recurring: bool,
    valid_from: date,
    valid_until: date,
    grants: Mapping[UUID, int],
) -> Consent:
    """Prepare an authorisation for the person to sign: which institution may see which kinds of data.

    A draft of the same institution for the same case is replaced. Raises Refused when the period is too
    long, nothing is granted, a recipient is outside of the circle, or reciprocity is missing.
    """
    case = lock_case(by, case_id)
    can_prepare(by, case).require()
    programme = programme_for(case.programme, case.programme_version)
    given = {recipient: mask for recipient, mask in grants.items() if mask}
    _check(case, programme, given, valid_from, valid_until)
    Consent.objects.filter(
        case=case, recorded_by_id=by.institution_id, state=ConsentState.DRAFT
    ).update(state=ConsentState.ABANDONED, updated_at=now())
    consent = Consent.objects.create(
        case=case,
        text=text_for(programme, language),
        recorded_by_id=by.institution_id,
        recorded_by_user_id=by.user_id,
        purpose=purpose,
        is_recurring=is_recurring,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    Grant.objects.bulk_create(
        Grant(consent=consent, recipient_id=recipient, categories=mask) for recipient, mask in given.items()
    )
    record(
        by=by,
        verb="prepared",
        subject_kind="consent",
        subject_id=consent.pk,
        subject_label=case.number,
        cases=[case.pk],
        data={"grants": {str(recipient): mask for recipient, mask in given.items()}},
    )
    return consent


def lock_consent(by: Actor, consent_id: UUID) -> Consent:
    """The authorisation, locked, with its case; Consent.DoesNotExist if the actor may not know of it."""
    query = Consent.objects.select_for_update(of=("self",)).select_related("case", "text")
    if not by.is_worker:
        query = query.filter(visible_to(by))
    return query.get(pk=consent_id)


@transaction.atomic
def abandon_consent(*, by: Actor, consent_id: UUID) -> Consent:
    """The person did not sign: the prepared form is put aside."""
    consent = lock_consent(by, consent_id)
    can_sign(by, consent).require()
    CONSENT.check(consent.state, ConsentState.ABANDONED)
    consent.state = ConsentState.ABANDONED
    consent.updated_at = now()
    consent.save(update_fields=["state", "updated_at"])
    record(
        by=by,
        verb="abandoned",
        subject_kind="consent",
        subject_id=consent.pk,
        subject_label=consent.case.number,
        cases=[consent.case_id],
    )
    return consent


def _check_signature(signed_on: date, signatory: str) -> None:
    if signed_on > today():
        raise Refused(_("La date de signature est dans le futur."), field="signed_on")
    if signatory not in Signatory.values:
        raise Refused(_("Dites qui a signé."), field="signatory")


@transaction.atomic
def sign_on_paper(
    *, by: Actor, consent_id: UUID, signed_on: date, signatory: str, scan: Document
) -> Consent:
    """Record the signed form with its scan; what it grants is open from this instant."""
    consent = lock_consent(by, consent_id)
    can_sign(by, consent).require()
    _check_signature(signed_on, signatory)
    consent.channel, consent.evidence = Channel.PAPER, scan
    return _activate(by, consent, signed_on, signatory)


@transaction.atomic
def sign_on_screen(
    *, by: Actor, consent_id: UUID, signatory: str, strokes: list[list[list[float]]]
) -> Consent:
    """Record a signature drawn on the screen, stroke by stroke with its instants."""
    consent = lock_consent(by, consent_id)
    can_sign(by, consent).require()
    _check_signature(today(), signatory)
    if sum(len(stroke) for stroke in strokes) < 8:
        raise Refused(_("Signez dans le cadre."), field="strokes")
    consent.channel = Channel.SCREEN
    consent.signature = {"strokes": strokes, "text_sha256": consent.text.sha256}
    return _activate(by, consent, today(), signatory)


def _activate(by: Actor, consent: Consent, signed_on: date, signatory: str) -> Consent:
    CONSENT.check(consent.state, ConsentState.ACTIVE)
    case = consent.case
    for earlier in Consent.objects.select_for_update().filter(case=case, state=ConsentState.ACTIVE):
        CONSENT.check(earlier.state, ConsentState.REPLACED)
        earlier.state, earlier.updated_at = ConsentState.REPLACED, now()
        earlier.save(update_fields=["state", "updated_at"])
        end_disclosures(Disclosure.objects.filter(consent_id=earlier.pk), because="replaced")
    consent.state, consent.signed_on, consent.signatory = ConsentState.ACTIVE, signed_on, signatory
    consent.updated_at = now()
    consent.version += 1
    consent.save()
    starts, ends = period_of(consent)
    for grant in consent.grants.filter(ended_at__isnull=True):
        disclose(
            by=by,
            case=case,
            recipient_id=grant.recipient_id,
            categories=grant.categories,
            basis=Basis.CONSENT,
            consent_id=consent.pk,
            purpose=consent.purpose,
            valid_from=starts,
            valid_until=ends,
        )
        if grant.recipient_id != by.institution_id:
            notify_institution(kind="consent.given", case=case, institution_id=grant.recipient_id)
    tell(by=by, case=case, kind=EventKind.CONSENT_GIVEN, data={"until": consent.valid_until.isoformat()})
    return consent


def period_of(consent: Consent) -> tuple[datetime, datetime]:
    """The instants between which an authorisation opens something: its days whole, but never the past."""
    first = datetime.combine(consent.valid_from, time.min, SWISS_TIME)
    last = datetime.combine(consent.valid_until + timedelta(days=1), time.min, SWISS_TIME)
    return max(first, now()), last
