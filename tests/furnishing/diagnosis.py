"""The joint diagnosis, for the tests of the whole house."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.diagnosis.enums import CATEGORY_OF, Part
from accord.casework.diagnosis.models import Difference, Draft, Section, Version
from accord.casework.diagnosis.policies import sections_visible_to

WALLS = {
    Section: lambda actor: Q(sections_visible_to(actor)),
    Draft: records_visible_to,
    Version: records_visible_to,
    Difference: records_visible_to,
}


def furnish_world(world: Any, case: Case) -> None:
    """Two parts, one of them written, signed and contradicted."""
    Section.objects.create(case=case, part=Part.WORK)
    section = Section.objects.create(case=case, part=Part.SOCIAL, holder=world.anyone())

    def written() -> dict[str, Any]:
        return {"case": case, "section": section, "category": CATEGORY_OF[Part.SOCIAL]}

    def shared() -> dict[str, Any]:
        return written() | {"owner": world.anyone(), "audience": world.dice.choice(["circle", "person"])}

    Draft.objects.create(owner=section.holder, audience="own", **written())
    Version.objects.create(number=1, **shared())
    Difference.objects.create(number=1, text="x", **shared())
