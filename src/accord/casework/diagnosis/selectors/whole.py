"""The whole diagnosis of a case as one reader may see it: a frozen tree, ready to be shown or printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from accord.casework.capacity.models import FunctionalSummary, IncapacityPeriod
from accord.casework.capacity.rules import runs_on
from accord.casework.capacity.selectors import periods_of, summary_of
from accord.casework.cases.models import Case
from accord.casework.cases.policies import records_visible_to
from accord.casework.diagnosis.enums import CATEGORY_OF, Part, SectionState
from accord.casework.diagnosis.models import Difference, Section, Version
from accord.casework.diagnosis.policies import sections_visible_to
from accord.casework.diagnosis.rules import Texts
from accord.casework.diagnosis.selectors.finding import every_version
from accord.kernel.actors import Actor
from accord.kernel.clock import today

Row = TypeVar("Row", Version, Difference)
View = TypeVar("View")


@dataclass(frozen=True, slots=True)
class VersionView:
    """A signed version of a part."""

    number: int
    texts: Texts
    institution: str
    author: str
    at: datetime
    audience: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """How another institution sees a part, and what was answered."""

    id: UUID
    owner_id: UUID
    institution: str
    number: int
    text: str
    at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class SectionView:
    """One part: what everybody knows of it, and what the reader may read of it."""

    part: str
    category: int
    id: UUID | None = None
    is_needed: bool = False
    holder_id: UUID | None = None
    holder: str = ""
    state: str = SectionState.OPEN
    is_signed: bool = False
    number: int = 0
    signed_at: datetime | None = None
    versions: tuple[VersionView, ...] = ()
    differences: tuple[DifferenceView, ...] = ()

    @property
    def word(self) -> str:
        """The name of the part in the reader's language."""
        return str(Part(self.part).label)

    @property
    def latest(self) -> VersionView | None:
        """The version that holds, if the reader may see it."""
        return self.versions[0] if self.versions else None

    @property
    def is_hidden(self) -> bool:
        """Something was signed that the reader may not read."""
        return self.number > 0 and (not self.versions or self.versions[0].number < self.number)

    @property
    def standing(self) -> tuple[DifferenceView, ...]:
        """Differences that nobody settled yet."""
        return tuple(found for found in self.differences if found.settled_at is None)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The seven parts in order, with what the health part draws on."""

    sections: tuple[SectionView, ...]
    summary: FunctionalSummary | None
    incapacities: tuple[IncapacityPeriod, ...]

    @property
    def needed(self) -> tuple[SectionView, ...]:
        """The parts that the lead asked for."""
        return tuple(section for section in self.sections if section.is_needed)

    @property
    def signed_count(self) -> int:
        """How many of the needed parts are signed."""
        return sum(1 for section in self.needed if section.is_signed)


def diagnosis_of(actor: Actor, case: Case) -> Diagnosis:
    """The diagnosis of a case; the same number of queries whatever is written in it."""
    frames = {
        frame.part: frame
        for frame in Section.objects.filter(sections_visible_to(actor), case=case).select_related("holder")
    }
    versions = _by_section(every_version(actor).filter(case=case), _version_view)
    differences = _by_section(
        Difference.objects.filter(records_visible_to(actor), case=case)
        .select_related("owner", "answered_by")
        .order_by("created_at", "id"),
        _difference_view,
    )
    return Diagnosis(
        sections=tuple(_section_view(part, frames.get(part), versions, differences) for part in Part),
        summary=summary_of(actor, case),
        incapacities=tuple(period for period in periods_of(actor, case) if runs_on(period, today())),
    )


def _by_section(rows: Iterable[Row], view: Callable[[Row], View]) -> dict[UUID, list[View]]:
    found: dict[UUID, list[View]] = {}
    for row in rows:
        found.setdefault(row.section_id, []).append(view(row))
    return found


def _section_view(
    part: Part,
    frame: Section | None,
    versions: dict[UUID, list[VersionView]],
    differences: dict[UUID, list[DifferenceView]],
) -> SectionView:
    category = int(CATEGORY_OF[part])
    if frame is None:
        return SectionView(part=part, category=category)
    return SectionView(
        part=part,
        category=category,
        id=frame.pk,
        is_needed=frame.is_needed,
        holder_id=frame.holder_id,
        holder=frame.holder.name if frame.holder else "",
        state=frame.state,
        is_signed=frame.is_signed,
        number=frame.number,
        signed_at=frame.signed_at,
        versions=tuple(versions.get(frame.pk, ())),
        differences=tuple(differences.get(frame.pk, ())),
    )


def _version_view(version: Version) -> VersionView:
    return VersionView(
        number=version.number,
        texts=version.texts,
        institution=version.owner.short_name,
        author=version.author.name if version.author else "",
        at=version.created_at,
        audience=version.audience,
    )


def _difference_view(difference: Difference) -> DifferenceView:
    return DifferenceView(
        id=difference.pk,
        owner_id=difference.owner_id,
        institution=difference.owner.short_name,
        number=difference.number,
        text=difference.text,
        at=difference.created_at,
        answer=difference.answer,
        answered_by=difference.answered_by.short_name if difference.answered_by else "",
        answered_at=difference.answered_at,
        settled_at=difference.settled_at,
    )
