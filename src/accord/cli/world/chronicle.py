"""The cases of the bench world, one after the other, as rows to pour.

No text in them is medical and no medical data are disclosed: sizes and shapes are what matters here.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.db.models import Model

from accord.casework.cases.enums import Category
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
from accord.cli.world import names, together
from accord.cli.world.almanac import DAY, Calendar
from accord.cli.world.circles import SHARES, House, Network
from accord.cli.world.loading import NULL, Table
from accord.cli.world.vocabulary import Vocabulary
from accord.kernel.clock import FOREVER, NEVER, now
from accord.kernel.identifiers import avs_check_digit
from accord.network.programmes.selectors import current_programme
from accord.people.persons.models import InstitutionFile, Person

SPAN = 6 * 365 * DAY
BEFORE, AFTER = 800, 1200
"""Days that the calendar knows before the first case and after its last."""
RICH = 100
"""Each hundredth case is as full as one on which several institutions worked for long."""
PURPOSE = "Plan commun de réinsertion"
ARTICLE = "LACI art. 85f al. 3"
UNTIL_FOREVER, AUTHORISED_NEVER = FOREVER.isoformat(), NEVER.isoformat()
BASE = Category.IDENTITY | Category.BENEFITS | Category.WORK | Category.PLAN
MASKS = tuple(
    str(int(mask))
    for mask in (BASE, BASE | Category.CAPACITY, BASE | Category.SOCIAL, Category.IDENTITY | Category.WORK)
)
BY_LAW = str(int(BASE | Category.CAPACITY))
NOTED = tuple(str(int(category)) for category in (Category.WORK, Category.PLAN, Category.SOCIAL))
REFERRAL_STATES = {"announced": "sent", "open": "accepted", "closed": "accepted"}
MODELS: tuple[type[Model], ...] = (
    Case, Participant, Disclosure, StageEntry, Event, Note, Step, CaseDocument, Visit, Consent, Grant,
    Referral, Exchange, Person, InstitutionFile, *together.MODELS,
)  # fmt: skip


class Chronicle:
    """Tells the cases in the order in which they began, each with its person and all that belongs to it."""

    def __init__(self, seed: int, network: Network, cases: int) -> None:
        self.seed, self.network, self.cases = seed, network, cases
        self.vocabulary = Vocabulary(seed)
        self.calendar = Calendar(
            now().date() - timedelta(days=SPAN // DAY + BEFORE), SPAN // DAY + BEFORE + AFTER
        )
        self.today = self.calendar.minute(now())
        self.texts = {slug: str(text_for(current_programme(slug), "fr").pk) for slug in SHARES}
        self.persons = Table(
            Person, "id", "institution_id", "family_name", "given_names", "name_key", "avs_number",
            "birth_date", "sex", "postal_code", "city", "phone", "created_at", "updated_at", canton="GE",
        )  # fmt: skip
        self.case_rows = Table(
            Case, "id", "number", "programme", "programme_version", "person_id", "lead_id", "lead_user_id",
            "announced_by_id", "subject", "region", "state", "stage", "stage_since", "stage_due_on",
            "created_at", "opened_at", "closed_at", "outcome", "updated_at",
        )  # fmt: skip
        self.participants = Table(
            Participant, "id", "case_id", "institution_id", "role", "referent_id", "joined_at", left_at=None
        )
        self.disclosures = Table(
            Disclosure, "id", "case_id", "person_id", "recipient_id", "categories", "basis", "consent_id",
            "legal_article", "purpose", "valid_from", "valid_until", "ended_because", "case_state",
            "case_stage", "case_due_on", "case_updated_at", "case_programme", "leads", "case_authorised_until",
        )  # fmt: skip
        self.stages = Table(
            StageEntry, "id", "case_id", "stage", "holder_id", "entered_at", "left_at", "due_on"
        )
        self.consents = Table(
            Consent, "id", "case_id", "text_id", "programme", "recorded_by_id", "recorded_by_user_id", "state",
            "valid_from", "valid_until", "signed_on", "revoked_at", "created_at", "updated_at",
            purpose=PURPOSE, channel="screen", signatory="person", signature={"strokes": []},
        )  # fmt: skip
        self.grants = Table(Grant, "id", "consent_id", "recipient_id", "categories", "ended_at")
        record = ("id", "case_id", "owner_id", "author_id", "created_at", "updated_at")
        self.events = Table(Event, *record, "at", "kind")
        self.notes = Table(Note, *record, "category", "text")
        self.steps = Table(
            Step, *record, "title", "assignee_id", "assignee_user_id", "due_on", "state", "ended_at",
            category=int(Category.PLAN),
        )  # fmt: skip
        self.files = Table(
            InstitutionFile, "id", "person_id", "institution_id", "number", "opened_on", "closed_on"
        )
        self.referrals = Table(
            Referral, "id", "case_id", "sender_id", "sender_user_id", "desk_id", "state", "created_at",
            "updated_at", "sent_at", "received_at", "decided_at", "next_reminder_on", "expires_on",
            reasons=["unclear_problem"], criteria={"potential": True},
        )  # fmt: skip
        self.visits = Table(Visit, "id", "case_id", "user_id", "at")
        self.together = together.Together()

    @staticmethod
    def table_names() -> list[str]:
        """The tables that are filled, and those that depend on them."""
        return [model._meta.db_table for model in MODELS]

    def write(self, serials: range) -> None:
        """Tell these cases and pour them into the tables."""
        random = Random(f"{self.seed} {serials.start}")  # noqa: S311 -- a fictional world, not a secret
        for serial in serials:
            Life(self, random, serial).tell()
        for table in (*vars(self).values(), *vars(self.together).values()):
            if isinstance(table, Table):
                table.pour(frozen=True)


class Life:
    """One case, from its first minute to where it stands."""

    def __init__(self, chronicle: Chronicle, random: Random, serial: int) -> None:
        self.to, self.random, self.serial = chronicle, random, serial
        self.calendar, self.today = chronicle.calendar, chronicle.today
        self.circle = chronicle.network.circle(random)
        self.programme = self.circle.programme
        self.parties = self.circle.parties
        self.is_rich = serial % RICH == 0
        step = SPAN / chronicle.cases
        self.begins = self.today - SPAN + int((serial + random.random()) * step)
        self.key = self.calendar.key(self.begins)
        self.authorised_until = AUTHORISED_NEVER
        self._decide()

    def tell(self) -> None:
        """Write all that belongs to the case."""
        self._person_and_case()
        if self.state != "draft":
            self._consent()
            self._by_law()
        self._parties()
        self._stages()
        self._records()
        self._referral()
        self.to.together.tell(self)

    def _decide(self) -> None:
        random, today = self.random, self.today
        ends = self.begins + int(min(900, max(25, random.lognormvariate(5.4, 0.55))) * DAY)
        age, chance = (today - self.begins) / DAY, random.random()
        if ends < today:
            self.state = "closed" if chance < 0.88 else "declined" if chance < 0.98 else "expired"
            self.ends = ends if self.state == "closed" else self.begins + 30 * DAY
        else:
            announced = age < 28 and chance < 0.35
            self.state = "draft" if age < 12 and chance > 0.7 else "announced" if announced else "open"
            self.ends = today
        self.is_taken = self.state in ("open", "closed")
        sender, desk = self.circle.sender, self.circle.desk
        may_lead = self.programme.may_lead(sender.kind)
        self.lead = sender if not self.is_taken or (may_lead and random.random() < 0.4) else desk
        if self.state == "draft":
            self.parties = (sender,)
        self.changed = self.ends
        if self.state in ("open", "announced", "draft"):
            self.changed = max(self.begins, today - int(random.expovariate(1 / 25) * DAY))
        self._decide_stage()

    def _decide_stage(self) -> None:
        random, stages = self.random, self.programme.stages
        reached = len(stages) - 1 if self.state == "closed" else 0
        if self.state == "open":
            reached = 1 + int(random.random() * (len(stages) - 2))
        self.reached, stage = reached, stages[reached]
        self.stage = stage.key
        self.since = self.begins
        if reached:
            self.since += int((self.changed - self.begins) * random.uniform(0.4, 1))
        self.due = NULL
        if self.state in ("open", "announced") and stage.days is not None:
            due = self.since + stage.days * DAY
            if random.random() > 0.1:
                due = max(due, self.today + int(random.uniform(1, 30) * DAY))
            self.due = self.calendar.on(due)

    def _person_and_case(self) -> None:
        to, random, sender = self.to, self.random, self.circle.sender
        begins = self.calendar.at(self.begins)
        family, given, name_key = to.vocabulary.name(random)
        first_twelve = f"756{self.serial * 7919 % 1_000_000_000:09d}"
        postal_code, city, _street = random.choice(names.PLACES_GE)
        day, month = 1 + int(random.random() * 28), 1 + int(random.random() * 12)
        self.person = to.persons.new_id(self.key)
        to.persons.add(
            self.person, sender.id, family, given, name_key,
            first_twelve + avs_check_digit(first_twelve) if random.random() < 0.93 else "",
            f"{1962 + int(random.random() * 45)}-{month:02d}-{day:02d}",
            "12"[random.random() < 0.5], postal_code, city, f"079 000 {self.serial % 10_000:04d}", begins, begins,
        )  # fmt: skip
        self.case = to.case_rows.new_id(self.key)
        programme, closed = self.programme, self.state == "closed"
        region = random.choice(programme.regions).key if programme.regions else ""
        to.case_rows.add(
            self.case, f"{programme.number_prefix}-{begins[:4]}-{self.serial + 1:07d}", programme.slug,
            programme.version, self.person, self.lead.id, self.lead.someone(random), sender.id,
            random.choice(names.SUBJECTS), region, self.state, self.stage, self.calendar.at(self.since), self.due,
            begins, self.calendar.at(min(self.begins + 9 * DAY, self.today)) if self.is_taken else NULL,
            self.calendar.at(self.ends) if closed else NULL,
            random.choice(programme.outcomes).key if closed else "", self.calendar.at(self.changed),
        )  # fmt: skip

    def _disclose(
        self,
        house: House,
        mask: str,
        basis: str,
        until: str = UNTIL_FOREVER,
        consent: str = NULL,
        article: str = "",
        purpose: str = "",
        because: str = "",
    ) -> None:
        rows = self.to.disclosures
        rows.add(
            rows.new_id(self.key), self.case, self.person, house.id, mask, basis, consent, article, purpose,
            self.calendar.at(self.begins), until, because, self.state, self.stage, self.due,
            self.calendar.at(self.changed), self.programme.slug, "ft"[house is self.lead],
            self.authorised_until if basis == "party" else AUTHORISED_NEVER,
        )  # fmt: skip

    def _parties(self) -> None:
        to, random, begins = self.to, self.random, self.calendar.at(self.begins)
        roles = {self.circle.sender: "announcer", self.circle.desk: "desk"} | {self.lead: "lead"}
        for house in self.parties:
            role, referent = roles.get(house, "member"), house.someone(random)
            to.participants.add(to.participants.new_id(self.key), self.case, house.id, role, referent, begins)
            self._disclose(house, "0", "party")
            if self.state == "open" and random.random() < 0.5:
                visited = self.begins + int((self.today - self.begins) * random.random())
                to.visits.add(to.visits.new_id(self.key), self.case, referent, self.calendar.at(visited))

    def _consent(self) -> None:
        to, random, calendar = self.to, self.random, self.calendar
        sender = self.circle.sender
        until = self.begins + 365 * DAY
        if self.state == "open" and until < self.today and random.random() < 0.93:
            until = self.today + int(random.uniform(2, 300) * DAY)
        is_over, revoked = until < self.today, self.state == "open" and random.random() < 0.015
        ends = (until // DAY + 1) * DAY
        because = "expired" if is_over else ""
        if revoked:
            ends, because = self.begins + int((self.today - self.begins) * random.random()), "revoked"
        elif self.state in ("declined", "expired"):
            ends, because = min(ends, self.ends), self.state
        consent = to.consents.new_id(self.key)
        begins, signed_on, end = calendar.at(self.begins), calendar.on(self.begins), calendar.at(ends)
        to.consents.add(
            consent, self.case, to.texts[self.programme.slug], self.programme.slug, sender.id, sender.someone(random),
            "revoked" if revoked else "expired" if is_over else "active", signed_on, calendar.on(until),
            signed_on, end if revoked else NULL, begins, begins,
        )  # fmt: skip
        for house in self.parties:
            if house is sender and random.random() < 0.35:
                continue
            mask = random.choice(MASKS)
            to.grants.add(
                to.grants.new_id(self.key), consent, house.id, mask, end if is_over or revoked else NULL
            )
            self._disclose(house, mask, "consent", end, consent=consent, purpose=PURPOSE, because=because)
            self.authorised_until = end

    def _by_law(self) -> None:
        for house in self.parties:
            if house is not self.circle.sender and self.random.random() < 0.18:
                self._disclose(house, BY_LAW, "law", article=ARTICLE, purpose=ARTICLE)

    def _stages(self) -> None:
        rows, at, lead = self.to.stages, self.calendar.at, self.lead.id
        passed = self.programme.stages[: self.reached]
        if not self.is_rich:
            passed = passed[:1]
        length, entered = (self.since - self.begins) // max(1, len(passed)), self.begins
        for stage in passed:
            rows.add(
                rows.new_id(self.key), self.case, stage.key, lead, at(entered), at(entered + length), NULL
            )
            entered += length
        left = at(self.ends) if self.state == "closed" else NULL
        rows.add(rows.new_id(self.key), self.case, self.stage, lead, at(entered), left, self.due)

    def _records(self) -> None:
        random = self.random
        self._event("created" if self.state == "draft" else "announced", self.circle.sender)
        if not self.is_taken:
            return
        chance = 1 if self.is_rich else random.random()
        for _ in range(12 if self.is_rich else chance < 0.5):
            self._event("stage", self.lead)
        for _ in range(4 if self.is_rich else chance < 0.25):
            self._note(random.choice(self.parties))
        for _ in range(5 if self.is_rich else chance > 0.7):
            self._step(random.choice(self.parties))
        for house in self.parties[: 9 if self.is_rich else 1]:
            self._file(house)

    def sometime(self) -> int:
        """A minute while the case runs."""
        return self.begins + int((self.ends - self.begins) * self.random.random())

    def _event(self, kind: str, house: House) -> None:
        rows, at = self.to.events, self.calendar.at(self.sometime())
        rows.add(rows.new_id(self.key), self.case, house.id, house.someone(self.random), at, at, at, kind)

    def _note(self, house: House) -> None:
        rows, random, at = self.to.notes, self.random, self.calendar.at(self.sometime())
        author, text = house.someone(random), random.choice(names.NOTES)
        rows.add(rows.new_id(self.key), self.case, house.id, author, at, at, random.choice(NOTED), text)

    def _step(self, house: House) -> None:
        rows, random, minute = self.to.steps, self.random, self.sometime()
        due = minute + int(random.uniform(7, 60) * DAY)
        is_done = self.state == "closed" or (due < self.today and random.random() < 0.92)
        at, ended = self.calendar.at(minute), self.calendar.at(min(due, self.ends)) if is_done else NULL
        rows.add(
            rows.new_id(self.key), self.case, self.lead.id, self.lead.someone(random), at, at,
            random.choice(names.STEPS), house.id, house.someone(random), self.calendar.on(due),
            "done" if is_done else "open", ended,
        )  # fmt: skip

    def _file(self, house: House) -> None:
        rows, random = self.to.files, self.random
        opened = self.begins + int(random.uniform(-400, 5) * DAY)
        closed = self.calendar.on(max(opened, self.ends)) if self.state == "closed" else NULL
        number = f"{house.slug[:3].upper()}-{self.serial + 1:07d}"
        rows.add(rows.new_id(self.key), self.person, house.id, number, self.calendar.on(opened), closed)

    def _referral(self) -> None:
        """A small part has its announcement kept; of those that still wait, all."""
        if self.is_taken and not self.is_rich and self.random.random() > 0.05:
            return
        rows, at, sender = self.to.referrals, self.calendar.at, self.circle.sender
        is_draft, waits = self.state == "draft", self.state == "announced"
        sent, decided = at(self.begins), at(min(self.begins + 10 * DAY, self.today))
        rows.add(
            rows.new_id(self.key), self.case, sender.id, sender.someone(self.random),
            NULL if is_draft else self.circle.desk.id, REFERRAL_STATES.get(self.state, self.state), sent, sent,
            NULL if is_draft else sent, NULL if is_draft or waits else decided,
            NULL if is_draft or waits else decided,
            self.calendar.on(self.today + 6 * DAY) if waits else NULL,
            self.calendar.on(self.begins + 30 * DAY) if waits else NULL,
        )  # fmt: skip
