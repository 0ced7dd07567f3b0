"""End an access in an emergency before its time."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accord.casework.cases.models import Disclosure
from accord.casework.cases.services import end_disclosures
from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.emergencies.policies import can_end, visible_to
from accord.casework.emergencies.selectors import officers_at
from accord.casework.emergencies.services.alerting import tell_colleagues
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now

ENDED = "ended early"


@transaction.atomic
def end_access(*, by: Actor, access_id: UUID) -> EmergencyAccess:
    """Close the case again at this instant. Raises EmergencyAccess.DoesNotExist and Refused."""
    access = EmergencyAccess.objects.filter(visible_to(by)).get(pk=access_id)
    can_end(by, access).require()
    access = EmergencyAccess.objects.select_for_update(of=("self",)).get(pk=access_id)
    can_end(by, access).require()
    access.ended_at = now()
    access.save(update_fields=["ended_at"])
    end_disclosures(Disclosure.objects.filter(pk=access.pk), because=ENDED)
    record(
        by=by,
        verb="emergency_ended",
        subject_kind="emergency",
        subject_id=access.pk,
        subject_label=access.case_number,
        cases=[access.case_id],
    )
    for house, officers in officers_at([access.institution_id, access.lead_id]).items():
        tell_colleagues("emergency.ended", access, house, officers)
    return access
