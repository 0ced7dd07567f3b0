"""What mandates tell of a provider: the feed of its quality indicators."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from accord.kernel.clock import SWISS_TIME, today
from accord.purchasing.measures.enums import MandateState, Outcome, ReportState
from accord.purchasing.measures.models import Interruption, Mandate, Report
from accord.purchasing.providers.selectors import Share

OVER = (MandateState.ENDED, MandateState.STOPPED)


def reports_on_time(providers: Collection[UUID]) -> dict[UUID, Share]:
    """Of the reports whose day has come, those that were there by then."""
    due = Report.objects.filter(mandate__provider__in=providers, due_on__lt=today()).exclude(
        state=ReportState.WAIVED
    )
    rows = (
        due.annotate(sent_on=TruncDate("sent_at", tzinfo=SWISS_TIME))
        .order_by()
        .values("mandate__provider")
        .annotate(part=Count("pk", filter=Q(sent_on__lte=F("due_on"))), whole=Count("pk"))
    )
    return {row["mandate__provider"]: Share(row["part"], row["whole"]) for row in rows}


def without_interruption(providers: Collection[UUID]) -> dict[UUID, Share]:
    """Of the mandates that are over, those that neither rested nor stopped early."""
    rested = Exists(Interruption.objects.filter(measure=OuterRef("measure")))
    rows = (
        _over(providers)
        .annotate(rested=rested)
        .values("provider")
        .annotate(
            part=Count("pk", filter=Q(rested=False, state=MandateState.ENDED)),
            whole=Count("pk"),
        )
    )
    return {row["provider"]: Share(row["part"], row["whole"]) for row in rows}


def goals_met(providers: Collection[UUID]) -> dict[UUID, Share]:
    """Of the mandates that were evaluated, those whose goals were reached."""
    rows = (
        _over(providers)
        .exclude(measure__goals="")
        .values("provider")
        .annotate(part=Count("pk", filter=Q(measure__goals=Outcome.MET)), whole=Count("pk"))
    )
    return {row["provider"]: Share(row["part"], row["whole"]) for row in rows}


def _over(providers: Collection[UUID]) -> QuerySet[Mandate]:
    return Mandate.objects.filter(provider__in=providers, state__in=OVER).order_by()
