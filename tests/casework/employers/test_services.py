"""The directory of employers, and contacts of which the others know."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case, Event
from accord.casework.employers.enums import ContactState
from accord.casework.employers.models import Employer, EmployerContact
from accord.casework.employers.selectors import contacts_of, contacts_with, employers_like, others_in_contact
from accord.casework.employers.services import change_employer, end_contact, plan_contact, register_employer
from accord.casework.employers.services.contacting import Intention
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Kind
from furnishing.employers import contact, employer
from scenarios import colleague, in_days, open_case, opened_to, programmes

pytestmark = pytest.mark.django_db

USUAL = Intention(in_days(3), "phone", "retain", "given", consent_on=in_days(0))


@pytest.fixture
def anne():
    programmes()
    return colleague(kind=Kind.AI_OFFICE)


@pytest.fixture
def case(anne):
    return open_case(anne)


@pytest.fixture
def bruno(case):
    bruno = colleague(kind=Kind.EMPLOYMENT_OFFICE)
    opened_to(case, bruno.institution, Category.WORK)
    return bruno


@pytest.fixture
def bakery(anne):
    return employer(anne.institution)


def act(who, verb, **words):
    with acting_as(who.actor):
        return verb(by=who.actor, **words)


def plan(who, case, bakery, intention=USUAL, **words):
    return act(who, plan_contact, case_id=case.pk, employer_id=bakery.pk, intention=intention, **words)


def test_an_enterprise_is_entered_once(anne):
    act(anne, register_employer, name="Boulangerie Müller SA", city="Sion")
    with pytest.raises(Refused) as refusal:
        act(anne, register_employer, name="Boulangerie Mueller", city="Sion")
    assert refusal.value.field == "is_new"
    act(anne, register_employer, name="Boulangerie Mueller", city="Sion", is_new=True)
    assert Employer.objects.count() == 2


def test_two_enterprises_in_two_towns_with_other_names_are_no_doubles(anne):
    act(anne, register_employer, name="Boulangerie du Lac", city="Genève")
    act(anne, register_employer, name="Boulangerie du Pont", city="Sion")
    assert Employer.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "field"),
    [({"name": " – "}, "name"), ({"uid": "CHE-116.281.711"}, "uid")],
)
def test_what_cannot_be_an_enterprise_is_refused_beside_its_field(anne, words, field):
    with pytest.raises(Refused) as refusal:
        act(anne, register_employer, **{"name": "Garage", "city": "Sion", **words})
    assert refusal.value.field == field


def test_a_number_belongs_to_one_enterprise(anne):
    act(anne, register_employer, name="Garage", city="Sion", uid="CHE-116.281.710")
    with pytest.raises(Refused) as refusal:
        act(anne, register_employer, name="Tout autre", city="Bulle", uid="CHE116281710", is_new=True)
    assert refusal.value.field == "uid"


def test_who_corrects_an_older_version_is_told(anne, bakery):
    words = {"employer_id": bakery.pk, "name": "Boulangerie", "city": "Sion"}
    act(anne, change_employer, version=1, **words)
    with pytest.raises(Stale):
        act(anne, change_employer, version=1, **words)


def test_an_enterprise_is_found_by_a_part_of_its_name_or_its_number(anne, bakery):
    Employer.objects.filter(pk=bakery.pk).update(uid="CHE-116.281.710")
    for typed in ("boulang", "Rhône", "CHE116281710", ""):
        assert employers_like(anne.actor, typed) == [bakery]
    assert employers_like(anne.actor, "garage") == []


def test_a_contact_is_planned_and_told(anne, case, bakery):
    planned = plan(anne, case, bakery)
    assert (planned.owner, planned.colleague, planned.category) == (
        anne.institution,
        anne.user,
        Category.WORK,
    )
    event = Event.objects.get(case=case, kind="employer_contact")
    assert event.category == Category.WORK


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ground": "not_asked"}, "ground"),
        ({"consent_on": None}, "consent_on"),
        ({"ground": "law"}, "legal_article"),
        ({"planned_for": in_days(900)}, "planned_for"),
        ({"colleague_id": uuid4()}, "colleague"),
    ],
)
def test_without_a_ground_nobody_speaks_of_the_person(anne, case, bakery, changes, field):
    with pytest.raises(Refused) as refusal:
        plan(anne, case, bakery, replace(USUAL, **changes))
    assert refusal.value.field == field
    assert not EmployerContact.objects.exists()


def test_the_enterprise_in_general_may_be_spoken_of(anne, case, bakery):
    plan(anne, case, bakery, replace(USUAL, ground="not_asked", about="enterprise", consent_on=None))


def test_the_second_institution_sees_the_first_and_must_say_that_they_agreed(anne, bruno, case, bakery):
    first = plan(anne, case, bakery)
    with acting_as(bruno.actor):
        assert others_in_contact(bruno.actor, case, bakery).here == (first,)
    with pytest.raises(Refused) as refusal:
        plan(bruno, case, bakery)
    assert refusal.value.field == "is_coordinated"
    assert plan(bruno, case, bakery, is_coordinated=True).is_coordinated


def test_other_cases_are_counted_only_as_far_as_one_may_see(anne, bruno, case, bakery):
    other = open_case(anne)
    contact(other, anne.institution, bakery)
    for who, seen in ((bruno, ()), (anne, ((anne.institution.short_name, 1),))):
        with acting_as(who.actor):
            assert others_in_contact(who.actor, case, bakery).elsewhere == seen


def test_a_contact_in_another_case_asks_too_but_agrees_nothing_in_this_one(anne, case, bakery):
    contact(open_case(anne), anne.institution, bakery)
    with pytest.raises(Refused):
        plan(anne, case, bakery)
    assert not plan(anne, case, bakery, is_coordinated=True).is_coordinated


def test_who_does_not_take_part_plans_nothing(anne, case, bakery):
    with pytest.raises(Case.DoesNotExist):
        plan(colleague(kind=Kind.PROVIDER), case, bakery)


def test_a_contact_takes_place_with_its_result(anne, case, bakery):
    planned = plan(anne, case, bakery)
    ended = {"contact_id": planned.pk, "version": 1, "state": ContactState.DONE}
    for words, field in (
        ({"done_on": None, "result": "Bien"}, "done_on"),
        ({"done_on": in_days(1), "result": "Bien"}, "done_on"),
        ({"done_on": today(), "result": " "}, "result"),
    ):
        with pytest.raises(Refused) as refusal:
            act(anne, end_contact, **ended, **words)
        assert refusal.value.field == field
    with pytest.raises(Stale):
        act(anne, end_contact, **ended | {"version": 7}, done_on=today(), result="Bien")
    act(anne, end_contact, **ended, done_on=today(), result="Essai possible.")
    with pytest.raises(Refused, match="déjà noté"):
        act(anne, end_contact, **ended, done_on=today(), result="Encore")


def test_only_who_planned_it_says_how_it_went(anne, bruno, case, bakery):
    planned = plan(anne, case, bakery)
    with pytest.raises(Refused, match="Seule l’institution"):
        act(bruno, end_contact, contact_id=planned.pk, version=1, state=ContactState.DROPPED, result="Non")


def test_without_the_category_a_contact_is_not_seen_anywhere(anne, case, bakery):
    plan(anne, case, bakery)
    chloe = colleague(kind=Kind.SOCIAL_AID)
    opened_to(case, chloe.institution, Category.IDENTITY)
    with acting_as(chloe.actor):
        assert contacts_of(chloe.actor, case) == []
        assert contacts_with(chloe.actor, bakery) == ([], [])
        assert [found.open_contacts for found in employers_like(chloe.actor)] == [0]
