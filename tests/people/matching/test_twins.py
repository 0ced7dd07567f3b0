"""Pairs of an institution, what one may know, and what was told apart."""

from __future__ import annotations

from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from accord.casework.cases.enums import Category
from accord.foundation.journal.models import Entry
from accord.kernel.actors import WORKER
from accord.kernel.database import acting_as
from accord.people.matching.models import Look, Pair
from accord.people.matching.selectors import pairs_for, pairs_told_apart
from accord.people.matching.services import (
    catch_up,
    compare_with_the_house,
    doubt_again,
    look_for_twins,
    tell_apart,
)
from accord.people.persons.models import Person
from accord.people.persons.services import correct_person, register_person
from scenarios import avs_number, colleague, open_case, opened_to, person, programmes

pytestmark = pytest.mark.django_db
CLAIRE = {
    "family_name": "Favre",
    "given_names": "Claire",
    "birth_date": "17.05.1980",
    "postal_code": "1201",
    "city": "Genève",
}


@pytest.fixture
def other():
    return colleague()


@pytest.fixture
def anne():
    return colleague()


def names_of_twins(by, about) -> list[str]:
    with acting_as(by.actor):
        return [str(twin.person) for twin in look_for_twins(by=by.actor, person_id=about.pk)]


VARIANTS = {
    "the same": ("Favre", "Claire", {}),
    "exchanged": ("Claire", "Favre", {}),
    "double name": ("Favre-Rey", "Claire", {}),
    "married": ("Rey", "Claire", {"birth_name": "Favre"}),
    "second given name": ("Favre", "Claire-Anne", {}),
    "accents": ("FÀVRE", "Clàire", {}),
    "letter": ("Fabre", "Claire", {}),
    "date unknown in part": ("Favre", "Claire", {"birth_date": "1980"}),
    "digit of the date": ("Favre", "Claire", {"birth_date": "1980-05-18"}),
}


@pytest.mark.parametrize(("family", "given_names", "more"), VARIANTS.values(), ids=VARIANTS)
def test_a_twin_of_one_s_own_institution_is_found_by_both_ways(anne, family, given_names, more):
    claire, twin = person(anne.institution), person(anne.institution, family, given_names, **more)
    person(anne.institution, "Rochat", "Denise")
    assert names_of_twins(anne, claire) == [str(twin)]
    with acting_as(WORKER):
        assert compare_with_the_house(claire.pk) == 1
    with acting_as(anne.actor):
        (pair,) = pairs_for(anne.actor)
    assert {pair.first_id, pair.second_id} == {claire.pk, twin.pk}
    assert pair.reasons


def test_persons_of_others_are_found_only_as_far_as_they_are_disclosed(anne, other):
    programmes()
    claire, theirs = person(anne.institution), person(other.institution)
    assert names_of_twins(anne, claire) == []
    opened_to(open_case(other, about=theirs), anne.institution, Category.IDENTITY)
    assert names_of_twins(anne, claire) == [str(theirs)]
    with acting_as(WORKER):
        assert compare_with_the_house(claire.pk) == 0


def test_an_unknown_person_has_no_twins_to_show(anne, other):
    hers = person(other.institution)
    for key in (hers.pk, uuid4()):
        with acting_as(anne.actor), pytest.raises(Person.DoesNotExist):
            look_for_twins(by=anne.actor, person_id=key)


def test_looking_is_journalled(anne):
    claire = person(anne.institution)
    twin = person(anne.institution)
    names_of_twins(anne, claire)
    assert Entry.objects.get(subject_kind="possible twins").data == {"persons": [str(twin.pk)]}


def test_registering_and_correcting_defer_one_comparison(anne):
    with acting_as(anne.actor):
        claire = register_person(by=anne.actor, **CLAIRE)
        correct_person(by=anne.actor, person_id=claire.pk, version=1, **(CLAIRE | {"city": "Sion"}))
    waiting = ProcrastinateJob.objects.filter(task_name="matching.compare")
    assert [job.args for job in waiting] == [{"person_id": str(claire.pk)}]


def test_a_correction_takes_the_pair_away(anne):
    claire, twin = person(anne.institution), person(anne.institution)
    compare_with_the_house(claire.pk)
    Person.objects.filter(pk=twin.pk).update(birth_date="1951-01-01", version=2)
    compare_with_the_house(twin.pk)
    assert not Pair.objects.exists()


def test_the_night_reaches_whom_no_job_has_reached_and_then_rests(anne):
    for _ in range(3):
        person(anne.institution)
    with acting_as(WORKER):
        last = catch_up(batch=2)
        assert last is not None
        assert catch_up(after=last, batch=2) is None
        assert Pair.objects.count() == 3
        assert Look.objects.count() == 3
        before = list(Pair.objects.values_list("pk", "found_at").order_by("pk"))
        assert catch_up(batch=2) is None
        assert list(Pair.objects.values_list("pk", "found_at").order_by("pk")) == before


def test_two_persons_told_apart_stay_apart_until_somebody_doubts(anne):
    claire, twin = person(anne.institution), person(anne.institution)
    compare_with_the_house(claire.pk)
    with acting_as(anne.actor):
        tell_apart(by=anne.actor, one=claire.pk, other=twin.pk)
        assert (pairs_for(anne.actor), len(pairs_told_apart(anne.actor))) == ([], 1)
        assert pairs_told_apart(anne.actor)[0].dismissed_by == anne.user
    with acting_as(WORKER):
        compare_with_the_house(twin.pk)
    assert names_of_twins(anne, claire) == []
    with acting_as(anne.actor):
        doubt_again(by=anne.actor, one=twin.pk, other=claire.pk)
        assert (len(pairs_for(anne.actor)), pairs_told_apart(anne.actor)) == (1, [])
    assert [entry.verb for entry in Entry.objects.exclude(is_read=True).order_by("at")] == [
        "told_apart",
        "doubted_again",
    ]


def test_nobody_tells_persons_of_others_apart(anne, other):
    claire, theirs = person(anne.institution), person(other.institution)
    with acting_as(anne.actor), pytest.raises(Person.DoesNotExist):
        tell_apart(by=anne.actor, one=claire.pk, other=theirs.pk)


def test_looking_asks_as_many_questions_among_many(anne, django_assert_num_queries):
    claire = person(anne.institution, avs_number=avs_number())
    with acting_as(anne.actor), django_assert_num_queries(3):
        look_for_twins(by=anne.actor, person_id=claire.pk)
    for _ in range(30):
        person(anne.institution)
    with acting_as(anne.actor), django_assert_num_queries(4):
        assert len(look_for_twins(by=anne.actor, person_id=claire.pk)) == 10
