"""An AI office, its two counsellors, a person with a plan, and a provider under a convention."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.plans.models import Measure as PlanMeasure
from accord.casework.plans.services import GoalWords, add_goal, add_measure
from accord.casework.plans.services import MeasureWords as PlanWords
from accord.kernel.clock import SWISS_TIME, frozen_at, today
from accord.kernel.database import acting_as
from accord.network.agreements.models import Agreement, Party
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution
from accord.purchasing.measures.models import IndividualMeasure, Mandate, OfficeCode
from accord.purchasing.measures.services import (
    MandateWords,
    MeasureWords,
    give_mandate,
    move_on,
    propose_measure,
    validate_measure,
)
from accord.purchasing.providers.models import Provider, TariffPosition
from scenarios import Colleague, avs_number, colleague, open_case, opened_to, person, programmes

_codes = itertools.cycle([f"3{number:02d}" for number in range(1, 28)])


@dataclass
class Office:
    """Anne proposes, Bruno validates, Chloé works for the provider."""

    anne: Colleague
    bruno: Colleague
    chloe: Colleague
    case: Case
    planned: dict[str, PlanMeasure]
    provider: Provider
    agreement: Agreement

    def words(self, kind: str = "advice", plan: str = "advice", **changed: Any) -> MeasureWords:
        return MeasureWords(
            **{
                "plan_measure": self.planned[plan].origin,
                "kind": kind,
                "title": "Coaching vers l’emploi",
                "since": today() + timedelta(days=5),
                "until": today() + timedelta(days=94),
                "amount": Decimal(5000),
                "objectives": ("Trouver un stage", "Tenir une demi-journée"),
                "appropriate": "Elle répond au but du plan.",
                "simple": "Il n’y a pas de moyen plus simple.",
                "adequate": "Le résultat vaut la dépense.",
            }
            | changed
        )


def around(kinds: tuple[str, ...] = ("advice", "early_intervention", "socio_professional")) -> Office:
    programmes()
    anne = colleague(kind=Kind.AI_OFFICE, last_name="Aubry")
    bruno = colleague(anne.institution, last_name="Bonvin")
    case = open_case(anne, about=person(anne.institution, avs_number=avs_number()))
    opened_to(case, anne.institution, *Category)
    with acting_as(anne.actor):
        goal = add_goal(by=anne.actor, case_id=case.pk, words=GoalWords("Travailler à 50 %"))
        planned = {
            kind: add_measure(
                by=anne.actor, case_id=case.pk, words=PlanWords(title=kind, goal=goal.origin, kind=kind)
            )
            for kind in kinds
        }
    provider, agreement, chloe = admitted(anne.institution)
    if not OfficeCode.objects.filter(institution=anne.institution).exists():
        OfficeCode.objects.create(institution=anne.institution, code=next(_codes))
    return Office(anne, bruno, chloe, case, planned, provider, agreement)


def admitted(
    office: Institution, *, ends_on: date | None = None, **fields: Any
) -> tuple[Provider, Agreement, Colleague]:
    """A provider with a convention in force, and somebody who works there."""
    chloe = colleague(None, Role.SECRETARY, kind=Kind.PROVIDER, last_name="Clerc")
    provider = Provider.objects.create(
        institution=chloe.institution, office=office, provider_kind="coach", offers="Coaching", **fields
    )
    agreement = Agreement.objects.create(
        number=f"CP-{chloe.institution.slug}",
        kind="provider",
        title="Coaching",
        owner=office,
        state="in_force",
        starts_on=today() - timedelta(days=300),
        ends_on=ends_on,
    )
    for house, role in ((office, "buyer"), (chloe.institution, "provider")):
        Party.objects.create(agreement=agreement, institution=house, role=role)
    for code, unit, price in (("905.500.5", "hour", 120), ("905.300.4", "day", 160)):
        TariffPosition.objects.create(
            agreement=agreement,
            code=code,
            unit=unit,
            label="Coaching",
            price=price,
            valid_from=agreement.starts_on,
        )
    return provider, agreement, chloe


def act(who: Colleague, verb: Any, **words: Any) -> Any:
    with acting_as(who.actor):
        return verb(by=who.actor, **words)


def proposed(office: Office, **changed: Any) -> IndividualMeasure:
    return act(office.anne, propose_measure, case_id=office.case.pk, words=office.words(**changed))


def validated(office: Office, **changed: Any) -> IndividualMeasure:
    return act(office.bruno, validate_measure, measure_id=proposed(office, **changed).pk)


def ordered(office: Office, measure: IndividualMeasure | None = None, **changed: Any) -> Mandate:
    words = MandateWords(
        **{"provider_id": office.provider.pk, "quantities": {"905.500.5": Decimal(20)}, "intensity": "low"}
        | changed
    )
    measure = measure or validated(office)
    return act(office.anne, give_mandate, measure_id=measure.pk, words=words)


@contextmanager
def days_later(days: int) -> Iterator[date]:
    """So many days later, after the worker's morning."""
    then = today() + timedelta(days=days)
    with frozen_at(datetime.combine(then, time(12), SWISS_TIME)):
        move_on(on=then)
        yield then
