"""What early detection, préavis and the second circle add to the worlds, scenes and pages of the tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q

from accord.casework.cases.enums import Audience
from accord.casework.cases.models import Case, CaseCircle
from accord.casework.cases.policies import in_visible_case, records_visible_to
from accord.casework.detection.models import Detection, Notice, NoticeParty
from accord.casework.detection.policies import parties_visible_to
from accord.kernel.clock import today

WALLS = {
    CaseCircle: lambda actor: Q(in_visible_case(actor)),
    Detection: records_visible_to,
    Notice: records_visible_to,
    NoticeParty: parties_visible_to,
}
OWNED = {"detection_id", "notice_id", "party_id"}
STATE_REFUSES = {
    "cases:second-circle": 403,
    "detection:reception": 403,
    "detection:notice": 403,
    "detection:letter": 403,
    "detection:letter-announcer": 403,
    "detection:decision": 403,
}
"""A case in preparation enters no second circle, and an employment office is no AI office."""


def furnish_world(world: Any, case: Case) -> None:
    """A second circle, a communication and a préavis with two parties, of some category and audience."""

    def written() -> dict[str, Any]:
        return {
            "case": case,
            "owner": world.anyone(),
            "category": world.dice.choice([None, 1 << 1, 1 << 4]),
            "audience": world.dice.choice(Audience.values),
        }

    CaseCircle.objects.create(case=case, programme="q", programme_version="1")
    Detection.objects.create(received_on=today(), due_on=today() + timedelta(days=30), **written())
    notice = Notice.objects.create(
        subject="pension", summary="x", sent_on=today(), objections_until=today(), **written()
    )
    NoticeParty.objects.create(notice=notice, case=case, kind="insured")
    NoticeParty.objects.create(notice=notice, case=case, kind="pension", institution=world.anyone())


def furnish_scene(scene: Any) -> dict[str, object]:
    """A communication and a préavis of the scene's own institution."""
    own = {
        "case_id": scene.arguments["case_id"],
        "owner": scene.ours.institution,
        "category": 1 << 1,
    }
    detection = Detection.objects.create(received_on=today(), due_on=today() + timedelta(days=30), **own)
    notice = Notice.objects.create(
        subject="pension", summary="x", sent_on=today(), objections_until=today(), **own
    )
    party = NoticeParty.objects.create(
        notice=notice, case_id=own["case_id"], kind="pension", institution=scene.ours.institution
    )
    return {"detection_id": detection.pk, "notice_id": notice.pk, "party_id": party.pk}


BY = {"detection:list": "demo02@accord.example"}
"""The AI office in Geneva."""
NOT_A_PAGE = {"detection:letter", "detection:letter-announcer"}
PICTURES = {"communications": "/detection/"}
