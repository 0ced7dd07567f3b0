"""Views that differ: noted beside a part, answered, settled; never written over it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.services import notify_institution, notify_parties, tell
from accord.casework.cases.services.locking import lock_record
from accord.casework.diagnosis.models import Difference
from accord.casework.diagnosis.policies import can_answer, can_differ, can_settle
from accord.casework.diagnosis.services.locking import lock_section
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused


@transaction.atomic
def note_difference(*, by: Actor, section_id: UUID, text: str, audience: str = Audience.CIRCLE) -> Difference:
    """Say how one's institution sees a signed part; those who may read the part are told."""
    section = lock_section(by, section_id)
    can_differ(by, section).require()
    if audience == Audience.OWN:
        raise Refused(
            _("Une divergence se note pour les autres ; écrivez plutôt une note."), field="audience"
        )
    difference = Difference.objects.create(
        case=section.case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=section.category,
        audience=audience,
        section=section,
        number=section.number,
        text=text,
    )
    _tell(by, difference, "noted")
    notify_parties(
        kind="diagnosis.difference",
        case=section.case,
        but=by.institution_id,
        seeing=Category(section.category),
    )
    return difference


@transaction.atomic
def answer_difference(*, by: Actor, difference_id: UUID, text: str) -> Difference:
    """The institution that holds the part answers; the part itself it changes by signing it anew."""
    difference = lock_record(by, Difference, difference_id, can_answer)
    difference.answer, difference.answered_at = text, now()
    difference.answered_by_id, difference.answered_by_user_id = by.institution_id, by.user_id
    _keep(difference)
    _tell(by, difference, "answered")
    notify_institution(kind="diagnosis.answered", case=difference.case, institution_id=difference.owner_id)
    return difference


@transaction.atomic
def settle_difference(*, by: Actor, difference_id: UUID) -> Difference:
    """Who noted a difference says that it is settled; doing so twice changes nothing."""
    difference = lock_record(by, Difference, difference_id, can_settle)
    if difference.settled_at is None:
        difference.settled_at = now()
        _keep(difference)
        _tell(by, difference, "settled")
    return difference


def _keep(difference: Difference) -> None:
    difference.version += 1
    difference.updated_at = now()
    difference.save()


def _tell(by: Actor, difference: Difference, what: str) -> None:
    tell(
        by=by,
        case=difference.case,
        kind=EventKind.DIFFERENCE,
        data={"section": difference.section.part, "what": what},
        category=Category(difference.section.category),
    )
