"""A new incapacity during a measure is clarified by the doctor (CII Valais)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.capacity.enums import Source
from accord.casework.capacity.models import IncapacityPeriod
from accord.casework.medical.models import ClarificationDue
from accord.casework.medical.policies import can_settle, held_or_told
from accord.casework.medical.services.passing import tell_colleagues
from accord.foundation.accounts.models import User
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused
from accord.kernel.identifiers import new_id
from accord.network.programmes.selectors import programme_for


def raise_clarification(by: Actor, period: IncapacityPeriod) -> None:
    """After an incapacity was noted: when it falls into a measure, the doctor of the case is asked to clarify.

    What the medical service itself says needs no clarification. Who noted it stands outside of the
    compartment, so the database writes the line in the owner’s name.
    """
    if period.source_kind == Source.MEDICAL_SERVICE:
        return
    case = period.case
    days = programme_for(case.programme, case.programme_version).parameters["medical_clarification_days"]
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from accord.raise_medical_clarification(%s, %s, %s)",
            [period.pk, new_id(), today() + timedelta(days=days)],
        )
        told = cursor.fetchall()
    for service_id, doctor_id in told:
        tell_colleagues(
            by=by,
            case=case,
            users=User.objects.filter(pk=doctor_id),
            institution_id=service_id,
            kind="medical.clarify",
            path=f"{reverse('medical:doctor')}#incapacites",
        )


@transaction.atomic
def settle_clarification(*, by: Actor, clarification_id: UUID, conclusion: str) -> ClarificationDue:
    """Say what the doctor found out; it stays inside the compartment."""
    due = ClarificationDue.objects.select_related("case").get(held_or_told(by), pk=clarification_id)
    can_settle(by, due).require()
    if not conclusion.strip():
        raise Refused(_("Dites en une phrase ce qui est éclairci."), field="conclusion")
    due = (
        ClarificationDue.objects.select_for_update(of=("self",))
        .select_related("case")
        .get(pk=clarification_id)
    )
    can_settle(by, due).require()
    due.conclusion, due.settled_at, due.settled_by_id = conclusion.strip(), now(), by.user_id
    due.save(update_fields=["conclusion", "settled_at", "settled_by"])
    record(
        by=by,
        verb="clarified",
        subject_kind="clarification",
        subject_id=due.pk,
        subject_label=due.case.number,
        cases=[due.case_id],
    )
    return due
