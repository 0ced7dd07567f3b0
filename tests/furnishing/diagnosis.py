"""The joint diagnosis, for the tests of the whole house."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.diagnosis.enums import CATEGORY_OF, Part
from accord.casework.diagnosis.models import Difference, Draft, Section, Version
from accord.casework.diagnosis.policies import sections_visible_to
from accord.casework.diagnosis.rules import Texts
from accord.casework.diagnosis.services import claim_section, note_difference, save_draft, sign_section
from accord.kernel.clock import now
from accord.network.institutions.models import Institution
from scenarios import opened_to

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


OWNED = {"section_id", "difference_id"}
STATE_REFUSES = {"diagnosis:differences": 403, "diagnosis:answer": 403}
"""Nobody contradicts a part of one's own, and the other's is answered by who holds it."""


def furnish_scene(scene: Any) -> dict[str, object]:
    """A part of the scene's institution, signed, and another's on which ours differs."""
    by, case_id = scene.ours.actor, scene.arguments["case_id"]
    ours, desk = scene.ours.institution, Institution.objects.get(slug="desk")
    case = Case.objects.get(pk=case_id)
    opened_to(case, ours, *CATEGORY_OF.values())
    section = claim_section(by=by, case_id=case_id, part=Part.WORK)
    draft = save_draft(by=by, section_id=section.pk, version=0, texts=Texts(known="Douze ans."))
    sign_section(by=by, section_id=section.pk, version=draft.version)
    theirs = Section.objects.create(
        case=case, part=Part.PERSON, holder=desk, signed_by=desk, number=1, signed_at=now(), state="signed"
    )
    difference = note_difference(by=by, section_id=theirs.pk, text="Un autre avis.")
    return {"section_id": section.pk, "difference_id": difference.pk, "part": Part.TRAINING.value}


PICTURES = {"diagnosis": "/dossiers/{case_id}/?panneau=diagnostic"}


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """A signed part of the demo's house, and a difference; those who may not answer it get their 403."""
    signed = "select id from diagnosis_section where holder_id = %s and state = 'signed' limit 1"
    return {
        "section_id": site.value(signed, house),
        "difference_id": site.value("select id from diagnosis_difference where owner_id = %s limit 1", house),
        "part": Part.WORK.value,
    }


MAY_REFUSE = {"diagnosis:answer", "diagnosis:differences"}
"""Another house holds the part."""
