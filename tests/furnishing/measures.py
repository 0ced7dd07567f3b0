"""Measures, mandates and what providers send in, for the tests of the whole house."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db.models import Q

from accord.casework.cases.enums import Audience
from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.kernel.clock import today
from accord.network.agreements.models import Agreement
from accord.purchasing.measures.models import (
    Attendance,
    DecisionCounter,
    Delivery,
    GoalAgreement,
    IndividualMeasure,
    Interruption,
    Mandate,
    MandatePosition,
    Objective,
    Report,
)
from accord.purchasing.measures.policies import (
    deliveries_visible_to,
    interruptions_visible_to,
    mandates_visible_to,
    of_visible_mandate,
    shared_with_provider,
)
from accord.purchasing.providers.models import Provider

WALLS = {
    IndividualMeasure: records_visible_to,
    Mandate: mandates_visible_to,
    MandatePosition: of_visible_mandate,
    Objective: of_visible_mandate,
    GoalAgreement: of_visible_mandate,
    Interruption: interruptions_visible_to,
    Attendance: shared_with_provider,
    Report: shared_with_provider,
    Delivery: deliveries_visible_to,
    DecisionCounter: lambda actor: Q(office_id=actor.institution_key),
}


def furnish_world(world: Any, case: Case) -> None:
    """A measure with its mandate to some institution, whatever the case tells it."""
    office, house = world.anyone(), world.anyone()
    provider, _new = Provider.objects.get_or_create(
        institution=house, defaults={"office": office, "provider_kind": "coach"}
    )
    agreement = Agreement.objects.create(
        number=uuid4().hex, kind="provider", title="x", owner=office, starts_on=today()
    )

    def written() -> dict[str, Any]:
        return {
            "case": case,
            "owner": office,
            "category": world.dice.choice([None, 8, 256]),
            "audience": world.dice.choice(Audience.values),
            "since": today(),
            "until": today() + timedelta(days=90),
            "title": "x",
        }

    measure = IndividualMeasure.objects.create(
        person=case.person, plan_measure=uuid4(), kind="advice", phase="rehabilitation",
        planned_until=today() + timedelta(days=90), amount=Decimal(1000), **written(),
    )  # fmt: skip
    mandate = Mandate.objects.create(
        measure=measure, provider=provider, agreement=agreement, legal_article="x",
        decision_number=f"3252026{world.dice.randrange(10**7):07d}", family_name="x", given_names="x",
        **written(),
    )  # fmt: skip
    MandatePosition.objects.create(
        mandate=mandate, code="905.500.5", unit="hour", label="x", price=1, quantity=1
    )
    Objective.objects.create(mandate=mandate, position=1, text="x")
    GoalAgreement.objects.create(mandate=mandate)
    Interruption.objects.create(measure=measure, since=today(), why="other")
    Attendance.objects.create(mandate=mandate, day=today(), presence="present", hours=1)
    report = Report.objects.create(mandate=mandate, kind="final", due_on=today())
    Delivery.objects.create(
        number=uuid4().hex[:20], channel="reports", institution=house, office=office, mandate=mandate,
        report=report, title="x",
    )  # fmt: skip
    DecisionCounter.objects.get_or_create(office=office, year=2026)
