"""Take a part in hand: one writer at a time."""

from __future__ import annotations

from uuid import UUID

from accord.casework.diagnosis.models import Section
from accord.casework.diagnosis.policies import sections_visible_to
from accord.kernel.actors import Actor


def lock_section(by: Actor, section_id: UUID) -> Section:
    """The part with its case, locked; Section.DoesNotExist when the actor may not know of it."""
    return (
        Section.objects.filter(sections_visible_to(by))
        .select_for_update(of=("self",))
        .select_related("case", "holder")
        .get(pk=section_id)
    )
