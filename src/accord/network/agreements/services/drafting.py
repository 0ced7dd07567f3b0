"""Write a convention: a first draft, its versions, a local adoption, what follows an old one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accord.foundation.documents.models import Document
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused, Stale
from accord.network.agreements.enums import AgreementState, PartKind, PartyRole
from accord.network.agreements.models import Agreement, Annex, Part, Party, Version
from accord.network.agreements.policies import can_draft, can_negotiate, can_renew
from accord.network.agreements.selectors import latest_number, text_of
from accord.network.agreements.services.locking import keep, lock_agreement, note
from accord.network.agreements.services.telling import tell_parties


@dataclass(frozen=True, slots=True)
class Written:
    """One part of a text as somebody wrote it."""

    title: str
    text: str
    kind: str = PartKind.CLAUSE


@transaction.atomic
def draft_agreement(
    *,
    by: Actor,
    kind: str,
    title: str,
    parties: Mapping[UUID, str],
    starts_on: date,
    ends_on: date | None,
    notice_months: int = 3,
    own_role: str = PartyRole.BUYER,
) -> Agreement:
    """Begin a convention between the actor's institution and others; nobody else knows of it yet."""
    can_draft(by).require()
    _check_term(starts_on, ends_on)
    others = {key: role for key, role in parties.items() if key != by.institution_id}
    if not others:
        raise Refused(_("Choisissez avec qui la convention est conclue."), field="partner")
    agreement = _create(
        by, kind=kind, title=title, starts_on=starts_on, ends_on=ends_on, notice_months=notice_months
    )
    _seat(agreement, {by.institution_key: own_role, **others})
    return agreement


def _check_term(starts_on: date, ends_on: date | None) -> None:
    if ends_on is None:
        return
    if ends_on < starts_on:
        raise Refused(_("La fin précède le début."), field="ends_on")
    if ends_on < today():
        raise Refused(_("Cette fin est déjà passée."), field="ends_on")


def _create(by: Actor, **fields: object) -> Agreement:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('agreements_number')")
        (serial,) = cursor.fetchone()
    agreement = Agreement.objects.create(
        number=f"CV-{today().year}-{serial:04d}",
        owner_id=by.institution_key,
        drafted_by_id=by.user_id,
        **fields,
    )
    note(by, agreement, "created")
    return agreement


def _seat(agreement: Agreement, parties: Mapping[UUID, str]) -> None:
    Party.objects.bulk_create(
        Party(agreement=agreement, institution_id=key, role=role) for key, role in parties.items()
    )


@transaction.atomic
def propose_version(
    *,
    by: Actor,
    agreement_id: UUID,
    parts: Sequence[Written],
    comment: str,
    base: int,
    kept_annexes: Iterable[UUID] = (),
    new_annexes: Iterable[tuple[str, Document]] = (),
) -> Version:
    """Write the next version of the text; what was written before stays as it was.

    Raises `Stale` with the newest version when somebody proposed one in between, and `Refused` for a text
    without a part or with two parts of the same title.
    """
    agreement = lock_agreement(by, agreement_id)
    can_negotiate(by, agreement).require()
    newest = latest_number(agreement)
    if base != newest:
        raise Stale(text_of(agreement))
    _check_parts(parts)
    version = Version.objects.create(
        agreement=agreement,
        number=newest + 1,
        author_id=by.user_id,
        institution_id=by.institution_key,
        comment=comment,
    )
    _write(version, parts)
    _append(version, agreement, set(kept_annexes), new_annexes)
    keep(agreement)
    note(by, agreement, "proposed", {"version": version.number})
    if agreement.state == AgreementState.NEGOTIATION:
        tell_parties(agreement, "agreement.version", but=by.institution_id)
    return version


def _check_parts(parts: Sequence[Written]) -> None:
    if not parts:
        raise Refused(_("Un texte a au moins un article."))
    titles = [part.title.strip().casefold() for part in parts]
    if len(set(titles)) < len(titles):
        raise Refused(_("Deux articles portent le même titre ; distinguez-les."))


def _write(version: Version, parts: Sequence[Written]) -> None:
    Part.objects.bulk_create(
        Part(text_of=version, position=position, kind=part.kind, title=part.title.strip(), text=part.text)
        for position, part in enumerate(parts, 1)
    )


def _append(
    version: Version, agreement: Agreement, kept: set[UUID], added: Iterable[tuple[str, Document]]
) -> None:
    before = Annex.objects.filter(
        text_of__agreement=agreement, text_of__number=version.number - 1, pk__in=kept
    ).select_related("document")
    annexes = [(annex.title, annex.document) for annex in before] + list(added)
    Annex.objects.bulk_create(
        Annex(text_of=version, position=position, title=title, document=document)
        for position, (title, document) in enumerate(annexes, 1)
    )


@transaction.atomic
def adopt_framework(
    *, by: Actor, framework_id: UUID, institution_id: UUID, role: str, starts_on: date, title: str = ""
) -> Agreement:
    """Prepare the local adoption of a framework in force: its text word for word, signed locally.

    It begins no earlier than the framework, and ends with it.
    """
    can_draft(by).require()
    framework = lock_agreement(by, framework_id)
    if framework.parent_id or framework.state != AgreementState.IN_FORCE:
        raise Refused(_("Seule une convention-cadre en vigueur peut être reprise."), field="framework")
    if starts_on < framework.starts_on or (framework.closes_on and starts_on > framework.closes_on):
        raise Refused(_("L’adhésion commence pendant la durée de la convention-cadre."), field="starts_on")
    if institution_id == by.institution_id:
        raise Refused(_("Choisissez avec qui la convention est conclue."), field="partner")
    agreement = _create(
        by,
        kind=framework.kind,
        title=title or framework.title,
        parent=framework,
        adopted=text_of(framework),
        starts_on=starts_on,
        ends_on=framework.closes_on,
        notice_months=framework.notice_months,
    )
    _seat(agreement, {by.institution_key: PartyRole.BUYER, institution_id: role})
    return agreement


@transaction.atomic
def renew_agreement(*, by: Actor, agreement_id: UUID, ends_on: date | None) -> Agreement:
    """Draft what follows: the same parties and the same text, to be negotiated, from the day after its end."""
    old = lock_agreement(by, agreement_id)
    can_renew(by, old).require()
    if old.parent_id:
        raise Refused(_("Une adhésion se renouvelle avec sa convention-cadre."))
    if old.renewals.exclude(state=AgreementState.ABANDONED).exists():
        raise Refused(_("La suite de cette convention est déjà en préparation."))
    starts_on = max(today(), old.closes_on + timedelta(days=1)) if old.closes_on else today()
    _check_term(starts_on, ends_on)
    new = _create(
        by,
        kind=old.kind,
        title=old.title,
        renews=old,
        starts_on=starts_on,
        ends_on=ends_on,
        notice_months=old.notice_months,
    )
    _seat(new, {party.institution_id: party.role for party in old.parties.all()})
    _copy_text(by, old, new)
    return new


def _copy_text(by: Actor, old: Agreement, new: Agreement) -> None:
    text = text_of(old)
    if text is None:
        return
    version = Version.objects.create(
        agreement=new,
        number=1,
        author_id=by.user_id,
        institution_id=by.institution_key,
        comment=_("Repris de la convention %(number)s") % {"number": old.number},
        created_at=now(),
    )
    _write(version, [Written(part.title, part.text, part.kind) for part in text.parts.all()])
    Annex.objects.bulk_create(
        Annex(text_of=version, position=annex.position, title=annex.title, document=annex.document)
        for annex in text.annexes.all()
    )
