"""The review afterwards: justified or not, with a sentence."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.emergencies.enums import Outcome
from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.emergencies.policies import can_review, visible_to
from accord.casework.emergencies.rules import is_a_sentence
from accord.casework.emergencies.selectors import officers_at
from accord.casework.emergencies.services.alerting import tell_colleagues
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused


@transaction.atomic
def review_access(
    *, by: Actor, access_id: UUID, outcome: str, review: str, follow_up: str = ""
) -> EmergencyAccess:
    """Say whether the access was justified and why; the lead's officers and the colleague are told.

    Raises EmergencyAccess.DoesNotExist, and Refused: to anybody but another person, and a second time.
    """
    access = EmergencyAccess.objects.filter(visible_to(by)).get(pk=access_id)
    can_review(by, access).require()
    access = EmergencyAccess.objects.select_for_update(of=("self",)).get(pk=access_id)
    can_review(by, access).require()
    if outcome not in Outcome.values:
        raise Refused(_("Dites si l’accès était justifié."), field="outcome")
    if not is_a_sentence(review):
        raise Refused(
            _("Dites en une phrase d’au moins 20 caractères ce que vous constatez."), field="review"
        )
    if outcome == Outcome.NOT_JUSTIFIED and not follow_up.strip():
        raise Refused(_("Dites quelles suites vous donnez à cet accès."), field="follow_up")
    access.reviewed_at, access.reviewer_id = now(), by.user_id
    access.outcome, access.review, access.follow_up = outcome, review.strip(), follow_up.strip()
    access.save(update_fields=["reviewed_at", "reviewer", "outcome", "review", "follow_up"])
    record(
        by=by,
        verb="emergency_reviewed",
        subject_kind="emergency",
        subject_id=access.pk,
        subject_label=access.case_number,
        cases=[access.case_id],
        data={"outcome": outcome},
    )
    tell_colleagues("emergency.reviewed", access, access.institution_id, [access.user_id])
    if access.lead_id != access.institution_id:
        officers = officers_at([access.lead_id]).get(access.lead_id, [])
        tell_colleagues("emergency.reviewed", access, access.lead_id, officers)
    return access
