"""One case of the demo, from its announcement to where it stands: plausible, with its troubles."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from accord.casework.cases.enums import Audience, Basis, CaseState, Category, EventKind, ParticipantRole
from accord.casework.cases.models import Case, Disclosure, Event, Note, Participant, StageEntry, Step
from accord.casework.consents.models import Consent, ConsentText, Grant
from accord.casework.referrals.models import Exchange
from accord.cli.world import names
from accord.cli.world.announcements import invent_referral
from accord.cli.world.fates import MEDICAL, SHARED, STROKES, Fate, History
from accord.foundation.accounts.models import User
from accord.kernel.clock import FOREVER, SWISS_TIME
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme
from accord.people.persons.models import InstitutionFile, Person


class Teller:
    """Tells one case; `today` is the instant at which the demo begins."""

    def __init__(
        self,
        random: Random,
        programme: Programme,
        person: Person,
        sender: Institution,
        desk: Institution,
        others: list[Institution],
        staff: dict[UUID, list[User]],
        text: ConsentText,
        now: datetime,
        number: str,
        region: str,
    ) -> None:
        self.random, self.programme, self.person = random, programme, person
        self.sender, self.desk, self.others, self.staff = sender, desk, others, staff
        self.text, self.now, self.number, self.region = text, now, number, region
        self.german = person.language == "de"

    def tell(self, fate: Fate) -> History:
        """The whole history of one case."""
        self.fate = fate
        self.case = self._case()
        self.history = History(self.person, self.case)
        self._party(
            self.sender, ParticipantRole.ANNOUNCER if self.taken else ParticipantRole.LEAD, fate.begins
        )
        self._event(EventKind.CREATED, fate.begins, self.sender)
        self._referral()
        if fate.state == CaseState.DRAFT:
            self._stage(self.programme.stages[0].key, fate.begins, None)
            return self.history
        self._announce()
        if self.taken:
            self._work()
        return self.history

    @property
    def taken(self) -> bool:
        """Whether the desk accepted the announcement."""
        return self.fate.state in (CaseState.OPEN, CaseState.CLOSED)

    @property
    def ends(self) -> datetime:
        """When the story stops: at its closing, or today."""
        return min(self.now, self.fate.begins + timedelta(days=self.fate.days))

    def _someone(self, at: Institution) -> User | None:
        people = self.staff.get(at.pk) or []
        return self.random.choice(people) if people else None

    def _case(self) -> Case:
        lead = self._lead() if self.taken else self.sender
        closed = self.fate.state == CaseState.CLOSED
        return Case(
            number=self.number,
            programme=self.programme.slug,
            programme_version=self.programme.version,
            person=self.person,
            lead=lead,
            lead_user=self._someone(lead),
            announced_by=self.sender,
            subject=self.random.choice(names.SUBJECTS_DE if self.german else names.SUBJECTS),
            region=self.region if self.programme.regions else "",
            state=self.fate.state,
            stage=self.programme.stages[0].key,
            stage_since=self.fate.begins,
            created_at=self.fate.begins,
            opened_at=self.fate.begins + timedelta(days=9) if self.taken else None,
            closed_at=self.ends if closed else None,
            outcome=self._outcome() if closed else "",
            updated_at=self.ends,
        )

    def _lead(self) -> Institution:
        able = [
            house for house in [self.desk, self.sender, *self.others] if self.programme.may_lead(house.kind)
        ]
        return self.random.choice(able) if able else self.desk

    def _outcome(self) -> str:
        weights = {"success": 30, "durable": 14, "neutral": 8, "interrupted": 6}
        outcomes = self.programme.outcomes
        return self.random.choices(outcomes, [weights[o.category] for o in outcomes])[0].key

    def _party(self, house: Institution, role: str, at: datetime) -> None:
        if house is self.case.lead and self.taken:
            role = ParticipantRole.LEAD
        self.history.participants.append(
            Participant(
                case=self.case, institution=house, role=role, referent=self._someone(house), joined_at=at
            )
        )
        self._disclosure(house, 0, Basis.PARTY, at, FOREVER)

    def _disclosure(
        self, to: Institution, mask: int, basis: str, since: datetime, until: datetime, **more: Any
    ) -> None:
        self.history.disclosures.append(
            Disclosure(
                case=self.case,
                person=self.person,
                recipient=to,
                categories=int(mask),
                basis=basis,
                valid_from=since,
                valid_until=until,
                **more,
            )
        )

    def _event(
        self, kind: str, at: datetime, by: Institution, category: int | None = None, **data: Any
    ) -> None:
        self.history.events.append(
            Event(
                case=self.case,
                owner=by,
                author=self._someone(by),
                category=category,
                kind=kind,
                at=at,
                created_at=at,
                updated_at=at,
                data=data,
            )
        )

    def _referral(self) -> None:
        self.referral = invent_referral(
            self.random,
            self.programme,
            self.case,
            self.sender,
            self._someone(self.sender),
            self.fate.begins,
        )
        self.history.referrals.append(self.referral)

    def _announce(self) -> None:
        sent = self.fate.begins + timedelta(days=1, hours=2)
        referral, state = self.referral, self.fate.state
        referral.desk, referral.state, referral.sent_at = self.desk, "sent", sent
        referral.expires_on = sent.date() + timedelta(days=self.programme.deadlines.referral_expiry_days)
        every = self.programme.deadlines.referral_reminder_days
        referral.reminders = (self.now - sent).days // every if state == CaseState.ANNOUNCED else 0
        referral.next_reminder_on = sent.date() + timedelta(days=every * (referral.reminders + 1))
        referral.updated_at = sent
        if self.desk is not self.sender:
            self._party(self.desk, ParticipantRole.DESK, sent)
        self._event(EventKind.ANNOUNCED, sent, self.sender, desk=self.desk.short_name)
        self._consent(self.fate.begins, [self.desk, *(self.others if self.taken else [])])
        first = self.programme.stages[0].key
        if not self.taken:
            due = referral.expires_on if state == CaseState.ANNOUNCED else None
            self._stage(first, self.fate.begins, None, due)
        decided = sent + timedelta(days=self.random.randint(1, 12))
        if state != CaseState.ANNOUNCED:
            referral.received_at, referral.next_reminder_on = sent + timedelta(hours=20), None
        if state == CaseState.DECLINED:
            referral.state, referral.decided_at = "declined", decided
            referral.decided_by = self._someone(self.desk)
            referral.decision_reason = self.random.choice(["criteria", "other_way", "incomplete"])
            referral.decision_sentence = (
                "La situation peut être suivie par une seule institution pour l’instant."
            )
            self._event(EventKind.DECLINED, decided, self.desk)
            self._end_disclosures(decided, "declined")
        elif state == CaseState.EXPIRED:
            referral.state = "expired"
            self._event(EventKind.EXPIRED, sent + timedelta(days=30), self.sender)
            self._end_disclosures(sent + timedelta(days=30), "expired")
        elif self.taken:
            referral.state, referral.decided_at = "accepted", decided
            referral.decided_by = self._someone(self.desk)
            self._event(EventKind.ACCEPTED, decided, self.desk)
        elif self.fate.trouble == "asked_back":
            referral.state, referral.received_at = "asked_back", sent + timedelta(days=1)
            self.history.exchanges.append(
                Exchange(
                    referral=referral,
                    question="Depuis quand la personne est-elle en incapacité de travail ?",
                    asked_at=sent + timedelta(days=2),
                    asked_by=self._someone(self.desk),
                )
            )
            self._event(EventKind.ASKED_BACK, sent + timedelta(days=2), self.desk)

    def _end_disclosures(self, at: datetime, because: str) -> None:
        for disclosure in self.history.disclosures:
            if disclosure.basis == Basis.CONSENT and disclosure.valid_until > at:
                disclosure.valid_until, disclosure.ended_because = at, because

    def _consent(self, at: datetime, recipients: list[Institution]) -> None:
        since = at.date()
        months = self.programme.consent.default_months
        until = since + timedelta(days=30 * months)
        if self.fate.trouble == "expired":
            until = (self.now - timedelta(days=self.random.randint(3, 60))).date()
        elif self.fate.trouble == "expiring":
            until = (self.now + timedelta(days=self.random.randint(2, 25))).date()
        elif self.fate.state == CaseState.OPEN and until < self.now.date():
            until = (self.now + timedelta(days=self.random.randint(40, 300))).date()
        until = max(until, since)
        over = until < self.now.date()
        revoked = self.fate.trouble == "revoked"
        consent = Consent(
            case=self.case,
            text=self.text,
            programme=self.text.programme,
            recorded_by=self.sender,
            recorded_by_user=self._someone(self.sender),
            state="revoked" if revoked else "expired" if over else "active",
            purpose=self.programme.consent.purposes[0].label.in_(self.person.language),
            valid_from=since,
            valid_until=until,
            channel="screen",
            signatory="representative" if self.person.representative_kind else "person",
            signed_on=since,
            signature={**STROKES, "text_sha256": self.text.sha256},
            revoked_at=self.now - timedelta(days=self.random.randint(1, 20)) if revoked else None,
            revocation_note="Par téléphone" if revoked else "",
            created_at=at,
            updated_at=at,
        )
        self.history.consents.append(consent)
        self._event(EventKind.CONSENT_GIVEN, at, self.sender, until=until.isoformat())
        end = datetime.combine(until + timedelta(days=1), datetime.min.time(), SWISS_TIME)
        if revoked and consent.revoked_at:
            end = max(consent.revoked_at, at)
            self._event(EventKind.CONSENT_REVOKED, end, self.sender)
        for house in dict.fromkeys([*recipients, self.sender]):
            if house is self.sender and self.programme.slug != "cii-plus" and not self.taken:
                continue
            mask = MEDICAL if house.kind == "medical_service" else self.random.choice(SHARED)
            self.history.grants.append(
                Grant(
                    consent=consent,
                    recipient=house,
                    categories=int(mask),
                    ended_at=end if revoked or over else None,
                )
            )
            self._disclosure(
                house,
                mask,
                Basis.CONSENT,
                at,
                end,
                consent_id=consent.pk,
                purpose=consent.purpose,
                ended_because="revoked" if revoked else "expired" if over else "",
            )

    def _stage(self, key: str, entered: datetime, left: datetime | None, due: date | None = None) -> None:
        stage = self.programme.stage(key)
        due = due or (entered.date() + timedelta(days=stage.days) if stage.days is not None else None)
        self.history.stages.append(
            StageEntry(
                case=self.case, stage=key, holder=self.case.lead, entered_at=entered, left_at=left, due_on=due
            )
        )
        self.case.stage, self.case.stage_since = key, entered
        self.case.stage_due_on = due if left is None else None

    def _work(self) -> None:
        begins, ends, random = self.fate.begins, self.ends, self.random
        opened = begins + timedelta(days=9)
        for house in self.others:
            self._party(house, ParticipantRole.MEMBER, opened)
            self._event(EventKind.JOINED, opened, self.case.lead, institution=house.short_name)
        self._stages(begins, ends)
        for house in [self.sender, self.desk, *self.others]:
            self._file(house)
        span = max(2, (ends - opened).days)
        for _ in range(random.randint(2, 6)):
            self._step(opened + timedelta(days=random.randint(0, span), hours=random.randint(0, 8)))
        for _ in range(random.randint(1, 4)):
            self._note(opened + timedelta(days=random.randint(0, span), hours=random.randint(0, 8)))
        if self.fate.state == CaseState.CLOSED:
            self._event(EventKind.CLOSED, ends, self.case.lead, outcome=self.case.outcome)
            self.case.stage_due_on = None

    def _reached(self) -> int:
        """How many stages the case has come to."""
        stages = len(self.programme.stages)
        return stages if self.fate.state == CaseState.CLOSED else self.random.randint(2, stages - 1)

    def _stages(self, begins: datetime, ends: datetime) -> None:
        stages = self.programme.stages
        closed = self.fate.state == CaseState.CLOSED
        reached = self._reached()
        length = (ends - begins) / reached
        at = begins
        for position, stage in enumerate(stages[:reached]):
            last = position == reached - 1
            left = at + length * self.random.uniform(0.6, 1.3)
            left = min(left, ends)
            self._stage(stage.key, at, (ends if closed else None) if last else left)
            if position:
                self._event(EventKind.STAGE, at, self.case.lead, stage=stage.key)
            at = left
        if not closed and self.fate.trouble != "overdue" and self.case.stage_due_on:
            due = max(self.case.stage_due_on, self.now.date() + timedelta(days=self.random.randint(1, 30)))
            self.case.stage_due_on = self.history.stages[-1].due_on = due

    def _file(self, house: Institution) -> None:
        if any(file.institution_id == house.pk for file in self.history.files):
            return
        opened = self.fate.begins.date() + timedelta(days=self.random.randint(-400, 20))
        closed = None
        if self.fate.state == CaseState.CLOSED or self.random.random() < 0.15:
            closed = max(opened, self.ends.date() - timedelta(days=self.random.randint(0, 60)))
        self.history.files.append(
            InstitutionFile(
                person=self.person,
                institution=house,
                number=f"{house.slug[:3].upper()}-{self.random.randint(10000, 99999)}",
                opened_on=opened,
                closed_on=closed,
            )
        )

    def _step(self, at: datetime) -> None:
        random = self.random
        house = random.choice([self.case.lead, self.sender, *self.others])
        due = (at + timedelta(days=random.randint(7, 45))).date()
        done = self.fate.state == CaseState.CLOSED or due < self.now.date()
        if done and self.fate.state == CaseState.OPEN and random.random() < 0.08:
            done = False
        self.history.steps.append(
            Step(
                case=self.case,
                owner=self.case.lead,
                author=self.case.lead_user,
                category=int(Category.PLAN),
                title=random.choice(names.STEPS_DE if self.german else names.STEPS),
                assignee=house,
                assignee_user=self._someone(house),
                due_on=due,
                state="done" if done else "open",
                ended_at=min(self.ends, at + timedelta(days=random.randint(1, 30))) if done else None,
                created_at=at,
                updated_at=at,
            )
        )

    def _note(self, at: datetime) -> None:
        house = self.random.choice([self.case.lead, self.sender, *self.others])
        self.history.notes.append(
            Note(
                case=self.case,
                owner=house,
                author=self._someone(house),
                category=int(
                    self.random.choice([Category.WORK, Category.PLAN, Category.SOCIAL, Category.CAPACITY])
                ),
                audience=Audience.CIRCLE if self.random.random() < 0.75 else Audience.OWN,
                text=self.random.choice(names.NOTES_DE if self.german else names.NOTES),
                created_at=at,
                updated_at=at,
            )
        )
