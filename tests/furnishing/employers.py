"""Employers and contacts for the tests of the whole house."""

from __future__ import annotations

from typing import Any

from accord.casework.cases.enums import Audience
from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.employers.models import Employer, EmployerContact
from accord.casework.employers.rules import enterprise_key
from accord.kernel.clock import today

WALLS = {EmployerContact: records_visible_to}
OWNED = {"contact_id"}


def employer(by: Any, name: str = "Boulangerie du Rhône SA", city: str = "Sion", **fields: str) -> Employer:
    """An enterprise of the directory."""
    return Employer.objects.create(
        name=name, name_key=enterprise_key(name), city=city, registered_by=by, **fields
    )


def contact(case: Case, owner: Any, with_whom: Employer, **fields: Any) -> EmployerContact:
    """A planned contact to which the person agreed today."""
    given = {
        "planned_for": today(), "way": "phone", "about": "retain", "ground": "given", "consent_on": today(),
        "category": 8, "audience": Audience.PERSON,
    }  # fmt: skip
    return EmployerContact.objects.create(case=case, owner=owner, employer=with_whom, **{**given, **fields})


def furnish_world(world: Any, case: Case) -> None:
    known = employer(world.anyone())
    for _ in range(2):
        contact(
            case, world.anyone(), known,
            category=world.dice.choice([None, 1, 8, 256]), audience=world.dice.choice(Audience.values),
        )  # fmt: skip


def furnish_scene(scene: Any) -> dict[str, object]:
    house = scene.ours.institution
    case = Case.objects.get(pk=scene.arguments["case_id"])
    known = employer(house)
    return {"employer_id": known.pk, "contact_id": contact(case, house, known).pk}


def things(site: Any, house: Any, case: Any) -> dict[str, object]:
    planned = "select id from employers_employercontact where owner_id = %s and state = 'open' limit 1"
    return {
        "employer_id": site.value("select id from employers_employer order by name limit 1"),
        "contact_id": site.value(planned, house),
    }


PICTURES = {"employeurs": "/employeurs/"}
