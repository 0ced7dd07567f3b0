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
from accord.casework.cases.models import Case, Disclosure, Participant
from accord.casework.cases.selectors import circle_named, circles_of
from accord.casework.cases.services import (
    disclose,
    end_disclosures,
    forget_party,
    notify_institution,
    tell,
)
from accord.casework.cases.services.locking import lock_case
from accord.casework.consents.enums import Channel, ConsentState, Signatory
from accord.casework.consents.models import Consent, ConsentText, Grant
from accord.casework.consents.policies import can_abandon, can_prepare, can_sign, visible_to
from accord.casework.consents.rules import check_grants, check_period, is_drawn
from accord.casework.consents.states import CONSENT
from accord.foundation.documents.enums import MediaType, ScanState
from accord.foundation.documents.models import Document
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, now, today
from accord.kernel.decisions import Refused
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme
from accord.people.persons.enums import Language

SCANS = (MediaType.PDF, MediaType.PNG, MediaType.JPEG)
"""What a signed sheet of paper may be scanned as."""
LONGEST_PURPOSE = 200


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
                    "%(institution)s n’accorde pas la réciprocité : l’assurance-chômage ne peut pas lui"
                    " ouvrir ses données (LACI art. 85f al. 2 let. b)."
                )
                % {"institution": recipient.short_name},
                field="grants",
            )


def _period_sentence(problem: str, programme: Programme) -> str:
    return {
        "order": _("La fin doit suivre le début."),
        "past": _("La fin est déjà passée."),
        "distant": _("Le début est à plus d’un an : demandez l’autorisation plus tard."),
        "long": _("Au plus %(months)d mois dans ce dispositif.") % {"months": programme.consent.max_months},
    }[problem]


def _check_wording(programme: Programme, language: str, purpose: str, is_recurring: bool) -> None:
    if language not in Language.values:
        raise Refused(_("Choisissez une langue de la liste."), field="language")
    if not 0 < len(purpose.strip()) <= LONGEST_PURPOSE:
        raise Refused(_("Dites en une phrase courte à quoi sert l’échange."), field="purpose")
    if is_recurring and not programme.consent.recurring_allowed:
        raise Refused(_("Ce dispositif ne permet qu’un seul échange."), field="is_recurring")


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
    circle: str = "",
) -> Consent:
    """Prepare an authorisation for the person to sign: which institution may see which kinds of data.

    `circle` names the second programme of a case that stands in two; each circle is authorised by itself. A
    draft of the same institution for the same circle is replaced. Raises Refused when the period is too
    long, nothing is granted, a recipient is outside of the circle, or reciprocity is missing.
    """
    case = lock_case(by, case_id)
    can_prepare(by, case).require()
    assert by.institution_id is not None
    programme = _circle(by, case, circle)
    _check_wording(programme, language, purpose, is_recurring)
    given = {recipient: mask for recipient, mask in grants.items() if mask}
    _check(case, programme, given, valid_from, valid_until)
    Consent.objects.filter(
        case=case,
        programme=programme.slug,
        recorded_by_id=by.institution_id,
        state=ConsentState.DRAFT,
    ).update(state=ConsentState.ABANDONED, updated_at=now())
    consent = Consent.objects.create(
        case=case,
        text=text_for(programme, language),
        programme=programme.slug,
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


def _circle(by: Actor, case: Case, slug: str) -> Programme:
    """One of the circles in which the case stands now."""
    programme = circle_named(circles_of(by, case), slug)
    if programme is None:
        raise Refused(_("Le dossier ne se tient pas dans ce cercle."), field="circle")
    return programme


def lock_consent(by: Actor, consent_id: UUID) -> Consent:
    """The authorisation, locked after its case; Consent.DoesNotExist if the actor may not know of it."""
    query = Consent.objects.all() if by.is_worker else Consent.objects.filter(visible_to(by))
    case = lock_case(by, query.values_list("case_id", flat=True).get(pk=consent_id))
    consent = query.select_for_update(of=("self",)).select_related("text").get(pk=consent_id)
    consent.case = case
    return consent


@transaction.atomic
def abandon_consent(*, by: Actor, consent_id: UUID) -> Consent:
    """The person did not sign: the prepared form is put aside."""
    consent = lock_consent(by, consent_id)
    if consent.state == ConsentState.ABANDONED:
        return consent
    can_abandon(by, consent).require()
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
def sign_on_paper(*, by: Actor, consent_id: UUID, signed_on: date, signatory: str, scan: Document) -> Consent:
    """Record the signed form with its scan; what it grants is open from this instant.

    Raises Refused for a date in the future, a scan that is not one's own, or is no PDF or picture.
    """
    consent = lock_consent(by, consent_id)
    can_sign(by, consent).require()
    _check_signature(signed_on, signatory)
    if scan.institution_id != by.institution_id or scan.media_type not in SCANS:
        raise Refused(_("Joignez la feuille signée, en PDF ou en image."), field="scan")
    if scan.scan_state == ScanState.REFUSED:
        raise Refused(
            _("Ce fichier est refusé par l’antivirus : numérisez la feuille à nouveau."), field="scan"
        )
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
    if not is_drawn(strokes):
        raise Refused(_("Signez dans le cadre."), field="strokes")
    consent.channel = Channel.SCREEN
    consent.signature = {"strokes": strokes, "text_sha256": consent.text.sha256}
    return _activate(by, consent, today(), signatory)


def _activate(by: Actor, consent: Consent, signed_on: date, signatory: str) -> Consent:
    CONSENT.check(consent.state, ConsentState.ACTIVE)
    case = consent.case
    granted = dict(consent.grants.filter(ended_at__isnull=True).values_list("recipient_id", "categories"))
    programme = _circle(by, case, consent.programme)
    _check(case, programme, granted, consent.valid_from, consent.valid_until)
    before = _replace_earlier(case, programme)
    consent.state, consent.signed_on, consent.signatory = ConsentState.ACTIVE, signed_on, signatory
    consent.updated_at = now()
    consent.version += 1
    consent.save()
    starts, ends = period_of(consent)
    for recipient_id, categories in granted.items():
        disclose(
            by=by,
            case=case,
            recipient_id=recipient_id,
            categories=categories,
            basis=Basis.CONSENT,
            consent_id=consent.pk,
            circle=circle_of_disclosure(consent),
            purpose=consent.purpose,
            valid_from=starts,
            valid_until=ends,
        )
        if recipient_id != by.institution_id:
            notify_institution(kind="consent.given", case=case, institution_id=recipient_id)
    tell(
        by=by,
        case=case,
        kind=EventKind.CONSENT_GIVEN,
        data={"until": consent.valid_until.isoformat(), "circle": consent.programme},
    )
    for recipient_id in before - set(granted) - {by.institution_id}:
        notify_institution(kind="consent.narrowed", case=case, institution_id=recipient_id)
    forget_strangers(by, case, before - set(granted))
    return consent


def circle_of_disclosure(consent: Consent) -> str:
    """How disclosures name the circle of an authorisation: empty for the case's own."""
    return "" if consent.programme == consent.case.programme else consent.programme


def _replace_earlier(case: Case, programme: Programme) -> set[UUID]:
    """Only what was signed for the same circle gives way; the other circle is untouched."""
    before: set[UUID] = set()
    standing = Consent.objects.filter(case=case, programme=programme.slug, state=ConsentState.ACTIVE)
    for earlier in standing.select_for_update():
        CONSENT.check(earlier.state, ConsentState.REPLACED)
        earlier.state, earlier.updated_at = ConsentState.REPLACED, now()
        earlier.version += 1
        earlier.save(update_fields=["state", "updated_at", "version"])
        running = earlier.grants.filter(ended_at__isnull=True)
        before |= set(running.values_list("recipient_id", flat=True))
        running.update(ended_at=now())
        end_disclosures(Disclosure.objects.filter(consent_id=earlier.pk), because="replaced")
    return before


def forget_strangers(by: Actor, case: Case, recipient_ids: set[UUID]) -> None:
    """Institutions that never took part no longer know of the case once nothing is disclosed to them.

    The actor's own comes last: afterwards she may no longer change anything in the case.
    """
    taking_part = set(
        Participant.objects.filter(case=case, institution_id__in=recipient_ids).values_list(
            "institution_id", flat=True
        )
    )
    for recipient_id in sorted(recipient_ids - taking_part, key=lambda one: one == by.institution_id):
        forget_party(case, recipient_id)


def period_of(consent: Consent) -> tuple[datetime, datetime]:
    """The instants between which an authorisation opens something: its days whole, but never the past."""
    first = datetime.combine(consent.valid_from, time.min, SWISS_TIME)
    last = datetime.combine(consent.valid_until + timedelta(days=1), time.min, SWISS_TIME)
    return max(first, now()), last
