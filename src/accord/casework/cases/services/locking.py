"""Take a case in hand: one writer at a time, and only one that one may see."""

from __future__ import annotations

from uuid import UUID

from accord.casework.cases.models import Case
from accord.casework.cases.policies import cases_visible_to
from accord.kernel.actors import Actor


def lock_case(by: Actor, case_id: UUID) -> Case:
    """The case, locked until the end of the transaction.

    Raises Case.DoesNotExist when the actor may not know of it.
    """
    query = Case.objects.select_for_update(of=("self",))
    if not by.is_worker:
        query = query.filter(cases_visible_to(by))
    return query.get(pk=case_id)
