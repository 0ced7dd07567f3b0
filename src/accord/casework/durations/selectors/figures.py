"""The frozen figures of a programme, as one reader may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from accord.casework.durations.enums import Measure
from accord.casework.durations.models import Calculation, Cell
from accord.casework.durations.policies import cells_visible_to, figures_visible_to, names_institutions, seats
from accord.kernel.actors import Actor
from accord.network.institutions.models import Institution
from accord.network.programmes.models import ProgrammeMember
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import current_programmes


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which figures the page tells; nothing chosen is all of them together.

    Figures of one institution are not split by region: so many small groups could not be protected.
    """

    period: str = ""
    institution: Institution | None = None
    region: str = ""

    @property
    def institution_id(self) -> UUID | None:
        """The key of the chosen institution."""
        return self.institution.pk if self.institution else None


@dataclass(frozen=True)
class Figures:
    """All figures of one calculation that the reader may see, few enough to be held at once."""

    cells: tuple[Cell, ...]
    institutions: dict[UUID, Institution]

    def of(
        self, measure: Measure, *, institution: UUID | None = None, period: str = "", region: str = ""
    ) -> dict[str, Cell]:
        """The cells of a measure at one place, by their key."""
        return self._by_place.get((measure, institution, period, region), {})

    @cached_property
    def _by_place(self) -> dict[tuple[str, UUID | None, str, str], dict[str, Cell]]:
        found: dict[tuple[str, UUID | None, str, str], dict[str, Cell]] = defaultdict(dict)
        for cell in self.cells:
            found[cell.measure, cell.institution_id, cell.period, cell.region][cell.key] = cell
        return found

    def periods(self, *, quarters: bool) -> list[str]:
        """The years, or the quarters, of which there are figures; the latest last."""
        return sorted({c.period for c in self.cells if c.period and ("-T" in c.period) == quarters})

    def regions(self) -> list[str]:
        """The regions of which there are figures."""
        return sorted({cell.region for cell in self.cells if cell.region})


def programmes_to_read(actor: Actor) -> list[Programme]:
    """The programmes in whose circle the actor's institution is."""
    slugs = set(ProgrammeMember.objects.filter(seats(actor)).values_list("programme_slug", flat=True))
    return [programme for programme in current_programmes() if programme.slug in slugs]


def latest_calculation(actor: Actor, programme_slug: str) -> Calculation | None:
    """The calculation whose figures are shown now."""
    return (
        _calculations(actor, programme_slug)
        .filter(finished_at__isnull=False)
        .order_by("-finished_at")
        .first()
    )


def running_calculation(actor: Actor, programme_slug: str) -> Calculation | None:
    """The calculation that the worker is doing, or about to do."""
    return _calculations(actor, programme_slug).filter(finished_at__isnull=True).first()


def _calculations(actor: Actor, programme_slug: str) -> QuerySet[Calculation]:
    return Calculation.objects.filter(figures_visible_to(actor), programme=programme_slug)


def figures_of(actor: Actor, calculation: Calculation) -> Figures:
    """The figures of a calculation: the circle's, one's own, and by name the others' for desk and managers."""
    query = Cell.objects.filter(cells_visible_to(actor), calculation=calculation)
    if not names_institutions(actor, calculation.programme):
        query = query.filter(Q(institution__isnull=True) | Q(institution_id=actor.institution_key))
    cells = tuple(query)
    return Figures(cells, _institutions(cells))


def _institutions(cells: Iterable[Cell]) -> dict[UUID, Institution]:
    keys = {cell.institution_id for cell in cells if cell.institution_id}
    return {found.pk: found for found in Institution.objects.filter(pk__in=keys).order_by("name")}
