"""People whom an AI office of the demo accompanies itself, each with an agreed plan and the measures in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from accord.casework.cases.enums import CaseState
from accord.casework.cases.models import Case
from accord.casework.consents.services.granting import text_for
from accord.casework.plans.models import Goal, Justification, Measure, Plan, PlanSignature
from accord.cli.world.fates import Fate, History, write_histories
from accord.cli.world.histories import Teller
from accord.cli.world.network import Network
from accord.cli.world.people import invent_person
from accord.cli.world.plans import Rows, Writer
from accord.kernel.clock import now, today
from accord.network.institutions.models import Institution
from accord.network.programmes.selectors import current_programme
from accord.people.persons.models import Person
from accord.purchasing.measures.enums import MeasureState

FIRST_PERSON = 7000
"""Apart from the serials of the other people of the demo, so that nobody has the number of another."""


@dataclass(frozen=True, slots=True)
class Course:
    """What becomes of one measure: its kind in the plan, its state, first day from today and length in days."""

    kind: str
    state: MeasureState
    begins: int
    length: int
    provider: int = 0
    """Which of the office's conventions in force, by their number."""


GENEVA = (
    (
        Course("orientation", MeasureState.ENDED, -190, 110),
        Course("socio_professional", MeasureState.RUNNING, -70, 160),
    ),
    (
        Course("orientation", MeasureState.STOPPED, -150, 90),
        Course("socio_professional", MeasureState.RUNNING, -45, 130),
    ),
    (
        Course("orientation", MeasureState.REFUSED, -80, 60),
        Course("socio_professional", MeasureState.INTERRUPTED, -95, 150),
    ),
    (
        Course("orientation", MeasureState.ENDED, -160, 90),
        Course("retraining", MeasureState.VALIDATED, 9, 180),
    ),
    (Course("socio_professional", MeasureState.RUNNING, -75, 120),),
    (
        Course("advice", MeasureState.RUNNING, -50, 120, 3),
        Course("socio_professional", MeasureState.WITHDRAWN, 14, 90),
    ),
    (Course("socio_professional", MeasureState.PROPOSED, 12, 90),),
    (
        Course("orientation", MeasureState.LAPSED, -12, 60),
        Course("retraining", MeasureState.PROPOSED, 25, 120),
    ),
)
VALAIS = (
    (
        Course("orientation", MeasureState.ENDED, -180, 100),
        Course("socio_professional", MeasureState.RUNNING, -65, 150),
    ),
    (Course("socio_professional", MeasureState.INTERRUPTED, -70, 150, 1),),
    (
        Course("socio_professional", MeasureState.VALIDATED, 11, 90, 1),
        Course("orientation", MeasureState.STOPPED, -130, 80),
    ),
    (Course("socio_professional", MeasureState.PROPOSED, 15, 90),),
)
PLACES = {
    "oai-ge": ("cii-geneve", "oce-ge", "oai-ge", "ge", GENEVA),
    "oai-vs": ("cii-valais", "orp-sion", "bureau-cii-vs", "valais_central", VALAIS),
}
"""By office: programme, who announces, the desk, the region, and what becomes of the measures of each person."""


class LedByOffice(Teller):
    """A case that the AI office leads, come just past the plan."""

    leader: Institution

    def _lead(self) -> Institution:
        return self.leader

    def _reached(self) -> int:
        gates = [stage.gates for stage in self.programme.stages]
        return next((n for n, found in enumerate(gates, 1) if "plan.agreed" in found), len(gates) - 1)


class OwnPlan(Writer):
    """A plan with the measures that the courses ask for."""

    courses: tuple[Course, ...]

    def _measures(self, owner: Institution, goals: list[Goal]) -> Iterable[Measure]:
        kinds = {kind.key: kind for kind in self.programme.measures_offered_by(owner.kind)}
        for course in self.courses:
            measure = self._measure(owner, kinds[course.kind], goals[0])
            measure.since = today() + timedelta(days=course.begins)
            measure.until = measure.since + timedelta(days=course.length)
            yield measure


def accompany(network: Network) -> Iterator[tuple[Measure, Institution, Course]]:
    """Write the people, their cases and plans; gives each planned measure with what becomes of it."""
    random, first = Random(7), Case.objects.count() + 1  # noqa: S311 -- a fictional world, not a secret
    histories: list[History] = []
    rows, found = Rows(), []
    for slug, (programme_slug, _sender, _desk, _region, people) in PLACES.items():
        office, programme = network.houses[slug], current_programme(programme_slug)
        for courses in people:
            history = _history(random, network, slug, first + len(histories))
            histories.append(history)
            plan = OwnPlan(random, network, history.case, programme, [office], [], rows)
            plan.courses = courses
            before = len(rows.measures)
            plan.write(is_agreed=True)
            written = [row for row in rows.measures[before:] if row.until_number is None]
            written.sort(key=lambda row: [one.kind for one in courses].index(row.kind))
            found += [(row, office, course) for row, course in zip(written, courses, strict=True)]
    write_histories(histories)
    for model, made in (
        (Plan, rows.plans),
        (Goal, rows.goals),
        (Measure, rows.measures),
        (Justification, rows.justifications),
        (PlanSignature, rows.signatures),
    ):
        model._default_manager.bulk_create(made)  # type: ignore[arg-type]
    yield from found


def _history(random: Random, network: Network, slug: str, serial: int) -> History:
    programme_slug, sender, desk, region, _people = PLACES[slug]
    programme, office = current_programme(programme_slug), network.houses[slug]
    person = _insured(random, FIRST_PERSON + serial, network.houses[sender], region)
    fate = Fate(CaseState.OPEN, now() - timedelta(days=260 + serial % 7), 260)
    teller = LedByOffice(
        random,
        programme,
        person,
        network.houses[sender],
        network.houses[desk],
        [office] if desk != slug else [],
        {house.pk: network.staff[house.slug] for house in network.houses.values()},
        text_for(programme, person.language),
        now(),
        f"{programme.number_prefix}-{fate.begins.year}-{serial:05d}",
        region,
    )
    teller.leader = office
    return teller.tell(fate)


def _insured(random: Random, serial: int, at: Institution, region: str) -> Person:
    """Somebody of whom the number and the whole date of birth are known: invoices name both."""
    while True:
        person = invent_person(random, serial, at, region)
        if person.avs_number and len(person.birth_date) == len("1980-01-01"):
            return person
