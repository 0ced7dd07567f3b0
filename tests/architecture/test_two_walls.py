"""Who may see what is said twice: in the policies, and in the database. Both must say the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import Error, connection, transaction
from django.db.models import Exists, Model, OuterRef, Q

from accord.casework.cases import policies as cases
from accord.casework.cases.enums import Audience, Basis, EventKind
from accord.casework.cases.models import (
    Case,
    CaseDocument,
    Disclosure,
    Event,
    Note,
    Participant,
    StageEntry,
    Step,
)
from accord.casework.consents import policies as consents
from accord.casework.consents.models import Consent, ConsentText, Grant
from accord.casework.referrals import policies as referrals
from accord.casework.referrals.models import Exchange, Referral
from accord.foundation.documents.models import Document
from accord.kernel.actors import NOBODY, WORKER, Actor
from accord.kernel.clock import now, today
from accord.kernel.database import acting_as
from accord.kernel.identifiers import new_id
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from accord.people.persons.models import InstitutionFile, Person
from furnishing import furnished, gathered
from scenarios import institution

pytestmark = pytest.mark.django_db

Wall = Callable[[Actor], Q]
WALLS: dict[type[Model], Wall] = {
    Case: cases.cases_visible_to,
    Participant: cases.participants_visible_to,
    Disclosure: cases.disclosures_visible_to,
    StageEntry: lambda actor: Q(cases.in_visible_case(actor)),
    Event: cases.records_visible_to,
    Note: cases.records_visible_to,
    Step: cases.records_visible_to,
    CaseDocument: cases.records_visible_to,
    Document: lambda actor: (
        Q(institution_id=actor.institution_id)
        | Q(Exists(CaseDocument.objects.filter(cases.records_visible_to(actor), document=OuterRef("pk"))))
    ),
    Person: cases.persons_visible_to,
    InstitutionFile: cases.files_visible_to,
    Consent: lambda actor: Q(consents.visible_to(actor)),
    Grant: lambda actor: Q(consent__in=Consent.objects.filter(consents.visible_to(actor))),
    Referral: referrals.visible_to,
    Exchange: lambda actor: Q(referral__in=Referral.objects.filter(referrals.visible_to(actor))),
    **gathered("WALLS"),
}
"""Every table that is protected for the sake of a case, with the rule of the policies."""

BITS = [1 << bit for bit in range(9)]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PERIODS = {
    "past": (-30 * DAY, -HOUR),
    "present": (-30 * DAY, 30 * DAY),
    "just begun": (-HOUR, DAY),
    "future": (HOUR, 30 * DAY),
    "empty": (-HOUR, -HOUR),
}


def some(dice: random.Random, bits: list[int] = BITS) -> int:
    """A bit set of at least one category."""
    return sum(dice.sample(bits, dice.randint(1, 4)))


class World:
    """A few institutions, their persons, and cases with disclosures of every basis and period."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.institutions = [institution(kind) for kind in self.dice.sample(Kind.values, 4)]
        self.text = ConsentText.objects.create(
            programme=f"world-{seed}-{uuid4()}", version="1", language="fr", body={}, sha256="0" * 64
        )
        for _ in range(5):
            self.tell_a_case()

    def anyone(self) -> Institution:
        return self.dice.choice(self.institutions)

    def tell_a_case(self) -> Case:
        home = self.anyone()
        person = Person.objects.create(institution=home, family_name="Favre", given_names="Claire")
        for keeper in self.dice.sample(self.institutions, 2):
            InstitutionFile.objects.create(person=person, institution=keeper, opened_on=today())
        case = Case.objects.create(
            number=uuid4().hex, programme="p", programme_version="1", person=person,
            lead=self.anyone(), announced_by=home, stage="s",
        )  # fmt: skip
        for taking_part in self.dice.sample(self.institutions, self.dice.randint(0, 3)):
            Participant.objects.create(case=case, institution=taking_part, role="member")
        for recipient in self.institutions:
            self.disclose(case, recipient)
        StageEntry.objects.create(case=case, stage="s", holder=home)
        for _ in range(3):
            self.write(case)
        self.authorise(case)
        self.announce(case)
        furnished("furnish_world", self, case)
        return case

    def disclose(self, case: Case, recipient: Institution) -> None:
        """Nothing, or a party row, and up to two rows of another basis, each in some period."""
        if self.dice.random() < 0.6:
            self._disclosure(case, recipient, Basis.PARTY)
        for _ in range(self.dice.randint(0, 2)):
            self._disclosure(case, recipient, self.dice.choice([Basis.CONSENT, Basis.LAW, Basis.EMERGENCY]))

    def _disclosure(self, case: Case, recipient: Institution, basis: Basis) -> None:
        since, until = self.dice.choice(list(PERIODS.values()))
        Disclosure.objects.create(
            case=case,
            person=case.person,
            recipient=recipient,
            basis=basis,
            categories=0 if basis == Basis.PARTY else some(self.dice),
            consent_id=new_id() if basis == Basis.CONSENT else None,
            legal_article="LACI art. 85f al. 3" if basis == Basis.LAW else "",
            valid_from=now() + since,
            valid_until=now() + until,
        )

    def write(self, case: Case) -> None:
        """One record of each kind, of some category or none, for some audience."""

        def written() -> dict[str, object]:
            return {
                "case": case,
                "owner": self.anyone(),
                "category": self.dice.choice([None, *BITS]),
                "audience": self.dice.choice(Audience.values),
            }

        Event.objects.create(kind=EventKind.CREATED, **written())
        Note.objects.create(text="x", **written())
        Step.objects.create(title="x", assignee=self.anyone(), **written())
        document = Document.objects.create(
            institution_id=self.anyone().pk, original_name="x.pdf", sha256="0" * 64, size=1,
            media_type="application/pdf",
        )  # fmt: skip
        CaseDocument.objects.create(title="x", document=document, **written())

    def authorise(self, case: Case) -> None:
        consent = Consent.objects.create(
            case=case, text=self.text, recorded_by=self.anyone(), purpose="x",
            valid_from=today(), valid_until=today() + DAY,
        )  # fmt: skip
        for recipient in self.dice.sample(self.institutions, 2):
            Grant.objects.create(consent=consent, recipient=recipient, categories=some(self.dice))

    def announce(self, case: Case) -> None:
        referral = Referral.objects.create(
            case=case, sender=self.anyone(), desk=self.anyone(), sent_at=now(),
            state=self.dice.choice(["draft", "sent", "withdrawn"]),
        )  # fmt: skip
        Exchange.objects.create(referral=referral, question="x")


def seen_by_policies(model: type[Model], actor: Actor) -> set[object]:
    """As the owner of the tables, whom the database hides nothing from."""
    return set(model._default_manager.filter(WALLS[model](actor)).values_list("pk", flat=True))


def seen_in_database(model: type[Model], actor: Actor) -> set[object]:
    """Everything that the database gives to the application's role, without any filter."""
    with acting_as(actor):
        return set(model._default_manager.values_list("pk", flat=True))


def member_of(one: Institution) -> Actor:
    return Actor(user_id=uuid4(), institution_id=one.pk, institution_kind=one.kind)


@pytest.mark.parametrize("seed", range(12))
def test_both_walls_show_the_same_rows(seed):
    world = World(seed)
    for one in world.institutions:
        actor = member_of(one)
        for model in WALLS:
            assert seen_in_database(model, actor) == seen_by_policies(model, actor), (one.kind, model)


IN_THE_WINDOW = (
    Case,
    Participant,
    Disclosure,
    StageEntry,
    Event,
    Note,
    Step,
    CaseDocument,
    Person,
    InstitutionFile,
)
"""Tables that the role of the window reads; it is refused the others, or has its own test."""


@pytest.mark.parametrize("seed", range(4))
def test_both_walls_show_the_insured_person_the_same_rows(seed):
    World(seed)
    for case in Case.objects.all():
        her = Actor(window_case_id=case.pk)
        for model in IN_THE_WINDOW:
            assert seen_in_database(model, her) == seen_by_policies(model, her), model


def test_the_worlds_are_worth_comparing():
    """In each table somebody sees a row that another does not."""
    world = World(1)
    for model in WALLS:
        shares = {frozenset(seen_in_database(model, member_of(one))) for one in world.institutions}
        assert len(shares) > 1, model
        assert any(shares), model


@pytest.mark.parametrize("model", WALLS, ids=lambda model: model.__name__)
def test_nobody_sees_nothing(model):
    World(2)
    for actor in (NOBODY, Actor(user_id=uuid4()), Actor(institution_id=uuid4(), user_id=uuid4())):
        assert seen_in_database(model, actor) == set()


@pytest.mark.parametrize("model", WALLS, ids=lambda model: model.__name__)
def test_the_worker_sees_all(model):
    World(3)
    everything = set(model._default_manager.values_list("pk", flat=True))
    assert everything
    assert seen_in_database(model, WORKER) == everything


def hidden_case(seed: int) -> tuple[Case, Actor]:
    """A case of which one institution knows nothing, in the first world from this seed on that has one."""
    for number in range(seed, seed + 20):
        for one in World(number).institutions:
            actor = member_of(one)
            hidden = Case.objects.exclude(pk__in=Case.objects.filter(cases.cases_visible_to(actor)))
            if found := hidden.exclude(disclosures__recipient=one).first():
                return found, actor
    raise AssertionError("every institution knows of every case")


WRITINGS: dict[str, Callable[[Case, Actor], object]] = {
    "note": lambda case, actor: Note.objects.create(case=case, owner_id=actor.institution_id, text="x"),
    "event": lambda case, actor: Event.objects.create(
        case=case, owner_id=actor.institution_id, kind=EventKind.CREATED
    ),
    "step": lambda case, actor: Step.objects.create(
        case=case, owner_id=actor.institution_id, assignee_id=actor.institution_id, title="x"
    ),
    "participant": lambda case, actor: Participant.objects.create(
        case=case, institution_id=actor.institution_id, role="member"
    ),
    "stage": lambda case, actor: StageEntry.objects.create(
        case=case, stage="t", holder_id=actor.institution_id, left_at=now()
    ),
    "disclosure to oneself": lambda case, actor: Disclosure.objects.create(
        case=case, person_id=case.person_id, recipient_id=actor.institution_id, basis=Basis.PARTY
    ),
    "authorisation": lambda case, actor: Consent.objects.create(
        case=case, text=ConsentText.objects.all()[0], recorded_by_id=actor.institution_id, purpose="x",
        valid_from=today(), valid_until=today(),
    ),
    "grant": lambda case, actor: Grant.objects.create(
        consent_id=_key(Consent, case), recipient_id=actor.institution_id, categories=1
    ),
}  # fmt: skip


def _key(model: type[Model], case: Case) -> object:
    with acting_as(WORKER):
        return model._default_manager.get(case=case).pk


@pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS)
def test_writing_into_an_invisible_case_is_refused_by_the_database(write):
    case, actor = hidden_case(4)
    with pytest.raises(Error, match="row-level security"), acting_as(actor), transaction.atomic():
        write(case, actor)


@pytest.mark.parametrize("model", [Case, Note, Event, Step, Disclosure, Consent, Participant])
def test_changing_an_invisible_case_changes_nothing(model):
    case, actor = hidden_case(5)
    rows = model.objects.filter(pk=case.pk) if model is Case else model.objects.filter(case=case)
    own = {"owner_id": actor.institution_id} if hasattr(model, "owner") else {}
    rows = rows.exclude(**own) if own else rows
    rows = rows.exclude(assignee_id=actor.institution_id) if model is Step else rows
    rows = rows.exclude(institution_id=actor.institution_id) if model is Participant else rows
    wanted = list(rows.values_list("pk", flat=True))
    field = "person_id" if model in (Case, Disclosure) else "case_id"
    with acting_as(actor):
        assert model.objects.filter(pk__in=wanted).update(**{field: uuid4()}) == 0


def test_nobody_may_write_in_anothers_name():
    world = World(6)
    disclosed = Disclosure.objects.filter(valid_from__lte=now(), valid_until__gt=now())[0]
    actor = member_of(disclosed.recipient)
    other = next(one for one in world.institutions if one.pk != actor.institution_id)
    with pytest.raises(Error, match="row-level security"), acting_as(actor), transaction.atomic():
        Note.objects.create(case_id=disclosed.case_id, owner=other, text="x")


ABOUT_A_CASE = {"case", "case_id", "person", "consent", "referral", "document"}


def test_every_table_about_a_case_or_a_person_is_behind_the_wall():
    about = {
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name.startswith("accord.")
        for model in config.get_models()
        if model in WALLS or ABOUT_A_CASE & {field.name for field in model._meta.concrete_fields}
    }
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity and relkind = 'r'")
        protected = {name for (name,) in cursor.fetchall()}
    assert about - protected == set()
    assert {"cases_case", "persons_person", "cases_visit", "consents_grant"} <= about


def test_the_application_owns_no_table():
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = 'public'"
            " and tableowner in ('accord_app', 'accord_worker')"
        )
        assert cursor.fetchall() == []
