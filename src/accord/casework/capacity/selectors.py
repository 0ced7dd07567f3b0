"""Questions about the capacity for work, as far as the actor may read it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accord.casework.capacity.models import FunctionalSummary, IncapacityPeriod
from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor


def periods_of(actor: Actor, case: Case) -> QuerySet[IncapacityPeriod]:
    """Incapacity by source and day, without what was withdrawn."""
    return every_period_of(actor, case).filter(withdrawn_at__isnull=True)


def every_period_of(actor: Actor, case: Case) -> QuerySet[IncapacityPeriod]:
    """Incapacity by source and day, what was withdrawn, too."""
    return (
        IncapacityPeriod.objects.filter(records_visible_to(actor), case=case)
        .select_related("owner")
        .order_by("source_kind", "source_name", "since", "id")
    )


def period_for(actor: Actor, period_id: UUID) -> IncapacityPeriod:
    """One period with its case; IncapacityPeriod.DoesNotExist when the actor may not read it."""
    return (
        IncapacityPeriod.objects.filter(records_visible_to(actor))
        .select_related("case", "owner")
        .get(pk=period_id)
    )


def summaries_of(actor: Actor, case: Case) -> QuerySet[FunctionalSummary]:
    """Functional summaries, the latest first, each with the name of who published it."""
    return (
        FunctionalSummary.objects.filter(records_visible_to(actor), case=case)
        .select_related("owner")
        .prefetch_related(Prefetch("author", User.objects.only("first_name", "last_name")))
        .order_by("-created_at", "-id")
    )


def summary_of(actor: Actor, case: Case) -> FunctionalSummary | None:
    """The functional summary that holds now; None when none was published, or none may be read."""
    return summaries_of(actor, case).first()
