"""The frozen figures of a programme, as one reader may see them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accord.casework.durations.enums import Measure
from accord.casework.durations.models import Calculation, Cell
from accord.casework.durations.policies import cells_visible_to, figures_visible_to, names_institutions, seats
from accord.kernel.actors import Actor
from accord.network.institutions.models import Institution
from accord.network.programmes.models import ProgrammeMember
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import current_programmes


class House(NamedTuple):
    """An institution of which there are figures."""

    pk: UUID
    slug: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Extent:
    """Of what there are figures that the reader may see: years and quarters, regions, institutions."""

    years: tuple[str, ...]
    quarters: tuple[str, ...]
    regions: tuple[str, ...]
    houses: tuple[House, ...]
    names_others: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which figures the page tells; nothing chosen is all of them together.

    Figures of one institution are not split by region: so many small groups could not be protected.
    """

    period: str = ""
    institution: House | None = None
    region: str = ""

    @property
    def institution_id(self) -> UUID | None:
        """The key of the chosen institution."""
        return self.institution.pk if self.institution else None


@dataclass(slots=True)
class Figure:
    """One cell, as the tables read it."""

    measure: str
    key: str
    institution_id: UUID | None
    period: str
    region: str
    is_hidden: bool
    count: int | None
    total_days: int | None
    median: float | None
    ninth_decile: float | None
    buckets: list[int | None]


@dataclass(frozen=True)
class Figures:
    """The figures of one calculation that a scope shows, and those of each institution beside them."""

    cells: tuple[Figure, ...]
    extent: Extent

    def of(
        self, measure: Measure, *, institution: UUID | None = None, period: str = "", region: str = ""
    ) -> dict[str, Figure]:
        """The cells of a measure at one place, by their key."""
        return self._by_place.get((measure, institution, period, region), {})

    @cached_property
    def _by_place(self) -> dict[tuple[str, UUID | None, str, str], dict[str, Figure]]:
        found: dict[tuple[str, UUID | None, str, str], dict[str, Figure]] = defaultdict(dict)
        for cell in self.cells:
            found[cell.measure, cell.institution_id, cell.period, cell.region][cell.key] = cell
        return found


def programmes_to_read(actor: Actor) -> list[Programme]:
    """The programmes in whose circle the actor's institution is."""
    slugs = set(ProgrammeMember.objects.filter(seats(actor)).values_list("programme_slug", flat=True))
    return [programme for programme in current_programmes() if programme.slug in slugs]


def calculations_of(actor: Actor, programme_slug: str) -> tuple[Calculation | None, Calculation | None]:
    """The calculation whose figures are shown now, and the one that the worker is doing or about to do."""
    found = Calculation.objects.filter(figures_visible_to(actor), programme=programme_slug)
    latest, running = None, None
    for calculation in found.order_by(F("finished_at").asc(nulls_first=True)):
        if calculation.finished_at is None:
            running = calculation
        else:
            latest = calculation
    return latest, running


def extent_of(actor: Actor, calculation: Calculation) -> Extent:
    """Of what one may choose: the circle's years and regions, and whose figures one may read by name.

    What there is of a period or an institution, there is of the whole circle, of all times and, closed, of all
    outcomes together; so a part of the cells tells all.
    """
    names_others = names_institutions(actor, calculation.programme)
    of_the_circle = Q(institution__isnull=True) & (Q(region="") | Q(period=""))
    told = (of_the_circle | Q(institution__isnull=False, period="")) & (
        ~Q(measure=Measure.OUTCOME) | Q(key="")
    )
    cells = _readable(actor, calculation, names_others).filter(told)
    found = set(cells.values_list("period", "region", "institution").distinct())
    periods = sorted({period for period, _region, _house in found if period})
    houses = Institution.objects.filter(pk__in=[house for _period, _region, house in found if house])
    return Extent(
        years=tuple(period for period in periods if "-T" not in period),
        quarters=tuple(period for period in periods if "-T" in period),
        regions=tuple(sorted({region for _period, region, _house in found if region})),
        houses=tuple(map(House._make, houses.order_by("name").values_list(*House._fields))),
        names_others=names_others,
    )


def figures_of(actor: Actor, calculation: Calculation, extent: Extent, scope: Scope) -> Figures:
    """What the page tells in this scope, and no more: the circle, the chosen place over time, each institution.

    Of the course over time it shows no single outcome and no waiting: these are asked for in the chosen period.
    """
    here = Q(institution=scope.institution_id) if scope.institution else Q(institution__isnull=True)
    over_time = Q(measure=Measure.STAGE) | Q(measure=Measure.OUTCOME) & ~Q(key__contains="/")
    shown = here & Q(region=scope.region) & (over_time | Q(period__in={scope.period, ""}))
    of_each_house = Q(measure=Measure.STAGE, period=scope.period, region="")
    distribution = Q(measure=Measure.STAGE, institution__isnull=True, period="", region="")
    cells = _readable(actor, calculation, extent.names_others).filter(shown | of_each_house | distribution)
    rows = cells.values_list(*(field.name for field in fields(Figure)))
    return Figures(tuple(Figure(*row) for row in rows), extent)


def _readable(actor: Actor, calculation: Calculation, names_others: bool) -> QuerySet[Cell]:
    """The circle's cells and one's own; by name the others' for desk and managers."""
    query = Cell.objects.filter(cells_visible_to(actor), calculation=calculation)
    if names_others:
        return query
    return query.filter(Q(institution__isnull=True) | Q(institution_id=actor.institution_key))
