"""What becomes of a case, and the rows in which it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case, Disclosure, Event, Note, Participant, StageEntry, Step
from accord.casework.consents.models import Consent, Grant
from accord.casework.referrals.models import Exchange, Referral
from accord.people.persons.models import InstitutionFile, Person

SHARED = (
    Category.IDENTITY | Category.BENEFITS | Category.WORK | Category.CAPACITY | Category.PLAN,
    Category.IDENTITY | Category.BENEFITS | Category.WORK | Category.PLAN,
    Category.IDENTITY
    | Category.BENEFITS
    | Category.WORK
    | Category.CAPACITY
    | Category.SOCIAL
    | Category.PLAN,
    Category.IDENTITY | Category.WORK | Category.PLAN,
)
MEDICAL = Category.IDENTITY | Category.CAPACITY | Category.MEDICAL | Category.PLAN
STROKES = {"strokes": [[[10 + 9 * i, 40 + (i * 37) % 23, 20 * i] for i in range(24)]], "text_sha256": ""}


@dataclass
class Fate:
    """What becomes of a case: decided first, then told."""

    state: str
    begins: datetime
    days: int
    trouble: str = ""


@dataclass
class History:
    """All the rows of one case, in the order in which they can be written."""

    person: Person
    case: Case
    participants: list[Participant] = field(default_factory=list)
    disclosures: list[Disclosure] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    stages: list[StageEntry] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    files: list[InstitutionFile] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)


def write_histories(histories: Sequence[History]) -> None:
    """Write the rows of many cases, table by table."""

    def create(model: type[Model], rows: Iterable[Model]) -> None:
        model._default_manager.bulk_create(list(rows), batch_size=2000)

    create(Person, (h.person for h in histories))
    create(Case, (h.case for h in histories))
    for model, name in (
        (Participant, "participants"),
        (Disclosure, "disclosures"),
        (Consent, "consents"),
        (Grant, "grants"),
        (StageEntry, "stages"),
        (Event, "events"),
        (Note, "notes"),
        (Step, "steps"),
        (InstitutionFile, "files"),
        (Referral, "referrals"),
        (Exchange, "exchanges"),
    ):
        create(model, (row for h in histories for row in getattr(h, name)))
