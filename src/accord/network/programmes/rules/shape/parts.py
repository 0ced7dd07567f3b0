"""The parts of a programme. Immutable, so that one copy serves every request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from accord.network.programmes.rules.localized import Localized


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
