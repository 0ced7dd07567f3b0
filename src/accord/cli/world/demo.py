"""Build the demo world: some forty people, 300 open and 900 closed cases over three years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction

from accord.casework.cases.enums import CaseState
from accord.casework.cases.models import Case
from accord.casework.consents.services.granting import text_for
from accord.cli.world.fates import Fate, History, write_histories
from accord.cli.world.furnishing import FURNISHERS
from accord.cli.world.histories import Teller
from accord.cli.world.network import Network, build_network
from accord.cli.world.people import invent_person
from accord.kernel.clock import now
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution, Membership
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import current_programme
from accord.network.programmes.services import load_definitions
from accord.people.persons.models import Person

Progress = Callable[[int, int, str], None]
TROUBLES = ("expired",) * 14 + ("expiring",) * 12 + ("revoked",) * 10 + ("overdue",) * 30
CHUNK = 60
OTHERS = {
    "cii-geneve": (Kind.EMPLOYMENT_OFFICE, Kind.SOCIAL_AID, Kind.AI_OFFICE),
    "cii-valais": (Kind.AI_OFFICE, Kind.EMPLOYMENT_OFFICE, Kind.SOCIAL_AID, Kind.MEDICAL_SERVICE),
    "cii-plus": (Kind.INSURER_DAILY_LAMAL, Kind.INSURER_ACCIDENT, Kind.PENSION_FUND, Kind.INSURER_DAILY_LCA),
}


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody as whom one can sign in to the demo."""

    name: str
    institution: str
    role: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.name}, {self.institution} ({self.role}): {self.sentence}"


def personas() -> list[Persona]:
    """The people of the demo with a thing to try."""
    memberships = (
        Membership.objects.filter(until__isnull=True)
        .exclude(user__persona="")
        .select_related("user", "institution")
        .order_by("user__email", "since")
    )
    first: dict[Any, Membership] = {}
    for membership in memberships:
        first.setdefault(membership.user_id, membership)
    return [
        Persona(m.user.name, m.institution.short_name, str(m.get_role_display()), m.user.persona)
        for m in first.values()
    ]


def build_demo(
    *, progress: Progress, seed: int = 2026, open_cases: int = 300, closed_cases: int = 900
) -> None:
    """Generate the demo world from a seed. Nothing is written unless all of it is."""
    random = Random(seed)  # noqa: S311 -- a fictional world, not a secret
    with transaction.atomic():
        load_definitions()
        network = build_network(random)
        fates = _fates(random, now(), open_cases, closed_cases)
        for start in range(0, len(fates), CHUNK):
            chunk = fates[start : start + CHUNK]
            histories = [
                _history(random, network, fate, start + serial) for serial, fate in enumerate(chunk, 1)
            ]
            write_histories(histories)
            progress(min(start + CHUNK, len(fates)), len(fates), "cases")
        _twins(random, network)
        for furnish in FURNISHERS:
            furnish(random, network)
        with connection.cursor() as cursor:
            cursor.execute("select setval('cases_number', %s)", [Case.objects.count()])
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _fates(random: Random, at: datetime, open_cases: int, closed_cases: int) -> list[Fate]:
    """Closed cases over three years; open ones with their troubles; some still to be answered or sent."""
    fates = []
    for _ in range(closed_cases):
        days = min(900, max(25, round(random.lognormvariate(5.4, 0.55))))
        begins = at - timedelta(
            days=random.randint(days + 1, max(days + 2, 1095)), hours=random.randint(0, 9)
        )
        kind = random.choices([CaseState.CLOSED, CaseState.DECLINED, CaseState.EXPIRED], [88, 10, 2])[0]
        fates.append(Fate(kind, begins, days))
    for serial in range(open_cases):
        trouble = TROUBLES[serial] if serial < len(TROUBLES) else ""
        age = min(700, max(12, round(random.lognormvariate(4.9, 0.7))))
        state = CaseState.OPEN
        if serial >= open_cases - 34:
            state, age, trouble = CaseState.ANNOUNCED, random.randint(1, 28), ""
            if serial % 5 == 0:
                trouble = "asked_back"
        if serial >= open_cases - 10:
            state, age = CaseState.DRAFT, random.randint(0, 12)
        fates.append(Fate(state, at - timedelta(days=age, hours=random.randint(0, 9)), age, trouble))
    fates.sort(key=lambda fate: fate.begins)
    return fates


def _history(random: Random, network: Network, fate: Fate, serial: int) -> History:
    slug = random.choices(["cii-geneve", "cii-valais", "cii-plus"], [45, 40, 15])[0]
    programme = current_programme(slug)
    region = "ge"
    if slug == "cii-valais" or (slug == "cii-plus" and random.random() < 0.5):
        region = random.choices(["haut_valais", "valais_central", "bas_valais"], [30, 40, 30])[0]
    desk = network.of_kind(programme.desk.kind, region)[0]
    sender = _sender(random, network, programme, region, desk)
    others = _others(random, network, slug, region, {desk, sender})
    person = invent_person(random, serial, sender, region)
    return Teller(
        random,
        programme,
        person,
        sender,
        desk,
        others,
        {house.pk: network.staff[house.slug] for house in network.houses.values()},
        text_for(programme, person.language),
        now(),
        f"{programme.number_prefix}-{fate.begins.year}-{serial:05d}",
        region,
    ).tell(fate)


def _sender(
    random: Random, network: Network, programme: Programme, region: str, desk: Institution
) -> Institution:
    houses = [
        house
        for kind in programme.desk.announce_from
        for house in network.of_kind(kind, region)
        if house != desk
    ]
    return random.choice(houses)


def _others(
    random: Random, network: Network, slug: str, region: str, taken: set[Institution]
) -> list[Institution]:
    houses = [house for kind in OTHERS[slug] for house in network.of_kind(kind, region)[:1]]
    free = [house for house in houses if house not in taken]
    return random.sample(free, min(len(free), random.randint(1, 2)))


def _twins(random: Random, network: Network) -> None:
    """A few people whom two institutions registered, spelt a little differently."""
    people = list(Person.objects.filter(institution__slug__in=["oce-ge", "oai-ge"]).order_by("id")[:200])
    for twin in random.sample(people, min(12, len(people))):
        twin.pk = invent_person(random, 0, twin.institution, "ge").pk
        twin.institution = network.houses["hospice-ge" if twin.institution.slug == "oce-ge" else "oce-ge"]
        twin.family_name = twin.family_name.replace("é", "e").replace("ll", "l")
        twin.avs_number = ""
        twin._state.adding = True
        twin.save(force_insert=True)
