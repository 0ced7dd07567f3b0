"""The network of the bench world: who meets in a case, and who works where."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from uuid import UUID

from accord.cli.world import names
from accord.cli.world.loading import Table
from accord.foundation.accounts.models import User
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution, Membership
from accord.network.programmes.models import ProgrammeMember
from accord.network.programmes.rules import Programme

UNUSABLE = "!"
CASES_OF_A_COLLEAGUE = 400
PILOT = 5_000
SHARES = {"cii-geneve": 45, "cii-valais": 40, "cii-plus": 15}
HOUSES = (
    (Kind.AI_OFFICE, "Office AI", 12, 2.1),
    (Kind.CII_OFFICE, "Bureau CII", 6, 1.6),
    (Kind.EMPLOYMENT_OFFICE, "Office de placement", 100, 1.15),
    (Kind.SOCIAL_AID, "Aide sociale", 130, 0.95),
    (Kind.INSURER_DAILY_LAMAL, "Assureur LAMal", 20, 0.9),
    (Kind.INSURER_DAILY_LCA, "Assureur LCA", 10, 0.9),
    (Kind.INSURER_ACCIDENT, "Assureur-accidents", 8, 0.9),
    (Kind.PENSION_FUND, "Caisse de pension", 14, 0.7),
)
"""Kind, name, how many, and how unequal they are: the n-th has 1/n to this power of the first one's cases."""
SENDERS = (Kind.EMPLOYMENT_OFFICE,) * 6 + (Kind.SOCIAL_AID,) * 3 + (Kind.AI_OFFICE,)
INSURERS = (Kind.INSURER_DAILY_LAMAL,) * 4 + (Kind.INSURER_DAILY_LCA,) * 2 + (Kind.PENSION_FUND,)
OTHERS = (Kind.SOCIAL_AID,) * 4 + (Kind.EMPLOYMENT_OFFICE,) * 5 + (Kind.AI_OFFICE,)
OTHERS_PLUS = (Kind.INSURER_ACCIDENT, Kind.PENSION_FUND, Kind.INSURER_DAILY_LCA, Kind.EMPLOYMENT_OFFICE)
HOW_MANY_OTHERS = (0, 0, 0, 0, 0, 1, 1, 1, 1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class House:
    """An institution, and those who work on cases there."""

    id: str
    kind: str
    name: str
    slug: str
    staff: list[str] = field(default_factory=list)

    def someone(self, random: Random) -> str:
        """One of its colleagues."""
        return self.staff[int(random.random() * len(self.staff))]


@dataclass(frozen=True, slots=True)
class Circle:
    """Who meets in one case."""

    programme: Programme
    sender: House
    desk: House
    others: tuple[House, ...]

    @property
    def parties(self) -> tuple[House, ...]:
        """Each of them once, the sender first."""
        return tuple(dict.fromkeys((self.sender, self.desk, *self.others)))


class Network:
    """Three hundred institutions by kind, drawn as unequally as they are in life."""

    def __init__(self, random: Random, programmes: list[Programme]) -> None:
        self._programmes = programmes
        self._shares = list(accumulate(SHARES[programme.slug] for programme in programmes))
        self._houses: dict[str, list[House]] = {}
        self._cumulated: dict[str, list[float]] = {}
        for kind, name, number, steepness in HOUSES:
            self._houses[kind] = [
                House(_key(random), kind, f"{name} {n}", f"{kind.replace('_', '-')}-{n}")
                for n in range(1, number + 1)
            ]
            self._cumulated[kind] = list(accumulate(n**-steepness for n in range(1, number + 1)))

    def circle(self, random: Random) -> Circle:
        """The institutions of one case."""
        programme = self._programmes[bisect(self._shares, random.random() * self._shares[-1])]
        plus = programme.slug == "cii-plus"
        others = OTHERS_PLUS if plus else OTHERS
        return Circle(
            programme,
            self._one(random, random.choice(INSURERS if plus else SENDERS)),
            self._one(random, programme.desk.kind),
            tuple(self._one(random, random.choice(others)) for _ in range(random.choice(HOW_MANY_OTHERS))),
        )

    def write(self, random: Random, cases: int) -> list[Table]:
        """Institutions, their staff after the number of their cases, and the circles, as rows to pour."""
        houses = Table(
            Institution,
            "id",
            "slug",
            "name",
            "short_name",
            "kind",
            grants_reciprocity=True,
            may_hold_avs=True,
        )
        users = Table(User, "id", "email", "first_name", "last_name", password=UNUSABLE)
        memberships = Table(Membership, "id", "user_id", "institution_id", "role")
        circle = Table(ProgrammeMember, "id", "programme_slug", "institution_id", "role")
        sizes = Counter(house for _ in range(PILOT) for house in self.circle(random).parties)
        for house in (house for kind in self._houses.values() for house in kind):
            houses.add(house.id, house.slug, house.name, house.name, house.kind)
            for programme in self._programmes:
                if roles := programme.roles_of(house.kind):
                    circle.add(_key(random), programme.slug, house.id, roles[0])
            for number in range(max(3, round(sizes[house] / PILOT * cases / CASES_OF_A_COLLEAGUE))):
                user = _key(random)
                house.staff.append(user)
                users.add(
                    user,
                    f"{house.slug}.{number + 1}@bench.example",
                    random.choice(names.GIVEN_F if number % 2 else names.GIVEN_M),
                    random.choice(names.STAFF_FAMILY),
                )
                memberships.add(
                    _key(random), user, house.id, Role.MANAGER if number == 1 else Role.CASEWORKER
                )
        return [houses, users, memberships, circle]

    def _one(self, random: Random, kind: str) -> House:
        cumulated = self._cumulated[kind]
        return self._houses[kind][bisect(cumulated, random.random() * cumulated[-1])]


def _key(random: Random) -> str:
    return str(UUID(int=random.getrandbits(128), version=4))
