"""What a programme is made of. Immutable, so that one copy serves every request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from accord.network.programmes.rules.localized import Localized
from accord.network.programmes.rules.vocabulary import LEADING_ROLES


class HasKey(Protocol):
    """Anything that its programme knows by a key."""

    @property
    def key(self) -> str:
        """The word by which files and cases name it."""
        ...


Keyed = TypeVar("Keyed", bound=HasKey)


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of data: what an authorisation grants or withholds as a whole."""

    key: str
    bit: int
    label: Localized
    explanation: Localized
    sensitive: bool

    @property
    def mask(self) -> int:
        """The bit set that holds only this category."""
        return 1 << self.bit


@dataclass(frozen=True, slots=True)
class CircleSeat:
    """A kind of institution that belongs to the circle, and the part that it plays."""

    kind: str
    role: str
    note: Localized | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Who triages announcements, and which kinds of institutions may announce."""

    kind: str
    role: str
    announce_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody announces a case."""

    key: str
    label: Localized


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the admission checklist; a required one must hold, the others give orientation."""

    key: str
    label: Localized
    required: bool
    warning: Localized
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Question:
    """A usual question to the doctor."""

    key: str
    label: Localized
    kind: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen."""

    key: str
    label: Localized


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the announcement form, and the data category to which its answer belongs."""

    key: str
    kind: str
    label: Localized
    help: Localized | None
    required: bool
    category: str
    choices: tuple[Choice, ...]
    max_length: int | None


@dataclass(frozen=True, slots=True)
class ExpectedDocument:
    """A document that usually comes with the announcement."""

    key: str
    label: Localized
    category: str
    required: bool


@dataclass(frozen=True, slots=True)
class AnnouncerKind:
    """Who may announce under the law, and whether she must first tell the insured person."""

    key: str
    label: Localized
    must_inform_insured: bool
    kinds: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the case: what must hold to enter it, who holds it, and how long it may last."""

    key: str
    label: Localized
    help: Localized | None
    gates: tuple[str, ...]
    days: int | None
    holder: str
    source: str


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The clocks of a programme that are not those of a stage; `sources` says where each comes from."""

    referral_reminder_days: int
    referral_expiry_days: int
    consent_warning_days: tuple[int, ...]
    early_detection_answer_days: int | None
    notice_days: int | None
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LawRule:
    """An exchange that an article allows: from whom to whom, what, and as long as what holds.

    With `opens_announcement`, sending an announcement is itself the exchange that the article foresees;
    every other rule is called upon by a colleague, case by case.
    """

    key: str
    article: str
    label: Localized
    condition: Localized
    from_kinds: tuple[str, ...]
    to_kinds: tuple[str, ...]
    categories: tuple[str, ...]
    needs_consent: bool
    needs_reciprocity: bool
    opens_announcement: bool
    until_stage: str | None
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class MeetingKind:
    """A kind of meeting: with the person or not, with the doctor or not, how long, after which other."""

    key: str
    label: Localized
    person_present: str
    doctor: str
    longest_minutes: int | None
    follows: str | None
    offset_minutes: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the canton with a doctor of its own."""

    key: str
    label: Localized
    language: str
    doctor_kind: str
    doctor_role: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case may end."""

    key: str
    label: Localized
    category: str
    needs_note: bool


@dataclass(frozen=True, slots=True)
class Retention:
    """How many months after the closing something is kept."""

    kind: str
    months: int
    source: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """What an authorisation is for."""

    key: str
    label: Localized


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The words of the authorisation, block by block, at reading level B1."""

    title: Localized
    intro: Localized
    voluntary: Localized
    purpose: Localized
    recipients: Localized
    shared: Localized
    form: Localized
    one_off: Localized
    recurring: Localized
    duration: Localized
    revocation: Localized
    consequences: Localized
    retention: Localized
    rights: Localized
    law: Localized
    signature: Localized


@dataclass(frozen=True, slots=True)
class ConsentRules:
    """For what, how often and how long a person may authorise, and in which words."""

    purposes: tuple[Purpose, ...]
    recurring_allowed: bool
    default_months: int
    max_months: int
    source: str
    text: ConsentText


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
