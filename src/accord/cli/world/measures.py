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
from accord.cli.world.accompanied import Course, accompany
from accord.cli.world.mandated import Follower
from accord.cli.world.network import Network
from accord.foundation.accounts.models import User
from accord.kernel.clock import SWISS_TIME, now, today
from accord.kernel.identifiers import avs_check_digit
from accord.network.agreements.enums import AgreementState
from accord.network.agreements.models import Agreement
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from accord.purchasing.measures.enums import MandateState, MeasureState, Outcome, Phase
from accord.purchasing.measures.models import (
    DecisionCounter,
    GoalAgreement,
    IndividualMeasure,
    Interruption,
    Mandate,
    MandatePosition,
    Objective,
    OfficeCode,
)
from accord.purchasing.measures.rules import decision_number, read_catalogue
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
REASONS = {
    MeasureState.STOPPED: "Emploi trouvé avant le terme.",
    MeasureState.REFUSED: "Un moyen plus simple mène au même but.",
    MeasureState.WITHDRAWN: "La personne a choisi une autre voie.",
}
BEFORE_VALIDATION = (MeasureState.PROPOSED, MeasureState.REFUSED, MeasureState.LAPSED)
MANDATES = {
    MeasureState.VALIDATED: MandateState.GIVEN,
    MeasureState.WITHDRAWN: MandateState.CANCELLED,
}
"""Where a mandate stands when its measure stands elsewhere."""
EARLY_CEILING = 20_000
"""CHF for early intervention (RAI art. 1octies)."""
MOST = 45
LONG = 60
"""Days after which a running measure has rested once."""


@dataclass(slots=True)
class Rows:
    """What is to be written, in the order in which it is."""

    measures: list[IndividualMeasure] = field(default_factory=list)
    interruptions: list[Interruption] = field(default_factory=list)
    mandates: list[Mandate] = field(default_factory=list)
    positions: list[MandatePosition] = field(default_factory=list)
    objectives: list[Objective] = field(default_factory=list)
    agreed: list[GoalAgreement] = field(default_factory=list)


def furnish(random: Random, network: Network) -> None:
    """Write measures for the plans of AI offices, with mandates to the providers of the demo."""
    offices = {house.pk: house for house in network.houses.values() if house.kind == Kind.AI_OFFICE}
    OfficeCode.objects.bulk_create(
        OfficeCode(institution=house, code=CODES[house.slug]) for house in offices.values()
    )
    writer, others = Writer(random, network, _conventions()), list(_planned(offices))
    for planned, office, course in accompany(network):
        writer.write(planned, office, course)
    for turn, (planned, office) in enumerate(others[:MOST]):
        state, begins, length = COURSES[turn % len(COURSES)]
        writer.write(planned, office, Course(planned.kind, state, begins, length, provider=turn + 1))
    writer.save()


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
        self.rows, self.follower = Rows(), Follower(random)
        self.serials: dict[UUID, int] = {}

    def write(self, planned: PlanMeasure, office: Institution, course: Course) -> None:
        """One measure and, once it is validated, its mandate."""
        case, since = planned.case, today() + timedelta(days=course.begins)
        until, state = since + timedelta(days=course.length), course.state
        stopped_on = since + timedelta(days=course.length // 2)
        is_german = case.region == "haut_valais"
        author, other = self._pair(office)
        kind = read_catalogue().kinds[KINDS[planned.kind]]
        conventions = self.conventions[office.pk]
        provider, agreement, position = conventions[course.provider % len(conventions)]
        quantity = _quantity(position, course.length, is_early=kind.phase == Phase.EARLY)
        is_validated = state not in BEFORE_VALIDATION
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
            amount=position.price * quantity,
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
            reason=REASONS.get(state, ""),
            validated_by=other if is_validated else None,
            validated_on=min(since, today()) - timedelta(days=4) if is_validated else None,
            **self._record(case, office, author, since),
        )
        self.rows.measures.append(measure)
        self._evaluate(measure)
        rests = self._rests(measure)
        if is_validated:
            mandate = self._order(measure, (provider, agreement, position, quantity))
            if mandate.state not in (MandateState.GIVEN, MandateState.CANCELLED):
                self.rows.agreed.append(GoalAgreement(mandate=mandate, at=mandate.created_at))
                self.follower.attend(mandate, rests)
            self.follower.report(mandate, is_german)

    def _evaluate(self, measure: IndividualMeasure) -> None:
        if measure.state in (MeasureState.ENDED, MeasureState.STOPPED):
            measure.goals = self.random.choice([Outcome.MET, Outcome.MET, Outcome.PARTLY, Outcome.NOT_MET])
            measure.evaluation = "Rythme repris, suite convenue avec la personne."
            measure.evaluated_at = now() - timedelta(days=2)

    def _rests(self, measure: IndividualMeasure) -> list[Interruption]:
        """The measure rests now; one that has run for long rested before, and was resumed."""
        begun = (today() - measure.since).days
        if measure.state == MeasureState.INTERRUPTED:
            found = [Interruption(measure=measure, since=today() - timedelta(days=8), why="absence")]
        elif measure.state == MeasureState.RUNNING and begun > LONG:
            first = measure.since + timedelta(days=20)
            found = [
                Interruption(measure=measure, since=first, until=first + timedelta(days=6), why="person")
            ]
        else:
            found = []
        self.rows.interruptions += found
        return found

    def _pair(self, office: Institution) -> tuple[User, User]:
        staff = self.network.staff[office.slug]
        author = self.random.choice(staff)
        return author, next((one for one in staff if one != author), staff[0])

    def _record(self, case: Case, office: Institution, author: User | None, since: date) -> dict[str, object]:
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

    def _typed_avs_number(self, serial: int) -> str:
        """Nobody had registered one: the counsellor asked for it when she ordered."""
        first_twelve = f"756{self.random.randrange(10**6):06d}{serial % 1000:03d}"
        return first_twelve + avs_check_digit(first_twelve)

    def _order(
        self, measure: IndividualMeasure, bought: tuple[Provider, Agreement, TariffPosition, Decimal]
    ) -> Mandate:
        provider, agreement, position, quantity = bought
        office, person = measure.owner, measure.case.person
        serial = self.serials[office.pk] = self.serials.get(office.pk, 0) + 1
        state = MeasureState(measure.state)
        mandate = Mandate(
            measure=measure,
            provider=provider,
            agreement=agreement,
            decision_number=decision_number(CODES[office.slug], today().year, serial),
            legal_article=read_catalogue().kinds[measure.kind].article,
            title=measure.title,
            place=provider.places.split(",")[0],
            counsellor=measure.author,
            since=measure.since,
            until=measure.until,
            intensity="medium" if position.unit == Unit.HOUR else "",
            hours_per_month=Decimal(12) if position.unit == Unit.HOUR else None,
            state=MANDATES.get(state, state),
            **{
                name: getattr(person, name)
                for name in (
                    "family_name", "given_names", "language", "street", "postal_code", "city", "phone", "email",
                )
            },
            avs_number=person.avs_number or self._typed_avs_number(serial),
            birth_date=f"{person.birth_date}-06-15"[:10],
            **self._record(measure.case, office, measure.author, measure.since),
        )  # fmt: skip
        self.rows.mandates.append(mandate)
        self.rows.positions.append(
            MandatePosition(
                mandate=mandate, code=position.code, unit=position.unit, label=position.label,
                price=position.price, quantity=quantity,
            )
        )  # fmt: skip
        self.rows.objectives += [
            Objective(mandate=mandate, position=number, text=text)
            for number, text in enumerate(measure.objectives, 1)
        ]
        return mandate

    def save(self) -> None:
        """Write all of it."""
        for name in Rows.__dataclass_fields__:
            rows = getattr(self.rows, name)
            if rows:
                type(rows[0])._default_manager.bulk_create(rows)
        self.follower.hand_in_papers(self.network, self.rows.mandates)
        self.follower.save()
        DecisionCounter.objects.bulk_create(
            DecisionCounter(office_id=office, year=today().year, last=last)
            for office, last in self.serials.items()
        )
        with connection.cursor() as cursor:
            cursor.execute("select setval('measures_receipt', %s)", [max(self.follower.receipts, 1)])


def _quantity(position: TariffPosition, days: int, *, is_early: bool) -> Decimal:
    """As much of a position as the days ask for; within the ceiling of early intervention."""
    asked = {
        Unit.CASE: 1, Unit.MONTH: -(-days // 30), Unit.WEEK: -(-days // 7), Unit.DAY: days * 4 // 7,
        Unit.HOUR: 12 * -(-days // 30),
    }[Unit(position.unit)]  # fmt: skip
    return Decimal(min(asked, int(EARLY_CEILING // position.price)) if is_early else asked)
