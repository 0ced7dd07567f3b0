"""Search finds whom one means, and only whom one may know."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.policies import cases_visible_to, persons_visible_to
from accord.foundation.journal.models import Entry
from accord.kernel.clock import now, today
from accord.kernel.database import acting_as
from accord.network.institutions.enums import Kind, Role
from accord.people.persons.models import InstitutionFile, Person
from accord.people.persons.selectors import search_persons
from accord.web.search import find
from scenarios import avs_number, colleague, draft, institution, open_case, opened_to, person, programmes

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne():
    programmes()
    return colleague(kind=Kind.AI_OFFICE)


@pytest.fixture
def bruno(anne):
    return colleague(kind=Kind.SOCIAL_AID)


def found_by(who, typed: str) -> list[str]:
    with acting_as(who.actor):
        return [str(finding.person) for finding in find(who.actor, typed)]


@pytest.mark.parametrize(
    "typed",
    [
        "Müller Jean-Pierre",
        "muller",
        "MUELLER",
        "Mül",
        "Muler",
        "Mlüler",
        "Mülller",
        "pierre müller",
        "Jean Muller",
        "muler piere",
        "Jean-Pierre",
        "  müller,   jean ",
        "Aubert",
    ],
)
def test_a_person_is_found_however_her_name_is_written(anne, typed):
    person(anne.institution, "Müller", "Jean-Pierre", birth_name="Aubert")
    person(anne.institution, "Krasniqi", "Valdete")
    assert found_by(anne, typed) == ["Müller Jean-Pierre"]


@pytest.mark.parametrize("typed", ["", "   ", "?", "Zbinden", "müller zbinden", "'; drop table x --", "\x00"])
def test_what_means_nobody_finds_nobody(anne, typed):
    person(anne.institution, "Müller", "Jean-Pierre")
    assert found_by(anne, typed) == []


def test_the_likeliest_comes_first(anne):
    for family in ("Fabre", "Favrey", "Favre"):
        person(anne.institution, family, "Claire")
    assert found_by(anne, "Favre")[0] == "Favre Claire"


def test_the_name_after_a_correction_is_found_and_the_old_one_no_more(anne):
    claire = person(anne.institution, "Favre", "Claire")
    with acting_as(anne.actor):
        Person.objects.filter(pk=claire.pk).update(family_name="Rochat", name_key="rochat claire")
    assert found_by(anne, "Rochat") == ["Rochat Claire"]
    assert found_by(anne, "Favre") == []


def test_an_avs_number_is_found_as_it_is_printed(anne):
    number = avs_number()
    person(anne.institution, avs_number=number)
    printed = f"{number[:3]}.{number[3:7]}.{number[7:11]}.{number[11:]}"
    assert found_by(anne, number) == found_by(anne, printed) == ["Favre Claire"]
    assert found_by(anne, avs_number()) == []


def test_ones_own_file_number_leads_to_the_person_and_nobody_elses_does(anne, bruno):
    claire = person(anne.institution)
    opened_to(open_case(anne, about=claire), bruno.institution, Category.IDENTITY, Category.BENEFITS)
    for owner, number in ((anne, "21.4711"), (bruno, "HG-9")):
        InstitutionFile.objects.create(
            person=claire, institution=owner.institution, number=number, opened_on=today()
        )
    assert found_by(anne, "21.4711") == ["Favre Claire"]
    assert found_by(bruno, "HG-9") == ["Favre Claire"]
    assert found_by(anne, "HG-9") == found_by(bruno, "21.4711") == []


def test_whoever_is_told_of_a_person_finds_her_with_the_case(anne, bruno):
    case = open_case(anne)
    assert found_by(bruno, "Favre") == []
    opened_to(case, bruno.institution, Category.IDENTITY)
    with acting_as(bruno.actor):
        (finding,) = find(bruno.actor, "favre")
    assert (str(finding.person), finding.cases) == ("Favre Claire", [case])


@pytest.mark.parametrize("until", [timedelta(0), timedelta(days=-1)])
def test_when_the_disclosure_has_ended_she_is_found_no_more(anne, bruno, until):
    case = open_case(anne)
    told = opened_to(case, bruno.institution, Category.IDENTITY)
    Disclosure.objects.filter(pk=told.pk).update(
        valid_from=now() - timedelta(days=9), valid_until=now() + until
    )
    assert found_by(bruno, "Favre") == []
    with acting_as(bruno.actor):
        (finding,) = find(bruno.actor, case.number.lower())
    assert (finding.person, finding.cases) == (None, [case])


def test_a_case_that_one_does_not_know_of_has_no_number(anne, bruno):
    assert found_by(bruno, draft(anne).number) == []


def test_outside_of_any_actor_nobody_is_found(anne):
    person(anne.institution)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from accord.search_persons('favre', 10)")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "select * from persons_nameword",
        "select accord.readings('favre', 4)",
        "select accord.near_persons(10)",
        "select * from accord.person_seen",
    ],
)
def test_the_vocabulary_and_its_functions_are_closed_to_the_web(anne, statement):
    with acting_as(anne.actor), connection.cursor() as cursor:
        before = connection.savepoint()
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute(statement)
        connection.savepoint_rollback(before)


NAMES = ["Favre", "Fabre", "Müller", "Muller", "Meier", "Meyer", "da Silva", "Dasilva", "Rochat", "Rochaz"]
GIVEN = ["Maria", "Marie", "Mario", "Jean", "Jeanne", "Ana", "Anna"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_search_and_policies_agree_in_any_little_world(anne, seed):
    rng = random.Random(seed)
    save = connection.savepoint()
    try:
        houses = [colleague(kind=Kind.AI_OFFICE), colleague(kind=Kind.SOCIAL_AID), anne]
        for _ in range(8):
            owner = rng.choice(houses)
            about = person(owner.institution, rng.choice(NAMES), rng.choice(GIVEN))
            for _case in range(rng.choice((0, 1, 1, 2))):
                case = open_case(owner, about=about)
                for other in houses:
                    if other is not owner and rng.random() < 0.6:
                        categories = rng.sample(list(Category), 3)
                        told = opened_to(case, other.institution, *categories)
                        fate = rng.choice(("runs", "runs", "expired", "to come"))
                        if fate != "runs":
                            shift = timedelta(days=-5 if fate == "expired" else 5)
                            Disclosure.objects.filter(pk=told.pk).update(
                                valid_from=now() + shift - timedelta(days=1),
                                valid_until=now() + shift + timedelta(days=1),
                            )
        for house in houses:
            known = set(Person.objects.filter(persons_visible_to(house.actor)).values_list("pk", flat=True))
            with acting_as(house.actor):
                for typed in (*NAMES, *GIVEN):
                    exact = {
                        one.pk
                        for one in Person.objects.filter(pk__in=known)
                        if typed in (one.family_name, one.given_names)
                    }
                    got = {one.pk for one in search_persons(house.actor, typed)}
                    assert exact <= got <= known
                    for finding in find(house.actor, typed):
                        visible = Case.objects.filter(cases_visible_to(house.actor), person=finding.person)
                        assert {case.pk for case in finding.cases} <= {case.pk for case in visible}
    finally:
        connection.savepoint_rollback(save)


URL = "/recherche/"


def test_the_page_shows_person_case_stage_and_lead(anne, bruno):
    case = open_case(anne)
    opened_to(case, bruno.institution, Category.IDENTITY)
    page = bruno.browser().post(URL, {"search": "fvre claire"}, follow=True).content.decode()
    assert "Favre Claire" in page
    assert "17.05.1980" in page
    assert case.number in page
    assert anne.institution.short_name in page


def test_a_hidden_person_is_said_to_be_hidden(anne, bruno):
    case = open_case(anne)
    opened_to(case, bruno.institution, Category.PLAN)
    page = bruno.browser().post(URL, {"search": case.number}, follow=True).content.decode()
    assert "Personne masquée" in page
    assert "Favre" not in page


def test_the_same_person_is_shown_by_her_key_to_those_who_may_know_her(anne, bruno):
    case = open_case(anne)
    assert case.number not in bruno.browser().get(URL, {"person": str(case.person_id)}).content.decode()
    opened_to(case, bruno.institution, Category.IDENTITY)
    assert case.number in bruno.browser().get(URL, {"person": str(case.person_id)}).content.decode()


def test_a_visitor_signs_in_first_and_an_administrator_is_refused(client, anne):
    assert client.post(URL, {"search": "favre"}).status_code == 302
    assert colleague(anne.institution, Role.ADMINISTRATOR).browser().get(URL).status_code == 403


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "'; drop table persons_person; --",
        "%",
        "_",
        "a" * 5000,
        "1\x002",
        "é" * 400,
    ],
)
def test_hostile_text_finds_nothing_and_harms_nothing(anne, typed):
    person(anne.institution)
    response = anne.browser().post(URL, {"search": typed}, follow=True)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert Person.objects.count() == 1


def test_what_was_shown_is_journalled(anne):
    case = open_case(anne)
    anne.browser().post(URL, {"search": "favre"}, follow=True)
    entry = Entry.objects.get(subject_kind="search")
    assert (entry.cases, entry.data) == ([case.pk], {"persons": [str(case.person_id)]})
    assert "favre" not in str(entry.data)


def test_finding_nothing_leaves_no_entry(anne):
    anne.browser().post(URL, {"search": "zbinden"}, follow=True)
    assert not Entry.objects.filter(subject_kind="search").exists()


def test_many_findings_take_as_many_queries_as_one(anne, django_assert_max_num_queries):
    """Four of the shell, three of the search, and the two savepoints of the test client."""
    open_case(anne)
    browser = anne.browser()
    browser.post(URL, {"search": "favre"}, follow=True)
    with django_assert_max_num_queries(9) as one:
        browser.get(URL)
    for number in range(12):
        open_case(anne, about=person(anne.institution, "Favre", f"Claire {number}"))
    with django_assert_max_num_queries(len(one)):
        page = browser.get(URL)
    assert page.content.decode().count('<a class="number"') == 13


def test_a_common_name_stays_findable_in_a_crowd(anne):
    for number in range(40):
        person(institution() if number % 8 == 0 else anne.institution, "Rossi", f"Anna {number}")
    assert len(found_by(anne, "rossi anna")) == 25
