"""A case of which one institution knows nothing, and the people around it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

import scenarios
from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.emergencies.services import Plea, break_glass
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role
from scenarios import Colleague

SENTENCE = "Elle a appelé et dit qu’elle va se faire du mal ce soir."


@dataclass
class Scene:
    """The lead with its case, and a social worker elsewhere who must act."""

    lead: Colleague
    lead_officer: Colleague
    social: Colleague
    officer: Colleague
    case: Case
    avs: str

    def plea(self, **changes: object) -> Plea:
        asked: dict[str, object] = {
            "number": self.case.number,
            "reason": "health",
            "explanation": SENTENCE,
            "categories": int(Category.IDENTITY | Category.SOCIAL),
            "hours": 4,
        } | changes
        return Plea(**asked)  # type: ignore[arg-type]

    def opened(self, **changes: object) -> EmergencyAccess:
        with acting_as(self.social.actor):
            return break_glass(by=self.social.actor, plea=self.plea(**changes))


@pytest.fixture
def scene(db: None) -> Scene:
    scenarios.programmes()
    lead = scenarios.colleague(None, Role.REFERENT, kind=Kind.AI_OFFICE)
    avs = scenarios.avs_number()
    about = scenarios.person(lead.institution, "Favre", "Claire", avs_number=avs)
    social = scenarios.colleague(kind=Kind.SOCIAL_AID)
    return Scene(
        lead=lead,
        lead_officer=scenarios.colleague(lead.institution, Role.DATA_PROTECTION),
        social=social,
        officer=scenarios.colleague(social.institution, Role.DATA_PROTECTION),
        case=scenarios.open_case(lead, about=about),
        avs=avs,
    )
