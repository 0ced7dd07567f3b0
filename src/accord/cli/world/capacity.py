"""Incapacity by source and functional summaries in the demo: believable, invented, without any diagnosis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.db.models import Q

from accord.casework.capacity.models import FunctionalSummary, IncapacityPeriod
from accord.casework.capacity.rules import Limitation
from accord.casework.cases.enums import CaseState, Category
from accord.casework.cases.models import Case, Participant
from accord.cli.world.network import Network
from accord.kernel.clock import now, today
from accord.network.institutions.enums import Kind

DOCTORS = ("Dre Rey", "Dr Moret", "Dre Fournier", "Dr Berthod", "Dre Salamin", "Dr Kuonen")
INSURERS = ("Dr Bagnoud (Helvia)", "Dre Studer (Mutuelle Léman)", "Dr Perren (Alpina)")
COURSES = (
    ((100, 53), (85, 40), (70, 19), (50, None)),
    ((100, 90), (50, 60), (30, None)),
    ((100, None),),
    ((50, 45), (100, 30), (50, None)),
    ((100, 12), (0, 20), (100, 9), (60, None)),
    ((100, 60), (50, 30)),
)
"""Rates with their days; None is an open end."""
LIMITATIONS = (
    Limitation("load", "Ne porte pas plus de 5 kg.", True),
    Limitation("posture", "Alterne les positions assise et debout.", True),
    Limitation("hours", "Pas d’horaires de nuit.", False),
    Limitation("endurance", "Une pause de dix minutes toutes les deux heures.", False),
    Limitation("attention", "Une tâche à la fois, consignes écrites.", False),
    Limitation("hands", "Pas de gestes répétés au-dessus des épaules.", True),
    Limitation("relations", "Pas de contact continu avec la clientèle au début.", False),
)
LIMITATIONS_DE = (
    Limitation("load", "Hebt nicht mehr als 5 kg.", True),
    Limitation("posture", "Wechselt zwischen Sitzen und Stehen.", True),
    Limitation("endurance", "Alle zwei Stunden zehn Minuten Pause.", False),
)
EXPECTATIONS = "Une activité adaptée est exigible à ce taux, avec une reprise par paliers de quatre semaines."
EXPECTATIONS_DE = "Eine angepasste Tätigkeit ist in diesem Umfang zumutbar, mit Steigerung alle vier Wochen."
CONDITIONS = "Commencer à mi-temps et refaire le point après six semaines."
CONDITIONS_DE = "Mit halbem Pensum beginnen und nach sechs Wochen Bilanz ziehen."
PUBLISHERS = (Kind.MEDICAL_SERVICE, Kind.AI_OFFICE)


def furnish(random: Random, network: Network) -> None:
    """Two cases out of three have incapacity, some of several sources; half of those a functional summary."""
    cases = Case.objects.filter(state=CaseState.OPEN).select_related("person").order_by("number")
    houses: dict[UUID, list[Participant]] = {}
    for found in (
        Participant.objects.filter(left_at__isnull=True, case__state=CaseState.OPEN)
        .filter(~Q(institution__kind=Kind.SOCIAL_AID))
        .select_related("institution")
        .order_by("joined_at", "id")
    ):
        houses.setdefault(found.case_id, []).append(found)
    periods: list[IncapacityPeriod] = []
    summaries: list[FunctionalSummary] = []
    for case in cases:
        if case.pk not in houses or random.random() > 0.66:
            continue
        periods += _incapacity(random, case, houses[case.pk])
        publishers = [p for p in houses[case.pk] if p.institution.kind in PUBLISHERS]
        if publishers and random.random() < 0.6:
            summaries += _summaries(random, case, publishers[-1])
    IncapacityPeriod.objects.bulk_create(periods)
    FunctionalSummary.objects.bulk_create(summaries)


def _incapacity(random: Random, case: Case, houses: list[Participant]) -> Iterator[IncapacityPeriod]:
    begun = today() - timedelta(days=random.randint(60, 260))
    cause = random.choice(["sickness", "sickness", "accident", "unknown"])
    yield from _course(random, case, houses[0], "treating_doctor", random.choice(DOCTORS), begun, cause)
    if random.random() < 0.45:
        later = begun + timedelta(days=random.randint(10, 40))
        yield from _course(random, case, houses[-1], "insurer_doctor", random.choice(INSURERS), later, cause)
    if random.random() < 0.15:
        yield from _course(random, case, houses[0], "employer", "Dernier employeur", begun, "unknown")


def _course(
    random: Random, case: Case, house: Participant, kind: str, name: str, begun: date, cause: str
) -> Iterator[IncapacityPeriod]:
    for rate, days in random.choice(COURSES):
        until = begun + timedelta(days=days - 1) if days else None
        yield IncapacityPeriod(
            case=case,
            owner_id=house.institution_id,
            author_id=house.referent_id,
            category=Category.CAPACITY,
            source_kind=kind,
            source_name=name,
            rate=rate,
            since=begun,
            until=until,
            cause=cause,
        )
        if until is None:
            return
        begun = until + timedelta(days=1)


def _summaries(random: Random, case: Case, house: Participant) -> Iterator[FunctionalSummary]:
    is_german = house.institution.short_name.startswith(("RAV", "SMZ")) or case.person.language == "de"
    limitations = random.sample(LIMITATIONS_DE if is_german else LIMITATIONS, random.randint(1, 3))
    for age in sorted(random.sample(range(5, 120), random.choice([1, 1, 2])), reverse=True):
        fitness = random.choice(["yes", "conditional", "conditional", "no", "unknown"])
        since = today() - timedelta(days=age)
        yield FunctionalSummary(
            case=case,
            owner_id=house.institution_id,
            author_id=house.referent_id,
            category=Category.CAPACITY,
            audience="person",
            created_at=now() - timedelta(days=age),
            updated_at=now() - timedelta(days=age),
            published_as="doctor" if house.institution.kind == Kind.MEDICAL_SERVICE else "caseworker",
            usual_time=0,
            usual_performance=0,
            usual_since=since,
            adapted_time=random.choice([40, 50, 60, 80]),
            adapted_performance=random.choice([80, 90, 100]),
            adapted_since=since,
            limitations=[asdict(limitation) for limitation in limitations],
            expectations=EXPECTATIONS_DE if is_german else EXPECTATIONS,
            fitness=fitness,
            conditions=(CONDITIONS_DE if is_german else CONDITIONS) if fitness == "conditional" else "",
        )
