"""Emergencies in the tests of the whole house."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case, WorkingCopy
from accord.casework.emergencies import policies
from accord.casework.emergencies.models import EmergencyAccess, EmergencyAttempt
from accord.foundation.accounts.models import User
from accord.kernel.clock import now, today
from accord.kernel.identifiers import new_id
from accord.network.institutions.models import Institution

WALLS = {EmergencyAccess: policies.visible_to}


def access_to(
    case: Case, at: Institution, user: User, *, hours: int = 4, since_hours: int = 0, **fields: Any
) -> EmergencyAccess:
    """An access as it stands in the table, without its disclosure."""
    begins = now() - timedelta(hours=since_hours)
    return EmergencyAccess.objects.create(
        id=fields.pop("id", new_id()),
        case=case,
        case_number=case.number,
        lead_id=case.lead_id,
        institution=at,
        user=user,
        reason="health",
        explanation="La personne ne répond plus et doit être trouvée.",
        categories=int(Category.IDENTITY),
        opened_at=begins,
        until=begins + timedelta(hours=hours),
        review_due_on=today() + timedelta(days=7),
        **fields,
    )


def furnish_world(world: Any, case: Case) -> None:
    """One access by somebody, whatever is disclosed."""
    user = User.objects.create_user(f"{uuid4().hex}@example.org")
    access_to(case, world.anyone(), user)
    EmergencyAttempt.objects.create(user_id=user.pk, institution_id=world.anyone().pk, case_id=case.pk)


OWNED = {"access_id", "copy_id"}
OPEN_TO_MEMBERS = {policies.looks_at_accesses}
STATE_REFUSES = {"emergencies:review": 403, "web:working-copy-file": 404}
"""The caseworker does not review, and a copy that is not ready has no file."""
NOT_A_PAGE = {"emergencies:letter", "web:case-print", "web:working-copy-file"}
BY = {"emergencies:reviews": "demo09@accord.example"}
PICTURES = {"urgence": "/urgences/"}


def furnish_scene(scene: Any) -> dict[str, object]:
    """An access to the scene's case, and a working copy of it that is being made."""
    case = Case.objects.get(pk=scene.arguments["case_id"])
    copy = WorkingCopy.objects.create(
        case=case,
        user=scene.ours.user,
        institution=scene.ours.institution,
        expires_at=now() + timedelta(hours=24),
    )
    return {
        "access_id": access_to(case, scene.ours.institution, scene.clerk.user).pk,
        "copy_id": copy.pk,
    }


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """An access of the caseworker's house, and a copy that she asked for."""
    return {
        "access_id": site.value(
            "select id from emergencies_emergencyaccess where institution_id = %s limit 1", house
        ),
        "copy_id": site.value(
            "insert into cases_workingcopy (id, case_id, user_id, institution_id, asked_at, expires_at, sentence)"
            " select gen_random_uuid(), %s, u.id, %s, now(), now() + interval '1 day', '' from accounts_user u"
            " where u.email = 'demo01@accord.example' returning id",
            case,
            house,
        ),
    }


MAY_REFUSE = {"emergencies:review"}
"""Those in charge of data protection review."""
