"""One part, its draft, its versions, one difference."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accord.casework.cases.policies import records_visible_to
from accord.casework.diagnosis.models import Difference, Draft, Section, Version
from accord.casework.diagnosis.policies import sections_visible_to
from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor


def section_for(actor: Actor, section_id: UUID) -> Section:
    """One part with its case; Section.DoesNotExist when the actor may not know of it."""
    return (
        Section.objects.filter(sections_visible_to(actor)).select_related("case", "holder").get(pk=section_id)
    )


def draft_of(actor: Actor, section: Section) -> Draft:
    """What the actor's institution is writing; a new draft begins with what was signed last."""
    own = Draft.objects.filter(section=section, owner_id=actor.institution_key).select_related("author")
    if found := own.first():
        return found
    latest = versions_of(actor, section).first()
    begun = latest.texts.by_prompt() if latest else {}
    return Draft(section=section, case=section.case, owner_id=actor.institution_key, version=0, **begun)


def versions_of(actor: Actor, section: Section) -> QuerySet[Version]:
    """What was signed, the latest first."""
    return every_version(actor).filter(section=section)


def every_version(actor: Actor) -> QuerySet[Version]:
    """Signed versions with who signed them, the latest first."""
    return (
        Version.objects.filter(records_visible_to(actor))
        .select_related("owner")
        .prefetch_related(Prefetch("author", User.objects.only("first_name", "last_name")))
        .order_by("-number")
    )


def difference_for(actor: Actor, difference_id: UUID) -> Difference:
    """One difference with its part; Difference.DoesNotExist when the actor may not read it."""
    return (
        Difference.objects.filter(records_visible_to(actor))
        .select_related("case", "owner", "section")
        .get(pk=difference_id)
    )
