"""A case begins with the preparation of its announcement."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from accord.casework.cases.enums import CaseState, EventKind, ParticipantRole
from accord.casework.cases.models import Case, Participant
from accord.casework.cases.policies import can_open_draft
from accord.casework.cases.services.disclosing import tell_of_case
from accord.casework.cases.services.records import tell
from accord.casework.cases.services.stages import enter_first_stage
from accord.casework.cases.states import CASE
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.network.programmes.selectors import current_programme
from accord.people.persons.models import Person


def _next_number(prefix: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('cases_number')")
        (serial,) = cursor.fetchone()
    return f"{prefix}-{today().year}-{serial:05d}"


@transaction.atomic
def open_draft(
    *, by: Actor, programme_slug: str, person: Person, subject: str = "", region: str = ""
) -> Case:
    """Begin a case that only the preparing institution knows of, under the programme's current version."""
    can_open_draft(by).require()
    assert by.institution_id is not None
    programme = current_programme(programme_slug)
    case = Case.objects.create(
        number=_next_number(programme.number_prefix),
        programme=programme.slug,
        programme_version=programme.version,
        person=person,
        lead_id=by.institution_id,
        lead_user_id=by.user_id,
        announced_by_id=by.institution_id,
        subject=subject,
        region=region,
    )
    tell_of_case(case, by.institution_id)
    Participant.objects.create(
        case=case, institution_id=by.institution_id, role=ParticipantRole.LEAD, referent_id=by.user_id
    )
    enter_first_stage(case, programme)
    tell(by=by, case=case, kind=EventKind.CREATED)
    return case


def set_state(case: Case, state: CaseState) -> None:
    """Move the case as a whole along its table; raises ForbiddenTransition."""
    CASE.check(case.state, state)
    case.state = state
    if state == CaseState.OPEN and case.opened_at is None:
        case.opened_at = now()
    case.closed_at = now() if state == CaseState.CLOSED else None
    case.version += 1
    case.updated_at = now()
    case.save(update_fields=["state", "opened_at", "closed_at", "version", "updated_at"])


@transaction.atomic
def accept_case(*, by: Actor, case: Case, lead_id: UUID) -> Case:
    """The desk takes the announced case: it is open, and one institution leads it."""
    set_state(case, CaseState.OPEN)
    Participant.objects.filter(case=case, role=ParticipantRole.LEAD, left_at__isnull=True).exclude(
        institution_id=lead_id
    ).update(role=ParticipantRole.ANNOUNCER)
    Participant.objects.update_or_create(
        case=case,
        institution_id=lead_id,
        left_at__isnull=True,
        defaults={"role": ParticipantRole.LEAD},
        create_defaults={
            "role": ParticipantRole.LEAD,
            "case": case,
            "institution_id": lead_id,
            "referent_id": by.user_id if lead_id == by.institution_id else None,
        },
    )
    tell_of_case(case, lead_id)
    case.lead_id = lead_id
    case.lead_user_id = by.user_id if lead_id == by.institution_id else None
    case.save(update_fields=["lead", "lead_user"])
    tell(by=by, case=case, kind=EventKind.ACCEPTED)
    return case
