"""Mandates by what is known of them, for the office and for the provider's space."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accord.casework.cases.models import Case
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.kernel.pages import Page, page_of
from accord.purchasing.measures.enums import MandateState, ReportState
from accord.purchasing.measures.models import Delivery, Mandate, Report
from accord.purchasing.measures.policies import (
    deliveries_visible_to,
    mandates_given_to,
    mandates_visible_to,
    shared_with_provider,
)
from accord.purchasing.providers.models import Provider

OWED = (ReportState.AWAITED, ReportState.ASKED_BACK)
RUNNING = (MandateState.RUNNING, MandateState.INTERRUPTED)
OVER = (MandateState.ENDED, MandateState.STOPPED, MandateState.CANCELLED)
SHELVES = ("nouveaux", "en-cours", "a-rapporter", "termines")


def mandates_of(actor: Actor) -> QuerySet[Mandate]:
    """Every mandate that the actor may read."""
    mandates = Mandate.objects.select_related("provider__institution", "agreement", "owner")
    return mandates if actor.is_worker else mandates.filter(mandates_visible_to(actor))


def mandate_by_decision(actor: Actor, number: str) -> Mandate | None:
    """The mandate of a decision of 14 digits, typed with or without dots."""
    digits = number.replace(".", "").replace(" ", "")
    return mandates_of(actor).filter(decision_number=digits).first() if len(digits) == 14 else None


def mandates_by_decision(actor: Actor, number: str, avs_number: str) -> list[Mandate]:
    """The mandates of a person under a number; one of six digits stands for several persons."""
    digits = number.replace(".", "").replace(" ", "")
    found = mandates_of(actor).filter(decision_number=digits, avs_number=avs_number)
    return list(found.order_by("since", "id"))


def mandate_for(actor: Actor, mandate_id: UUID) -> Mandate:
    """One mandate as the office and its circle read it; Mandate.DoesNotExist for anybody else's."""
    return mandates_of(actor).select_related("measure", "case", "counsellor").get(pk=mandate_id)


def given_mandate(actor: Actor, mandate_id: UUID) -> Mandate:
    """One mandate of the actor's own institution as a provider; Mandate.DoesNotExist for any other."""
    mandates = Mandate.objects.filter(mandates_given_to(actor))
    return (
        mandates.select_related("provider__institution", "owner", "counsellor", "agreement", "goal_agreement")
        .prefetch_related("positions", "objectives")
        .get(pk=mandate_id)
    )


def given_mandates(actor: Actor, shelf: str, *, after: str = "", before: str = "") -> Page[Mandate]:
    """One page of a shelf of the provider's space, the most urgent first; of what is over, the last first."""
    owed = Report.objects.filter(mandate=OuterRef("pk"), state__in=OWED)
    mandates = (
        Mandate.objects.filter(mandates_given_to(actor))
        .select_related("owner")
        .annotate(owes=Exists(owed.filter(due_on__lte=today())))
    )
    match shelf:
        case "nouveaux":
            mandates = mandates.filter(state=MandateState.GIVEN)
        case "a-rapporter":
            mandates = mandates.filter(Exists(owed)).exclude(state=MandateState.CANCELLED)
        case "termines":
            mandates = mandates.filter(state__in=OVER)
        case _:
            mandates = mandates.filter(state__in=RUNNING)
    return page_of(
        mandates,
        instant="since" if shelf == "nouveaux" else "until",
        oldest_first=shelf != "termines",
        after=after,
        before=before,
    )


def shelf_counts(actor: Actor) -> dict[str, int]:
    """How many mandates lie on each shelf, in one query."""
    owed = Report.objects.filter(mandate=OuterRef("pk"), state__in=OWED)
    rows = Mandate.objects.filter(mandates_given_to(actor)).annotate(owes=Exists(owed))
    found = rows.aggregate(
        new=Count("id", filter=Q(state=MandateState.GIVEN)),
        running=Count("id", filter=Q(state__in=RUNNING)),
        owing=Count("id", filter=Q(owes=True) & ~Q(state=MandateState.CANCELLED)),
        over=Count("id", filter=Q(state__in=OVER)),
    )
    return dict(zip(SHELVES, found.values(), strict=True))


def own_provider(actor: Actor) -> Provider | None:
    """The provider that the actor's institution is, once it was admitted."""
    return Provider.objects.filter(institution_id=actor.institution_key).select_related("office").first()


def reports_of(actor: Actor, mandate: Mandate) -> list[Report]:
    """The reports of a mandate by their day, for the office and its provider only."""
    rows = Report.objects.filter(shared_with_provider(actor), mandate=mandate)
    return list(rows.select_related("document").order_by("due_on", "id"))


def report_for(actor: Actor, report_id: UUID) -> Report:
    """One report; Report.DoesNotExist for whom it is not meant."""
    rows = Report.objects.filter(shared_with_provider(actor))
    return rows.select_related("mandate__provider", "mandate__owner", "document").get(pk=report_id)


def deliveries_of(actor: Actor, *, after: str = "", before: str = "") -> Page[Delivery]:
    """Receipts of what one's institution handed in or received, the newest first."""
    rows = Delivery.objects.filter(deliveries_visible_to(actor))
    rows = rows.select_related("office", "institution", "mandate", "document")
    return page_of(rows, instant="at", after=after, before=before)


def delivery_for(actor: Actor, delivery_id: UUID) -> Delivery:
    """One receipt; Delivery.DoesNotExist for whom it is not meant."""
    rows = Delivery.objects.filter(deliveries_visible_to(actor))
    return rows.select_related("office", "institution", "mandate", "document", "author").get(pk=delivery_id)


def reports_to_read(actor: Actor, case: Case) -> list[Report]:
    """Reports about the person of a case that her counsellor has not settled yet."""
    rows = Report.objects.filter(
        mandate__owner_id=actor.institution_key, mandate__case=case, state=ReportState.SENT
    )
    return list(rows.select_related("mandate").order_by("sent_at", "id"))
