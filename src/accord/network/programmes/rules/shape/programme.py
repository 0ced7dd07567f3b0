"""A programme as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from accord.network.programmes.rules.localized import Localized
from accord.network.programmes.rules.shape.parts import (
    AnnouncerKind,
    Category,
    CircleSeat,
    ConsentRules,
    Criterion,
    Deadlines,
    Desk,
    ExpectedDocument,
    FormField,
    LawRule,
    MeetingKind,
    Outcome,
    Purpose,
    Question,
    Reason,
    Region,
    Retention,
    Stage,
)
from accord.network.programmes.rules.shape.planning import Goal, MeasureKind
from accord.network.programmes.rules.vocabulary import LEADING_ROLES


class HasKey(Protocol):
    """Anything that its programme knows by a key."""

    @property
    def key(self) -> str:
        """The word by which files and cases name it."""
        ...


Keyed = TypeVar("Keyed", bound=HasKey)


@dataclass(frozen=True, slots=True)
class Programme:
    """One version of a programme, whole."""

    slug: str
    version: str
    label: Localized
    description: Localized
    canton: str
    number_prefix: str
    categories: tuple[Category, ...]
    circle: tuple[CircleSeat, ...]
    desk: Desk
    reasons: tuple[Reason, ...]
    criteria: tuple[Criterion, ...]
    questions: tuple[Question, ...]
    form_fields: tuple[FormField, ...]
    documents: tuple[ExpectedDocument, ...]
    announcer_kinds: tuple[AnnouncerKind, ...]
    stages: tuple[Stage, ...]
    deadlines: Deadlines
    laws: tuple[LawRule, ...]
    meetings: tuple[MeetingKind, ...]
    regions: tuple[Region, ...]
    outcomes: tuple[Outcome, ...]
    goals: tuple[Goal, ...]
    measure_kinds: tuple[MeasureKind, ...]
    retention: tuple[Retention, ...]
    consent: ConsentRules
    parameters: Mapping[str, int]

    def category(self, key: str) -> Category:
        """The data category of this key; KeyError if the programme has none."""
        return _of(self.categories, key)

    def mask_of(self, keys: Iterable[str]) -> int:
        """The bit set of several categories."""
        mask = 0
        for key in keys:
            mask |= self.category(key).mask
        return mask

    def categories_in(self, mask: int) -> tuple[Category, ...]:
        """The categories that a bit set holds, in the programme's order."""
        return tuple(category for category in self.categories if category.mask & mask)

    def stage(self, key: str) -> Stage:
        """The stage of this key; KeyError if there is none."""
        return _of(self.stages, key)

    def stage_after(self, key: str) -> Stage | None:
        """The stage that follows, or None after the last."""
        position = self.stages.index(self.stage(key)) + 1
        return self.stages[position] if position < len(self.stages) else None

    def stages_before(self, key: str) -> tuple[Stage, ...]:
        """The stages that come before this one."""
        return self.stages[: self.stages.index(self.stage(key))]

    def outcome(self, key: str) -> Outcome:
        """The closing outcome of this key; KeyError if there is none."""
        return _of(self.outcomes, key)

    def goal(self, key: str) -> Goal | None:
        """The goal of this key; None in a version that does not know it: plans outlive versions."""
        return next((goal for goal in self.goals if goal.key == key), None)

    def measure_kind(self, key: str) -> MeasureKind | None:
        """The kind of measure of this key; None in a version that does not know it."""
        return next((kind for kind in self.measure_kinds if kind.key == key), None)

    def measures_offered_by(self, kind: str) -> tuple[MeasureKind, ...]:
        """The kinds of measures that an institution of this kind may bring into a plan."""
        return tuple(offer for offer in self.measure_kinds if not offer.kinds or kind in offer.kinds)

    def reason(self, key: str) -> Reason:
        """The reason of this key; KeyError if there is none."""
        return _of(self.reasons, key)

    def meeting(self, key: str) -> MeetingKind:
        """The kind of meeting of this key; KeyError if there is none."""
        return _of(self.meetings, key)

    def region(self, key: str) -> Region:
        """The region of this key; KeyError if there is none."""
        return _of(self.regions, key)

    def announcer_kind(self, key: str) -> AnnouncerKind:
        """The kind of announcer under this letter; KeyError if there is none."""
        return _of(self.announcer_kinds, key)

    def law(self, key: str) -> LawRule:
        """The disclosure by law of this key; KeyError if there is none."""
        return _of(self.laws, key)

    def purpose(self, key: str) -> Purpose:
        """The purpose of this key; KeyError if there is none."""
        return _of(self.consent.purposes, key)

    def roles_of(self, kind: str) -> tuple[str, ...]:
        """The parts that a kind of institution may play; empty if it is outside of the circle."""
        return tuple(seat.role for seat in self.circle if seat.kind == kind)

    def may_lead(self, kind: str) -> bool:
        """Whether an institution of this kind may lead a case."""
        return any(role in LEADING_ROLES for role in self.roles_of(kind))

    def may_announce(self, kind: str) -> bool:
        """Whether an institution of this kind may announce a case to the desk."""
        return kind in self.desk.announce_from

    def laws_between(self, from_kind: str, to_kind: str, stage: str | None = None) -> tuple[LawRule, ...]:
        """Articles that let the one kind inform the other, without consent, while the case is in `stage`.

        A rule with `until_stage` holds only in the stages before that one.
        """
        return tuple(
            law
            for law in self.laws
            if not law.needs_consent
            and from_kind in law.from_kinds
            and to_kind in law.to_kinds
            and (stage is None or self._holds(law, stage))
        )

    def needs_reciprocity(self, from_kind: str, to_kind: str) -> bool:
        """Whether an authorised exchange also demands that the recipient grants reciprocity.

        LACI art. 85f al. 2 let. b: unemployment insurance opens its files to those who open theirs.
        """
        return any(
            law.needs_reciprocity and from_kind in law.from_kinds and to_kind in law.to_kinds
            for law in self.laws
        )

    def retention_months(self, kind: str) -> int | None:
        """Months after the closing, or None where the programme sets none."""
        return next((rule.months for rule in self.retention if rule.kind == kind), None)

    def _holds(self, law: LawRule, stage: str) -> bool:
        return law.until_stage is None or self.stage(stage) in self.stages_before(law.until_stage)


def _of(things: tuple[Keyed, ...], key: str) -> Keyed:
    for thing in things:
        if thing.key == key:
            return thing
    raise KeyError(key)
