"""The bench world: as valid as if its cases had been worked on, and the same from the same seed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.models import F, Max

from accord.casework.cases.enums import RUNNING
from accord.casework.cases.models import Case, Disclosure, Participant, StageEntry
from accord.casework.cases.selectors import Shelf, cases_page
from accord.casework.consents.models import Grant
from accord.casework.diagnosis.models import Section, Version
from accord.casework.durations.models import Calculation, Cell
from accord.casework.meetings.models import Meeting, Seat
from accord.casework.plans.models import Goal, Measure, Plan, PlanSignature
from accord.cli.world.bench import build_bench
from accord.config.embedded import Unavailable
from accord.kernel.clock import NEVER, frozen_at
from accord.kernel.database import acting_as
from accord.network.institutions.models import Institution, Membership
from accord.people.matching.models import Fingerprint, Look
from accord.people.persons.models import Person
from accord.people.persons.rules import name_key
from scenarios import Colleague

pytestmark = pytest.mark.django_db
CASES = 200


@pytest.fixture
def world(db: None) -> None:
    build(CASES)


def build(cases: int) -> None:
    build_bench(progress=lambda done, total, what: None, cases=cases, seed=7)


def told() -> list[tuple[object, ...]]:
    """What the world says; the keys that Django made by itself are left out."""
    cases = Case.objects.order_by("number").values_list(
        "id", "number", "state", "stage", "lead", "updated_at"
    )
    disclosures = Disclosure.objects.order_by("id").values_list(
        "case", "recipient", "categories", "valid_until"
    )
    persons = Person.objects.order_by("id").values_list("name_key", "avs_number", "birth_date")
    return [*cases, *disclosures, *persons]


def indexes_keys_and_triggers() -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select split_part(indexdef, ' WHERE ', 1) from pg_indexes where schemaname = 'public' union all"
            " select conrelid::regclass || conname || pg_get_constraintdef(oid) from pg_constraint"
            " union all select tgname || tgenabled::text from pg_trigger where not tgisinternal order by 1"
        )
        return cursor.fetchall()


def test_there_are_as_many_cases_as_asked_for_in_three_hundred_institutions(world: None) -> None:
    assert Case.objects.count() == CASES
    assert Person.objects.count() == 5 * CASES
    assert Institution.objects.count() == 300
    assert Disclosure.objects.count() > 4 * CASES


def test_the_same_seed_gives_the_same_world() -> None:
    def once() -> list[tuple[object, ...]]:
        with frozen_at(datetime(2026, 11, 23, 9, tzinfo=UTC)), transaction.atomic():
            build(50)
            found = told()
            transaction.set_rollback(True)
        return found

    assert once() == once()


def test_indexes_keys_and_triggers_are_back_afterwards() -> None:
    before = indexes_keys_and_triggers()
    build(20)
    assert indexes_keys_and_triggers() == before


def test_a_partys_row_carries_what_the_database_itself_would_have_written(world: None) -> None:
    party = Disclosure.objects.filter(basis="party").select_related("case")
    assert party.count() == Participant.objects.count()
    ends = dict(Disclosure.objects.filter(basis="consent").values_list("case").annotate(Max("valid_until")))
    for row in party:
        case = row.case
        assert (row.case_state, row.case_stage, row.case_due_on) == (
            case.state,
            case.stage,
            case.stage_due_on,
        )
        assert (row.case_programme, row.case_updated_at) == (case.programme, case.updated_at)
        assert (row.person_id, row.leads) == (case.person_id, row.recipient_id == case.lead_id)
        assert row.case_authorised_until == ends.get(row.case_id, NEVER)


def test_each_case_stands_in_its_stage_and_each_grant_is_disclosed(world: None) -> None:
    standing = StageEntry.objects.filter(left_at__isnull=True)
    assert standing.filter(stage=F("case__stage")).count() == Case.objects.exclude(state="closed").count()
    granted = Grant.objects.order_by("consent", "recipient").values_list("consent", "recipient", "categories")
    disclosed = Disclosure.objects.filter(basis="consent").order_by("consent_id", "recipient")
    assert list(granted) == list(disclosed.values_list("consent_id", "recipient", "categories"))


def test_each_measure_serves_a_goal_of_its_case_and_all_have_signed(world: None) -> None:
    goals = dict(Goal.objects.values_list("origin", "case"))
    assert goals
    assert all(goals[measure.goal] == measure.case_id for measure in Measure.objects.all())
    parties = Participant.objects.filter(case__in=Plan.objects.values("case"))
    assert PlanSignature.objects.count() == parties.count()


def test_a_case_on_which_many_worked_has_its_diagnosis_and_meetings_and_nothing_medical(world: None) -> None:
    assert Section.objects.count() == Version.objects.count() > 0
    assert not Section.objects.filter(part="health").exists()
    for meeting in Meeting.objects.all():
        seats = Seat.objects.filter(meeting=meeting)
        assert seats.count() == Participant.objects.filter(case=meeting.case_id).count()


def test_whoever_has_a_case_is_fingerprinted_and_the_figures_of_the_durations_are_there(world: None) -> None:
    assert Fingerprint.objects.count() == 2 * CASES
    assert Look.objects.count() == CASES
    assert Calculation.objects.filter(finished_at__isnull=False).count() == 3
    assert Cell.objects.filter(is_hidden=False).exists()


def test_names_are_kept_as_if_they_had_been_typed(world: None) -> None:
    for person in Person.objects.all():
        assert person.name_key == name_key(person.family_name, person.given_names, person.birth_name)


def test_a_caseworker_finds_the_running_cases_of_her_institution(world: None) -> None:
    case = Case.objects.filter(state="open").select_related("lead").first()
    assert case is not None
    member = Membership.objects.filter(institution=case.lead, role="caseworker").first()
    assert member is not None
    actor = Colleague(member.user, case.lead, ("caseworker",)).actor
    with acting_as(actor):
        page = cases_page(actor, Shelf(size=CASES))
    running = Disclosure.objects.filter(recipient=case.lead, basis="party", case_state__in=RUNNING)
    assert {row.case_id for row in page.rows} == set(running.values_list("case_id", flat=True))


def test_a_database_with_cases_is_left_alone(world: None) -> None:
    with pytest.raises(Unavailable, match="cases in this database already"):
        build(10)
    assert Case.objects.count() == CASES
