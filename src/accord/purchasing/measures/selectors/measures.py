"""Individual measures, as far as the actor may read them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.cases.selectors.conditions import shown_name
from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor
from accord.kernel.pages import Page, page_of
from accord.purchasing.measures.enums import MeasureState
from accord.purchasing.measures.models import IndividualMeasure, Mandate
from accord.purchasing.measures.policies import mandates_visible_to

UNDER_WAY = (MeasureState.VALIDATED, MeasureState.RUNNING, MeasureState.INTERRUPTED)
NAMES = User.objects.only("first_name", "last_name")


def measures_visible(actor: Actor) -> QuerySet[IndividualMeasure]:
    """Every measure that the actor may read, with its case and who proposed and validated it."""
    return (
        IndividualMeasure.objects.filter(records_visible_to(actor))
        .select_related("case", "owner")
        .prefetch_related(Prefetch("author", NAMES), Prefetch("validated_by", NAMES), "interruptions")
    )


def measure_for(actor: Actor, measure_id: UUID) -> IndividualMeasure:
    """One measure; IndividualMeasure.DoesNotExist when the actor may not know of it."""
    return measures_visible(actor).get(pk=measure_id)


def measures_of(actor: Actor, case: Case) -> list[IndividualMeasure]:
    """The measures of a case with their mandates, the latest first."""
    mandates = Mandate.objects.filter(mandates_visible_to(actor)).select_related("provider__institution")
    rows = measures_visible(actor).filter(case=case)
    return list(rows.prefetch_related(Prefetch("mandates", mandates)).order_by("-since", "-id"))


def measures_shelf(actor: Actor, shelf: str, *, after: str = "", before: str = "") -> Page[IndividualMeasure]:
    """One page of the measures of the office: to validate, under way, or over, with whose they are."""
    own = measures_visible(actor).filter(owner_id=actor.institution_key)
    own = own.annotate(person_name=shown_name(actor, "case__person_id"))
    if shelf == "en-cours":
        own = own.filter(state__in=UNDER_WAY)
    elif shelf == "terminees":
        own = own.exclude(state__in=[MeasureState.PROPOSED, *UNDER_WAY])
    else:
        own = own.filter(state=MeasureState.PROPOSED)
    return page_of(
        own,
        instant="until" if shelf else "since",
        oldest_first=shelf != "terminees",
        after=after,
        before=before,
    )
