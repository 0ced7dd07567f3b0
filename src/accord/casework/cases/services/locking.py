"""Take a case in hand: one writer at a time, and only one that one may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from accord.casework.cases.models import Case, Record
from accord.casework.cases.policies import cases_visible_to, records_visible_to
from accord.kernel.actors import Actor
from accord.kernel.decisions import Decision

AnyRecord = TypeVar("AnyRecord", bound=Record)


def lock_case(by: Actor, case_id: UUID) -> Case:
    """The case, locked until the end of the transaction.

    Raises Case.DoesNotExist when the actor may not know of it.
    """
    query = Case.objects.select_for_update(of=("self",))
    if not by.is_worker:
        query = query.filter(cases_visible_to(by))
    return query.get(pk=case_id)


def lock_record(
    by: Actor, kind: type[AnyRecord], key: UUID, may: Callable[[Actor, AnyRecord], Decision]
) -> AnyRecord:
    """A record with its case, locked, once the policy has said yes.

    The policy comes first: row-level security hides from a lock what one may read and not change.
    Raises the model's DoesNotExist when the actor may not know of it, and Refused.
    """
    records = kind._default_manager.select_related("case")
    may(by, records.get(records_visible_to(by), pk=key)).require()
    return records.select_for_update(of=("self",)).get(pk=key)
