"""What the institutions of a case write together in the bench world, and the fingerprints of its persons.

Each case on which several worked for long has its plan, its diagnosis and its meetings; of the others every
fourth that was taken has a plan. No text is medical. The digests are noise: nothing is shared by two persons.
"""

from __future__ import annotations

from random import Random
from typing import Protocol

from django.db.models import Model

from accord.casework.cases.enums import Audience, Category
from accord.casework.diagnosis.enums import CATEGORY_OF, Part
from accord.casework.diagnosis.models import Section, Version
from accord.casework.meetings.models import Meeting, Seat
from accord.casework.plans.models import Goal, Measure, Plan, PlanSignature
from accord.cli.world.almanac import DAY, Calendar
from accord.cli.world.circles import Circle, House
from accord.cli.world.diagnosis import TEXTS
from accord.cli.world.loading import Table, plain
from accord.cli.world.plans import GOALS, USUAL
from accord.network.programmes.rules import Programme
from accord.people.matching.enums import FingerprintKind
from accord.people.matching.models import Fingerprint, Look
from accord.people.matching.services.fingerprints import current_key

MODELS: tuple[type[Model], ...] = (
    Plan, Goal, Measure, PlanSignature, Section, Version, Meeting, Seat, Fingerprint, Look,
)  # fmt: skip
PARTS = tuple(part for part in Part if part != Part.HEALTH)
PLANNED = 0.25
MEETINGS = 4
AGREED_AS = "0" * 64


class Life(Protocol):
    """What is known of a case when this is told."""

    random: Random
    calendar: Calendar
    today: int
    circle: Circle
    programme: Programme
    parties: tuple[House, ...]
    lead: House
    key: str
    case: str
    person: str
    state: str
    is_taken: bool
    is_rich: bool

    def sometime(self) -> int:
        """A minute while the case runs."""


class Together:
    """The tables of what is written together."""

    def __init__(self) -> None:
        record = ("id", "case_id", "owner_id", "author_id", "created_at", "updated_at")
        of_the_plan = {"category": int(Category.PLAN), "audience": Audience.PERSON}
        self.plans = Table(
            Plan, *record, "proposed_at", "agreed_at", state="agreed", fingerprint=AGREED_AS, **of_the_plan
        )
        self.goals = Table(
            Goal, *record, "origin", "key", "text", "target_on", since_number=1, **of_the_plan
        )  # fmt: skip
        self.measures = Table(
            Measure, *record, "origin", "kind", "title", "goal", "colleague_id", "since", "until", "state",
            since_number=1, **of_the_plan,
        )  # fmt: skip
        self.signatures = Table(PlanSignature, *record, "plan_id", fingerprint=AGREED_AS, **of_the_plan)
        self.sections = Table(
            Section,
            "id",
            "case_id",
            "part",
            "holder_id",
            "signed_by_id",
            "signed_at",
            state="signed",
            number=1,
        )
        self.versions = Table(
            Version, *record, "section_id", "category", "known", "helps", "hinders", "needed",
            number=1, audience=Audience.PERSON,
        )  # fmt: skip
        self.meetings = Table(
            Meeting, *record, "kind", "starts_at", "ends_at", "state", "uid", person_present=True
        )
        self.seats = Table(Seat, "id", "meeting_id", "institution_id", "user_id", answer="accepted")
        self.fingerprints = Table(
            Fingerprint, "id", "person_id", "institution_id", "kind", "digest", key_version=current_key()
        )
        self.looks = Table(
            Look, "person_id", compared_version=1, fingerprinted_version=1, key_version=current_key()
        )

    def tell(self, life: Life) -> None:
        """Write what belongs to this case."""
        self._fingerprints(life)
        if not life.is_taken:
            return
        if life.is_rich or life.random.random() < PLANNED:
            self._plan(life)
        if life.is_rich:
            self._diagnosis(life)
            for number in range(MEETINGS):
                self._meeting(life, number)

    def _fingerprints(self, life: Life) -> None:
        house = life.circle.sender
        for kind in FingerprintKind.values:
            key, digest = self.fingerprints.new_id(life.key), f"{life.random.getrandbits(256):064x}"
            self.fingerprints.add(key, life.person, house.id, kind, rf"\\x{digest}")
        self.looks.add(life.person)

    def _plan(self, life: Life) -> None:
        random, at, key = life.random, life.calendar.at, life.key
        minute = life.sometime()
        lead = (life.lead.id, life.lead.someone(random), at(minute), at(minute))
        plan = self.plans.new_id(key)
        self.plans.add(plan, life.case, *lead, at(minute), at(minute))
        known = [word for word in USUAL if any(goal.key == word for goal in life.programme.goals)]
        aims = [(self._goal(life, lead, word, minute)) for word in random.sample(known, 1 + life.is_rich)]
        for house in life.parties:
            hers = (house.id, house.someone(random), at(minute), at(minute))
            self.signatures.add(self.signatures.new_id(key), life.case, *hers, plan)
            offered = life.programme.measures_offered_by(house.kind)
            for kind in random.sample(offered, min(len(offered), 1 + 2 * life.is_rich)):
                row = self.measures.new_id(key)
                since, until = minute + int(random.uniform(-60, 40) * DAY), minute + 180 * DAY
                self.measures.add(
                    row, life.case, *hers, row, kind.key, plain(kind.label.in_("fr")), random.choice(aims),
                    hers[1], life.calendar.on(since), life.calendar.on(until),
                    "done" if until < life.today else "running",
                )  # fmt: skip

    def _goal(self, life: Life, lead: tuple[str, ...], word: str, minute: int) -> str:
        goal = self.goals.new_id(life.key)
        target = life.calendar.on(minute + 200 * DAY)
        self.goals.add(goal, life.case, *lead, goal, word, plain(GOALS[word][0]), target)
        return goal

    def _diagnosis(self, life: Life) -> None:
        for part in PARTS:
            house, at = life.random.choice(life.parties), life.calendar.at(life.sometime())
            section, texts = self.sections.new_id(life.key), TEXTS[part]
            self.sections.add(section, life.case, part, house.id, house.id, at)
            self.versions.add(
                self.versions.new_id(life.key), life.case, house.id, house.someone(life.random), at, at,
                section, str(int(CATEGORY_OF[part])),
                *(plain(text) for text in (texts.known, texts.helps, texts.hinders, texts.needed)),
            )  # fmt: skip

    def _meeting(self, life: Life, number: int) -> None:
        """The last of an open case is still to come."""
        random, at, lead = life.random, life.calendar.at, life.lead
        is_ahead = life.state == "open" and number == MEETINGS - 1
        starts = life.today + int(random.uniform(1, 30) * DAY) if is_ahead else life.sometime()
        meeting, written = self.meetings.new_id(life.key), at(min(starts, life.today))
        self.meetings.add(
            meeting, life.case, lead.id, lead.someone(random), written, written,
            random.choice(life.programme.meetings).key, at(starts), at(starts + 60),
            "planned" if is_ahead else "held", f"{meeting}@accord",
        )  # fmt: skip
        for house in life.parties:
            self.seats.add(self.seats.new_id(life.key), meeting, house.id, house.someone(random))
