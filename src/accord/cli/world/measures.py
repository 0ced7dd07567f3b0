"""Individual measures of the demo, in every state, and what their providers sent in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.db import connection

from accord.casework.cases.enums import Audience, CaseState, Category
from accord.casework.cases.models import Case
from accord.casework.plans.models import Measure as PlanMeasure
from accord.cli.world.network import Network
from accord.foundation.accounts.models import User
from accord.kernel.clock import SWISS_TIME, now, today
from accord.network.agreements.enums import AgreementState
from accord.network.agreements.models import Agreement
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from accord.purchasing.measures.enums import MandateState, MeasureState, Outcome, Presence, ReportState
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
    OfficeCode,
    Report,
)
from accord.purchasing.measures.rules import decision_number, read_catalogue, receipt_number, reports_due
from accord.purchasing.providers.enums import Unit
from accord.purchasing.providers.models import Provider, TariffPosition

CODES = {"oai-ge": "325", "oai-vs": "323"}
KINDS = {
    "early_intervention": "mip_course",
    "advice": "advice",
    "socio_professional": "socio_professional",
    "orientation": "orientation",
    "placement": "placement",
    "trial_placement": "trial_placement",
    "initiation_allowance": "initiation_allowance",
    "retraining": "retraining",
}
COURSES = (
    (MeasureState.PROPOSED, 12, 90), (MeasureState.VALIDATED, 9, 80), (MeasureState.RUNNING, -40, 120),
    (MeasureState.RUNNING, -25, 90), (MeasureState.INTERRUPTED, -60, 150), (MeasureState.ENDED, -140, 120),
    (MeasureState.STOPPED, -100, 90), (MeasureState.PROPOSED, 20, 60), (MeasureState.RUNNING, -70, 80),
)  # fmt: skip
"""State, first day from today, and length in days; one after the other."""
OBJECTIVES = (
    ("Tenir une demi-journée, quatre jours par semaine", "Trouver un stage près de chez elle"),
    ("Einen halben Tag durchhalten, vier Tage pro Woche", "Einen Praktikumsplatz in der Nähe finden"),
)
ANSWERS = (
    (
        "Elle répond directement au but du plan.",
        "Aucun moyen plus simple ne mène au même but.",
        "Le résultat attendu vaut la dépense.",
    ),
    (
        "Sie dient unmittelbar dem Ziel im Plan.",
        "Kein einfacheres Mittel führt zum selben Ziel.",
        "Das erwartete Ergebnis ist die Kosten wert.",
    ),
)  # fmt: skip
REPORT = (
    (
        "Présence régulière ; le rythme a été augmenté deux fois.",
        "La demi-journée est tenue, un stage est en vue.",
        "Poursuivre jusqu’au terme prévu.",
    ),
    (
        "Regelmässig anwesend; das Pensum wurde zweimal erhöht.",
        "Der halbe Tag gelingt, ein Praktikum ist in Sicht.",
        "Bis zum vorgesehenen Ende weiterfahren.",
    ),
)  # fmt: skip
MOST = 45


@dataclass(slots=True)
class Rows:
    """What is to be written, in the order in which it is."""

    measures: list[IndividualMeasure] = field(default_factory=list)
    interruptions: list[Interruption] = field(default_factory=list)
    mandates: list[Mandate] = field(default_factory=list)
    positions: list[MandatePosition] = field(default_factory=list)
    objectives: list[Objective] = field(default_factory=list)
    agreed: list[GoalAgreement] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)


def furnish(random: Random, network: Network) -> None:
    """Write measures for the plans of AI offices, with mandates to the providers of the demo."""
    offices = {house.pk: house for house in network.houses.values() if house.kind == Kind.AI_OFFICE}
    OfficeCode.objects.bulk_create(
        OfficeCode(institution=house, code=CODES[house.slug]) for house in offices.values()
    )
    writer = Writer(random, network, _conventions())
    for course, (planned, office) in zip(_courses(), _planned(offices), strict=False):
        writer.write(planned, office, *course)
    writer.save()


def _courses() -> Iterator[tuple[MeasureState, int, int]]:
    for turn in range(MOST):
        yield COURSES[turn % len(COURSES)]


def _planned(offices: dict[UUID, Institution]) -> Iterator[tuple[PlanMeasure, Institution]]:
    """Planned measures of AI offices in open cases, one a person."""
    rows = PlanMeasure.objects.filter(
        owner__in=offices, kind__in=KINDS, until_number=None, case__state=CaseState.OPEN
    )
    seen: set[UUID] = set()
    for planned in rows.select_related("case__person").order_by("case__number", "id"):
        if planned.case.person_id not in seen:
            seen.add(planned.case.person_id)
            yield planned, offices[planned.owner_id]


def _conventions() -> dict[UUID, list[tuple[Provider, Agreement, TariffPosition]]]:
    """By office, the providers with a convention in force and their first position."""
    prices = {row.agreement_id: row for row in TariffPosition.objects.filter(TariffPosition.on(today()))}
    providers = {row.institution_id: row for row in Provider.objects.select_related("institution")}
    found: dict[UUID, list[tuple[Provider, Agreement, TariffPosition]]] = {}
    rows = Agreement.objects.filter(state=AgreementState.IN_FORCE, kind="provider").order_by("number")
    for agreement in rows.prefetch_related("parties"):
        for party in agreement.parties.all():
            if party.institution_id in providers and agreement.pk in prices:
                provider = providers[party.institution_id]
                found.setdefault(agreement.owner_id, []).append((provider, agreement, prices[agreement.pk]))
    return found


class Writer:
    """Writes measures one by one into rows, and the rows at once."""

    def __init__(
        self,
        random: Random,
        network: Network,
        conventions: dict[UUID, list[tuple[Provider, Agreement, TariffPosition]]],
    ) -> None:
        self.random, self.network, self.conventions = random, network, conventions
        self.rows = Rows()
        self.serials: dict[UUID, int] = {}
        self.receipts = 0

    def write(
        self, planned: PlanMeasure, office: Institution, state: MeasureState, begins: int, length: int
    ) -> None:
        """One measure and, once it is validated, its mandate."""
        case, since = planned.case, today() + timedelta(days=begins)
        until = since + timedelta(days=length)
        is_german = case.region == "haut_valais"
        author, other = self._pair(office)
        kind = read_catalogue().kinds[KINDS[planned.kind]]
        stopped_on = since + timedelta(days=length // 2)
        is_validated = state != MeasureState.PROPOSED
        measure = IndividualMeasure(
            person_id=case.person_id,
            plan_measure=planned.origin,
            kind=kind.key,
            phase=kind.phase,
            is_exclusive=kind.is_exclusive,
            title=planned.title,
            since=since,
            until=stopped_on if state == MeasureState.STOPPED else until,
            planned_until=until,
            amount=Decimal(self.random.choice([4200, 6800, 9600, 14400])),
            hours_per_day=Decimal(4),
            days_per_week=4,
            objectives=list(OBJECTIVES[is_german]),
            **dict(zip(("appropriate", "simple", "adequate"), ANSWERS[is_german], strict=True)),
            checks=[
                {"code": "beforehand", "outcome": "passed", "source": "RAI art. 78", "values": {}},
                {"code": "fitness_unknown", "outcome": "warning", "source": "LAI art. 8", "values": {}},
                {"code": "competition", "outcome": "passed", "source": "", "values": {"number": "0"}},
            ],
            state=state,
            reason="Emploi trouvé avant le terme." if state == MeasureState.STOPPED else "",
            validated_by=other if is_validated else None,
            validated_on=min(since, today()) - timedelta(days=4) if is_validated else None,
            **self._record(case, office, author, since),
        )
        if state in (MeasureState.ENDED, MeasureState.STOPPED):
            measure.goals = self.random.choice([Outcome.MET, Outcome.MET, Outcome.PARTLY, Outcome.NOT_MET])
            measure.evaluation = "Rythme repris, suite convenue avec la personne."
            measure.evaluated_at = now() - timedelta(days=2)
        self.rows.measures.append(measure)
        if state == MeasureState.INTERRUPTED:
            rest = Interruption(measure=measure, since=today() - timedelta(days=8), why="absence")
            self.rows.interruptions.append(rest)
        if is_validated and self.conventions.get(office.pk):
            self._order(measure, case, office, author, is_german)

    def _pair(self, office: Institution) -> tuple[User, User]:
        staff = self.network.staff[office.slug]
        author = self.random.choice(staff)
        return author, next((one for one in staff if one != author), staff[0])

    def _record(self, case: Case, office: Institution, author: User, since: date) -> dict[str, object]:
        at = min(now(), datetime.combine(since - timedelta(days=9), time(9, 30), SWISS_TIME))
        return {
            "case": case,
            "owner": office,
            "author": author,
            "category": Category.PLAN,
            "audience": Audience.PERSON,
            "created_at": at,
            "updated_at": at,
        }

    def _order(
        self, measure: IndividualMeasure, case: Case, office: Institution, author: User, is_german: bool
    ) -> None:
        turn = self.serials[office.pk] = self.serials.get(office.pk, 0) + 1
        conventions = self.conventions[office.pk]
        provider, agreement, position = conventions[turn % len(conventions)]
        person = case.person
        mandate = Mandate(
            measure=measure,
            provider=provider,
            agreement=agreement,
            decision_number=decision_number(CODES[office.slug], today().year, self.serials[office.pk]),
            legal_article=read_catalogue().kinds[measure.kind].article,
            title=measure.title,
            place=provider.places.split(",")[0],
            counsellor=author,
            since=measure.since,
            until=measure.until,
            intensity="medium" if position.unit == Unit.HOUR else "",
            hours_per_month=Decimal(12) if position.unit == Unit.HOUR else None,
            state=MandateState.GIVEN if measure.state == MeasureState.VALIDATED else measure.state,
            **{
                name: getattr(person, name)
                for name in (
                    "family_name", "given_names", "birth_date", "avs_number", "language", "street",
                    "postal_code", "city", "phone", "email",
                )
            },
            **self._record(case, office, author, measure.since),
        )  # fmt: skip
        self.rows.mandates.append(mandate)
        most = max(Decimal(1), (measure.amount / position.price).quantize(Decimal(1)) - 1)
        self.rows.positions.append(
            MandatePosition(
                mandate=mandate, code=position.code, unit=position.unit, label=position.label,
                price=position.price, quantity=most,
            )
        )  # fmt: skip
        self.rows.objectives += [
            Objective(mandate=mandate, position=number, text=text)
            for number, text in enumerate(measure.objectives, 1)
        ]
        if mandate.state != MandateState.GIVEN:
            self.rows.agreed.append(GoalAgreement(mandate=mandate, at=mandate.created_at))
            self._attend(mandate)
        self._report(mandate, is_german)

    def _attend(self, mandate: Mandate) -> None:
        """Four days a week, up to yesterday; less where hours are counted."""
        day, last = mandate.since, min(mandate.until, today() - timedelta(days=1))
        rests = [rest.since for rest in self.rows.interruptions if rest.measure is mandate.measure]
        while day <= last and not (rests and day >= rests[0]):
            if day.weekday() < (1 if mandate.hours_per_month else 4):
                is_there = self.random.random() > 0.08
                presence = (
                    Presence.PRESENT if is_there else self.random.choice([Presence.SICK, Presence.EXCUSED])
                )
                hours = Decimal(2 if mandate.hours_per_month else 4) if is_there else Decimal(0)
                self.rows.attendance.append(
                    Attendance(mandate=mandate, day=day, presence=presence, hours=hours)
                )
            day += timedelta(days=1)

    def _report(self, mandate: Mandate, is_german: bool) -> None:
        for due in reports_due(mandate.since, mandate.until, interim_percent=50, final_days_before=14):
            report = Report(mandate=mandate, kind=due.kind, due_on=due.on)
            self.rows.reports.append(report)
            if due.on < today() and self.random.random() < 0.8:
                report.course, report.progress, report.outlook = REPORT[is_german]
                late = self.random.choice([-3, -1, 0, 4])
                report.sent_at = min(
                    now(), datetime.combine(due.on + timedelta(days=late), time(15, 10), SWISS_TIME)
                )
                over = mandate.state in (MandateState.ENDED, MandateState.STOPPED)
                report.state = (
                    ReportState.ACCEPTED if over and self.random.random() < 0.7 else ReportState.SENT
                )
                self._receive(mandate, report)

    def _receive(self, mandate: Mandate, report: Report) -> None:
        self.receipts += 1
        assert report.sent_at is not None
        self.rows.deliveries.append(
            Delivery(
                number=receipt_number(today().year, self.receipts),
                channel="reports",
                institution_id=mandate.provider.institution_id,
                office=mandate.owner,
                mandate=mandate,
                report=report,
                title=str(report.get_kind_display()),
                at=report.sent_at,
                handled_at=now() if report.state == ReportState.ACCEPTED else None,
            )
        )

    def save(self) -> None:
        """Write all of it."""
        for name in Rows.__dataclass_fields__:
            rows = getattr(self.rows, name)
            if rows:
                type(rows[0])._default_manager.bulk_create(rows)
        DecisionCounter.objects.bulk_create(
            DecisionCounter(office_id=office, year=today().year, last=last)
            for office, last in self.serials.items()
        )
        with connection.cursor() as cursor:
            cursor.execute("select setval('measures_receipt', %s)", [max(self.receipts, 1)])
