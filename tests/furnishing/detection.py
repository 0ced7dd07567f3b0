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


OFFICE = "demo02@accord.example"
BY = {
    f"detection:{name}": OFFICE
    for name in ("list", "interview", "interview-held", "answer", "application", "position", "decision")
}
"""The AI office in Geneva."""
NOT_A_PAGE = {"detection:letter", "detection:letter-announcer", "detection:reception", "detection:notice"}
"""Two letters; and two forms that only an AI office opens, in a case of its own (`test_screens`)."""
PICTURES = {"communications": "/detection/"}
HOUSE = (
    "select m.institution_id from institutions_membership m join accounts_user u on u.id = m.user_id"
    " where u.email = %s order by m.since limit 1"
)
TO_ANSWER = "select id from detection_detection where answered_on is null and owner_id = %s limit 1"
SERVED = "select id from detection_notice where decided_on is null and owner_id = %s limit 1"
INSURED = "select id from detection_noticeparty where notice_id = %s and institution_id is null limit 1"


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """What waits on the desk of the AI office in Geneva."""
    office = site.value(HOUSE, OFFICE)
    notice = site.value(SERVED, office)
    return {
        "detection_id": site.value(TO_ANSWER, office),
        "notice_id": notice,
        "party_id": site.value(INSURED, notice),
    }
