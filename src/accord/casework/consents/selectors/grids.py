"""Institutions × kinds of data: who sees what, by authorisation and by law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from accord.casework.cases.enums import Basis
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.selectors import participants_of
from accord.kernel.actors import Actor
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Category, Programme


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of data for one institution: granted or not, or open by an article."""

    category: Category
    granted: bool
    article: str = ""

    @property
    def key(self) -> str:
        """How a form names the kind of data."""
        return self.category.key


@dataclass(frozen=True, slots=True)
class Row:
    """An institution, the people behind it, and its cells."""

    institution: Institution
    people: tuple[str, ...]
    takes_part: bool
    cells: tuple[Cell, ...]

    @property
    def granted(self) -> tuple[Category, ...]:
        """What the person grants to it."""
        return tuple(cell.category for cell in self.cells if cell.granted)

    @property
    def by_law(self) -> tuple[Category, ...]:
        """What an article opens to it, whatever the person says."""
        return tuple(cell.category for cell in self.cells if cell.article)


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole grid. The institutions that take part come first."""

    categories: tuple[Category, ...]
    rows: tuple[Row, ...]

    @property
    def filled(self) -> tuple[Row, ...]:
        """The rows in which something is granted or open by law."""
        return tuple(row for row in self.rows if row.granted or row.by_law)

    @property
    def nobody_sees(self) -> tuple[Category, ...]:
        """The kinds of data that are granted to nobody."""
        granted = {category.key for row in self.rows for category in row.granted}
        return tuple(category for category in self.categories if category.key not in granted)


def people_of(actor: Actor, case: Case) -> dict[UUID, tuple[str, ...]]:
    """For each institution that takes part now, the colleagues who answer for it."""
    people: dict[UUID, tuple[str, ...]] = {}
    for participant in participants_of(actor, case):
        if participant.left_at is None:
            name = participant.referent.name if participant.referent else ""
            people[participant.institution_id] = (name,) if name else ()
    return people


def grid_of(
    programme: Programme,
    institutions: Iterable[Institution],
    granted: Mapping[UUID, int],
    disclosures: Iterable[Disclosure],
    people: Mapping[UUID, tuple[str, ...]],
) -> Grid:
    """The grid of what is granted, and of what runs by law among the disclosures of the case."""
    articles: dict[tuple[UUID, str], str] = {}
    for disclosure in disclosures:
        if disclosure.basis == Basis.LAW and getattr(disclosure, "runs", False):
            for category in programme.categories_in(disclosure.categories):
                articles.setdefault((disclosure.recipient_id, category.key), disclosure.legal_article)
    rows = tuple(
        Row(
            institution,
            people.get(institution.pk, ()),
            institution.pk in people,
            tuple(
                Cell(
                    category,
                    bool(granted.get(institution.pk, 0) & category.mask),
                    articles.get((institution.pk, category.key), ""),
                )
                for category in programme.categories
            ),
        )
        for institution in institutions
    )
    return Grid(programme.categories, tuple(sorted(rows, key=lambda row: not row.takes_part)))
