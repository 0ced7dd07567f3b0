"""Build the bench world: a large network and its cases, invented, reproducible from a seed, poured by COPY.

No text in it is medical and no medical data are disclosed: sizes and shapes are what matters here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.db.models import Model

from accord.casework.cases.enums import Basis, CaseState, Category, EventKind, ParticipantRole
from accord.casework.cases.models import (
    Case,
    CaseDocument,
    Disclosure,
    Event,
    Note,
    Participant,
    StageEntry,
    Step,
    Visit,
)
from accord.casework.consents.models import Consent, Grant
from accord.casework.consents.services.granting import text_for
from accord.casework.referrals.models import Exchange, Referral
from accord.cli.world import names
from accord.cli.world.circles import SHARES, Circle, House, Network
from accord.cli.world.loading import NULL, Progress, Table, bare
from accord.cli.world.vocabulary import Vocabulary
from accord.config.embedded import Unavailable
from accord.kernel.clock import FOREVER, now
from accord.kernel.identifiers import avs_check_digit
from accord.network.programmes.selectors import current_programme
from accord.network.programmes.services import load_definitions
from accord.people.persons.models import InstitutionFile, Person

CHUNK = 10_000
DAY = 24 * 60
SPAN = 6 * 365 * DAY
RICH = 100
"""Each hundredth case is as full as one that was worked on for long."""
PURPOSE = "Plan commun de réinsertion"
ARTICLE = "LACI art. 85f al. 3"
BASE = Category.IDENTITY | Category.BENEFITS | Category.WORK | Category.PLAN
MASKS = tuple(
    str(int(mask))
    for mask in (BASE, BASE | Category.CAPACITY, BASE | Category.SOCIAL, Category.IDENTITY | Category.WORK)
)
NOTED = tuple(str(int(category)) for category in (Category.WORK, Category.PLAN, Category.SOCIAL))
EMPTIED: tuple[type[Model], ...] = (
    Case, Participant, Disclosure, StageEntry, Event, Note, Step, CaseDocument, Visit, Consent, Grant,
    Referral, Exchange, Person, InstitutionFile,
)  # fmt: skip


def build_bench(*, progress: Progress, cases: int = 1_000_000, seed: int = 2026) -> None:
    """Generate the bench world into a database without cases, as the owner of its tables; all or nothing.

    Raises `Unavailable` when there are cases already.
    """
    if Case.objects.exists() or Person.objects.exists():
        raise Unavailable("There are cases in this database already: a bench world needs an empty one.")
    random = Random(seed)  # noqa: S311 -- a fictional world, not a secret
    tables = [model._meta.db_table for model in EMPTIED]
    with transaction.atomic(), bare(tables, progress):
        with connection.cursor() as cursor:
            cursor.execute(f"truncate {', '.join(tables)}")
        load_definitions(folders=[])
        network = Network(random, [current_programme(slug) for slug in SHARES])
        for table in network.write(random, cases):
            table.pour(frozen=False)
        chronicle = Chronicle(seed, network, cases)
        for start in range(0, cases, CHUNK):
            chronicle.write(range(start, min(start + CHUNK, cases)))
            progress(min(start + CHUNK, cases), cases, "cases")
        with connection.cursor() as cursor:
            cursor.execute("select setval('cases_number', %s)", [cases])
    with connection.cursor() as cursor:
        cursor.execute("analyze")


class Calendar:
    """Minutes since a first day, written as PostgreSQL reads them; reckoned once, not for each row."""

    def __init__(self, first: date, days: int) -> None:
        self._first = datetime(first.year, first.month, first.day, tzinfo=now().tzinfo)
        self._days = [(first + timedelta(days=number)).isoformat() for number in range(days)]
        self._clock = [f" {minute // 60:02d}:{minute % 60:02d}+00" for minute in range(DAY)]
        self._milliseconds = int(self._first.timestamp() * 1000)

    def minute(self, instant: datetime) -> int:
        """The minute of an instant."""
        return int((instant - self._first).total_seconds() // 60)

    def at(self, minute: int) -> str:
        """An instant."""
        return self._days[minute // DAY] + self._clock[minute % DAY]

    def on(self, minute: int) -> str:
        """Its day."""
        return self._days[minute // DAY]

    def key(self, minute: int) -> str:
        """How keys of version 7 made in this minute begin."""
        digits = f"{self._milliseconds + minute * 60_000:012x}"
        return f"{digits[:8]}-{digits[8:]}"


class Chronicle:
    """Tells the cases in the order in which they began, each with its person and all that belongs to it."""

    def __init__(self, seed: int, network: Network, cases: int) -> None:
        self._seed, self._network, self._cases = seed, network, cases
        self._vocabulary = Vocabulary(seed)
        self._calendar = Calendar(now().date() - timedelta(days=SPAN // DAY + 800), SPAN // DAY + 2400)
        self._today = self._calendar.minute(now())
        self._texts = {slug: str(text_for(current_programme(slug), "fr").pk) for slug in SHARES}
        self._persons = Table(
            Person, "id", "institution_id", "family_name", "given_names", "name_key", "avs_number",
            "birth_date", "sex", "postal_code", "city", "phone", "created_at", "updated_at", canton="GE",
        )  # fmt: skip
        self._case_rows = Table(
            Case, "id", "number", "programme", "programme_version", "person_id", "lead_id", "lead_user_id",
            "announced_by_id", "subject", "region", "state", "stage", "stage_since", "stage_due_on", "created_at",
            "opened_at", "closed_at", "outcome", "updated_at",
        )  # fmt: skip
        self._participants = Table(
            Participant, "id", "case_id", "institution_id", "role", "referent_id", "joined_at"
        )
        self._disclosures = Table(
            Disclosure, "id", "case_id", "person_id", "recipient_id", "categories", "basis", "consent_id",
            "legal_article", "purpose", "valid_from", "valid_until", "ended_because", "case_state", "case_stage",
            "case_due_on", "case_updated_at",
        )  # fmt: skip
        self._stages = Table(
            StageEntry, "id", "case_id", "stage", "holder_id", "entered_at", "left_at", "due_on"
        )
        self._consents = Table(
            Consent, "id", "case_id", "text_id", "recorded_by_id", "recorded_by_user_id", "state", "valid_from",
            "valid_until", "signed_on", "revoked_at", "created_at", "updated_at",
            purpose=PURPOSE, channel="screen", signatory="person", signature={"strokes": []},
        )  # fmt: skip
        self._grants = Table(Grant, "id", "consent_id", "recipient_id", "categories", "ended_at")
        record = ("id", "case_id", "owner_id", "author_id", "created_at", "updated_at")
        self._events = Table(Event, *record, "at", "kind")
        self._notes = Table(Note, *record, "category", "text")
        self._steps = Table(
            Step, *record, "title", "assignee_id", "assignee_user_id", "due_on", "state", "ended_at",
            category=int(Category.PLAN),
        )  # fmt: skip
        self._files = Table(
            InstitutionFile, "id", "person_id", "institution_id", "number", "opened_on", "closed_on"
        )
        self._referrals = Table(
            Referral, "id", "case_id", "sender_id", "sender_user_id", "desk_id", "state", "created_at",
            "updated_at", "sent_at", "received_at", "decided_at", "next_reminder_on", "expires_on",
            reasons=["unclear_problem"], criteria={"potential": True}, answers={},
        )  # fmt: skip
        self._visits = Table(Visit, "id", "case_id", "user_id", "at")

    def write(self, serials: range) -> None:
        """Tell these cases and pour them into the tables."""
        random = Random(f"{self._seed} {serials.start}")  # noqa: S311
        for serial in serials:
            Life(self, random, serial).tell()
        for table in vars(self).values():
            if isinstance(table, Table):
                table.pour(frozen=True)
