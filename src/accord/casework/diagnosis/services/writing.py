"""Write a part, and sign it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.services import notify_parties, tell
from accord.casework.diagnosis.enums import SectionState
from accord.casework.diagnosis.models import Draft, Section, Version
from accord.casework.diagnosis.policies import can_sign, can_write
from accord.casework.diagnosis.rules import Texts
from accord.casework.diagnosis.selectors import draft_of, versions_of
from accord.casework.diagnosis.services.locking import lock_section
from accord.casework.diagnosis.states import SECTION
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale


@transaction.atomic
def save_draft(
    *,
    by: Actor,
    section_id: UUID,
    version: int,
    texts: Texts,
    readers: str = Audience.CIRCLE,
    page: UUID | None = None,
    by_itself: bool = False,
) -> Draft:
    """Keep what one's institution is writing; nobody else reads it before it is signed.

    `page` is the open page that saves, so that a page is never in conflict with what it saved by itself.
    Raises Stale when a colleague saved it in between.
    """
    section = lock_section(by, section_id)
    can_write(by, section).require()
    draft = draft_of(by, section)
    saved_by_this_page = page is not None and page == draft.saved_from and not by_itself
    if draft.version != version and not saved_by_this_page:
        raise Stale(draft)
    if draft.version and draft.texts == texts and draft.readers == readers:
        return draft
    for prompt, text in texts.by_prompt().items():
        setattr(draft, prompt, text)
    draft.readers, draft.saved_from = readers, page
    _keep(by, draft)
    if section.state != SectionState.DRAFT:
        SECTION.check(section.state, SectionState.DRAFT)
        section.state = SectionState.DRAFT
        section.save(update_fields=["state"])
    record(
        by=by,
        verb="saved",
        subject_kind="diagnosis section",
        subject_id=section.pk,
        subject_label=section.case.number,
        cases=[section.case_id],
    )
    return draft


@transaction.atomic
def sign_section(*, by: Actor, section_id: UUID, version: int) -> Version:
    """Sign what was written: the authorised institutions, and the person if one chose so, read it now.

    Raises Stale when a colleague saved another text than the one that was read.
    """
    section = lock_section(by, section_id)
    can_sign(by, section).require()
    draft = draft_of(by, section)
    if draft.version != version:
        raise Stale(draft)
    _check_worth_signing(by, section, draft)
    SECTION.check(section.state, SectionState.SIGNED)
    signed = Version.objects.create(
        case=section.case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=section.category,
        audience=draft.readers,
        section=section,
        number=section.number + 1,
        **draft.texts.by_prompt(),
    )
    section.number, section.signed_at = signed.number, signed.created_at
    section.state, section.signed_by_id = SectionState.SIGNED, by.institution_key
    section.save()
    _keep(by, draft)
    _tell_signed(by, section, signed)
    return signed


def _keep(by: Actor, draft: Draft) -> None:
    draft.version += 1
    draft.updated_at = now()
    draft.author_id, draft.audience, draft.category = by.user_id, Audience.OWN, draft.section.category
    draft.save()


def _check_worth_signing(by: Actor, section: Section, draft: Draft) -> None:
    if draft.texts.is_empty:
        raise Refused(_("Écrivez d’abord quelque chose."), field="known")
    latest = versions_of(by, section).first()
    if (
        latest is not None
        and section.is_signed
        and (latest.texts, latest.audience) == (draft.texts, draft.readers)
    ):
        raise Refused(_("Rien n’a changé depuis la dernière signature."))


def _tell_signed(by: Actor, section: Section, signed: Version) -> None:
    category = Category(section.category)
    tell(
        by=by,
        case=section.case,
        kind=EventKind.DIAGNOSIS_SIGNED,
        data={"section": section.part, "number": signed.number},
        category=category,
    )
    notify_parties(kind="diagnosis.signed", case=section.case, but=by.institution_id, seeing=category)
