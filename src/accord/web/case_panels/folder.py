"""A case as it lies open before one reader, and what every panel says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accord.casework.cases.enums import Basis
from accord.casework.cases.enums import Category as Bit
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.panels import why_hidden, why_shown
from accord.casework.cases.policies import can_work_on
from accord.casework.cases.rules import categories_of_circles
from accord.casework.cases.selectors import Sight, Stretch
from accord.kernel.actors import Actor
from accord.network.programmes.rules import Category, Programme
from accord.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Folder:
    """A case as it lies open before one reader: everything that every panel needs, loaded once."""

    actor: Actor
    case: Case
    person: Person | None
    programme: Programme
    circles: tuple[Programme, ...]
    disclosures: list[Disclosure]
    sight: Sight
    stretches: list[Stretch]
    visited_at: datetime | None
    follows: bool
    language: str

    @property
    def takes_part(self) -> bool:
        """Whether the reader's institution is a participant now."""
        return any(
            found.kind == "part" and found.until is None and found.institution_id == self.actor.institution_id
            for found in self.stretches
        )

    @property
    def emergency(self) -> Disclosure | None:
        """The access in an emergency that runs now; the one that lasts longest."""
        running = [found for found in self.sight.running if found.basis == Basis.EMERGENCY]
        return max(running, key=lambda found: found.valid_until, default=None)

    @property
    def may_write(self) -> bool:
        """Whether the reader may write into the case."""
        return bool(can_work_on(self.actor, self.case, is_participant=self.takes_part))

    @property
    def sees_outcome(self) -> bool:
        """Whether the words of the closing are for the reader: she took part, or sees the plan."""
        return self.takes_part or self.sight.covers(Bit.PLAN)

    @property
    def kinds_of_data(self) -> tuple[Category, ...]:
        """What the case may hold, in whichever of its circles."""
        return categories_of_circles(self.circles)

    def category_label(self, mask: int | None) -> str:
        """The name of a kind of data in the reader's language."""
        return ", ".join(
            kind.label.in_(self.language) for kind in self.kinds_of_data if kind.mask & (mask or 0)
        )

    def why(self, category: int | None, owner_id: UUID | None = None) -> str:
        """Why the reader sees a record."""
        return why_shown(self.sight, category, owner_id, self.circles)

    def is_new(self, at: datetime, author_id: UUID | None) -> bool:
        """Written by somebody else since the reader's last visit."""
        return self.visited_at is not None and at > self.visited_at and author_id != self.actor.user_id

    def stage_label(self, key: str) -> str:
        """The name of a stage in the reader's language."""
        return next((s.label.in_(self.language) for s in self.programme.stages if s.key == key), key)


def hidden_kinds(folder: Folder) -> list[tuple[str, str]]:
    """Every kind of data that is hidden from the reader's institution, and what would open it."""
    return [
        (kind.label.in_(folder.language), why_hidden(folder.sight, kind.mask, folder.programme))
        for kind in folder.kinds_of_data
        if not folder.sight.covers(kind.mask)
    ]
