"""Registering, correcting, and an institution's own files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from accord.foundation.journal.models import Entry
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Role
from accord.people.persons.models import InstitutionFile, Person
from accord.people.persons.selectors import files_of, person_for, persons_page
from accord.people.persons.services import (
    close_file,
    correct_person,
    open_file,
    possible_twins,
    register_person,
)
from scenarios import avs_number, colleague, institution, person

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
def employer():
    return colleague(institution("employer", may_hold_avs=False))


@pytest.fixture
def administrator():
    return colleague(institution(), Role.ADMINISTRATOR)


@pytest.fixture
def anne(other, employer, administrator):
    colleague_there = colleague()
    with acting_as(colleague_there.actor):
        yield colleague_there


def refused(field: str):
    return pytest.raises(Refused, check=lambda refusal: refusal.field == field)


def test_a_registered_person_belongs_to_the_institution_and_the_journal_knows(anne):
    claire = register_person(by=anne.actor, **CLAIRE, avs_number="756.9217.0769.85")
    kept = Person.objects.get(pk=claire.pk)
    assert (kept.institution, kept.avs_number, kept.birth_date) == (
        anne.institution,
        "7569217076985",
        "1980-05-17",
    )
    assert kept.name_key == "favre claire"
    entry = Entry.objects.get(subject_id=claire.pk)
    assert (entry.verb, entry.user_id, entry.data["after"]["city"]) == (
        "registered",
        anne.user.pk,
        "Genève",
    )


def test_what_is_wrong_is_refused_beside_its_field_and_nothing_is_kept(anne):
    with refused("avs_number"):
        register_person(by=anne.actor, **CLAIRE, avs_number="756.9217.0769.86")
    with refused("family_name"):
        register_person(by=anne.actor, **(CLAIRE | {"family_name": ""}))
    assert not Person.objects.exists()
    assert not Entry.objects.exists()


def test_an_institution_without_the_right_may_not_hold_the_avs_number(employer):
    with acting_as(employer.actor):
        with pytest.raises(Refused, match=r"LAVS art\. 153b") as refusal:
            register_person(by=employer.actor, **CLAIRE, avs_number=avs_number())
        assert refusal.value.field == "avs_number"
        assert register_person(by=employer.actor, **CLAIRE).avs_number == ""


def test_one_institution_gives_a_number_to_one_person_only(anne, other):
    number = avs_number()
    register_person(by=anne.actor, **CLAIRE, avs_number=number)
    with refused("avs_number"):
        register_person(by=anne.actor, **(CLAIRE | {"family_name": "Rey"}), avs_number=number)
    with acting_as(other.actor):
        assert register_person(by=other.actor, **CLAIRE, avs_number=number)


def test_an_administrator_who_works_on_no_case_registers_nobody(administrator):
    with acting_as(administrator.actor), pytest.raises(Refused):
        register_person(by=administrator.actor, **CLAIRE)


def test_a_correction_keeps_before_and_after_and_counts_the_version(anne):
    claire = register_person(by=anne.actor, **CLAIRE)
    corrected = correct_person(
        by=anne.actor, person_id=claire.pk, version=1, **(CLAIRE | {"family_name": "Favre-Müller"})
    )
    assert (corrected.version, corrected.name_key) == (2, "favre muller claire")
    entry = Entry.objects.get(verb="corrected")
    assert entry.data == {
        "before": {"family_name": "Favre"},
        "after": {"family_name": "Favre-Müller"},
    }


def test_correcting_nothing_writes_nothing(anne):
    claire = register_person(by=anne.actor, **CLAIRE)
    assert correct_person(by=anne.actor, person_id=claire.pk, version=1, **CLAIRE).version == 1
    assert not Entry.objects.filter(verb="corrected").exists()


def test_the_slower_of_two_colleagues_is_told_what_stands_there_now(anne):
    claire = register_person(by=anne.actor, **CLAIRE)
    correct_person(by=anne.actor, person_id=claire.pk, version=1, **(CLAIRE | {"city": "Lausanne"}))
    with pytest.raises(Stale) as stale:
        correct_person(by=anne.actor, person_id=claire.pk, version=1, **(CLAIRE | {"city": "Sion"}))
    assert stale.value.current.city == "Lausanne"


def test_another_institution_neither_sees_nor_corrects_her(anne, other):
    claire = register_person(by=anne.actor, **CLAIRE)
    with acting_as(other.actor):
        assert not Person.objects.exists()
        with pytest.raises(Person.DoesNotExist):
            person_for(other.actor, claire.pk)
        with pytest.raises(Person.DoesNotExist):
            correct_person(by=other.actor, person_id=claire.pk, version=1, **CLAIRE)
        with pytest.raises(Person.DoesNotExist):
            open_file(by=other.actor, person_id=claire.pk, number="", opened_on=today())


def test_the_database_refuses_a_person_in_the_name_of_another_institution(anne, other):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        person(other.institution)


def test_a_file_is_opened_and_closed_once(anne):
    claire = register_person(by=anne.actor, **CLAIRE)
    opened = open_file(by=anne.actor, person_id=claire.pk, number=" 21.4711 ", opened_on=today())
    assert opened.number == "21.4711"
    with refused("opened_on"):
        open_file(by=anne.actor, person_id=claire.pk, number="2", opened_on=today())
    closed = close_file(by=anne.actor, file_id=opened.pk, closed_on=today(), reason="Déménagement")
    assert (closed.closed_on, closed.closing_reason) == (today(), "Déménagement")
    with pytest.raises(Refused, match="déjà fermé"):
        close_file(by=anne.actor, file_id=opened.pk, closed_on=today())
    again = open_file(by=anne.actor, person_id=claire.pk, number="2", opened_on=today())
    assert files_of(anne.actor, claire) == [again, closed]
    assert list(Entry.objects.filter(subject_kind="file").values_list("verb", flat=True)) == [
        "opened",
        "closed",
        "opened",
    ]


@pytest.mark.parametrize(("days", "field"), [(1, "opened_on"), (-60_000, "opened_on")])
def test_a_file_is_not_opened_on_an_impossible_day(anne, days, field):
    claire = register_person(by=anne.actor, **CLAIRE)
    with refused(field):
        open_file(by=anne.actor, person_id=claire.pk, number="", opened_on=today() + timedelta(days=days))


@pytest.mark.parametrize("days", [-11, 1])
def test_a_file_is_closed_neither_before_it_was_opened_nor_in_the_future(anne, days):
    claire = register_person(by=anne.actor, **CLAIRE)
    opened = open_file(by=anne.actor, person_id=claire.pk, number="", opened_on=today() - timedelta(days=10))
    with refused("closed_on"):
        close_file(by=anne.actor, file_id=opened.pk, closed_on=today() + timedelta(days=days))


def test_nobody_closes_the_file_of_another_institution(anne, other):
    claire = register_person(by=anne.actor, **CLAIRE)
    opened = open_file(by=anne.actor, person_id=claire.pk, number="", opened_on=today())
    with acting_as(other.actor), pytest.raises(InstitutionFile.DoesNotExist):
        close_file(by=other.actor, file_id=opened.pk, closed_on=today())


def test_the_list_holds_ones_own_persons_page_by_page(anne):
    for number in range(27):
        person(anne.institution, f"Favre {number}")
    first = persons_page(anne.actor)
    second = persons_page(anne.actor, after=first.after)
    assert (len(first.rows), len(second.rows), second.after) == (25, 2, "")
    assert len({*first.rows, *second.rows}) == 27
    assert persons_page(anne.actor, before=second.before).rows == first.rows


def twins(by, **typed: str) -> list[str]:
    return [str(twin.person) for twin in possible_twins(by=by.actor, typed=typed)]


def test_a_possible_twin_is_known_by_her_number_or_by_name_and_birth(anne):
    number = avs_number()
    person(anne.institution, "Müller", "Maria José", avs_number=number, birth_date="1980-05-17")
    found = ["Müller Maria José"]
    assert twins(anne, family_name="Rey", given_names="Anne", avs_number=number) == found
    assert twins(anne, family_name="Mueller", given_names="Maria", birth_date="1980-05-17") == found
    assert twins(anne, family_name="Muler", given_names="Maria", birth_date="1980-05-17") == found
    assert twins(anne, family_name="Maria José", given_names="Müller", birth_date="1980-05-17") == found
    assert twins(anne, family_name="Müller", given_names="Maria", birth_date="1991-02-03") == []
    assert twins(anne, family_name="Rey", given_names="Paul", birth_date="1980-05-17") == []


def test_a_possible_twin_is_known_by_her_birth_name_and_through_slips_of_the_pen(anne):
    """What the ranked comparison finds, and a search by name alone would miss."""
    person(anne.institution, "Rochat", "Léa", birth_name="Müller", birth_date="1980-05-17")
    found = ["Rochat Léa"]
    assert twins(anne, family_name="Müller", given_names="Léa", birth_date="1980-05-17") == found
    assert twins(anne, family_name="Rochat", given_names="Léa", birth_date="1980-05-18") == found
    assert twins(anne, family_name="Rochat", given_names="Léa", birth_date="1980") == found


def test_the_likeliest_comes_first_with_what_speaks_for_it(anne):
    person(anne.institution, "Favre", "Claire", birth_date="1980-05-18")
    person(anne.institution, "Favre", "Claire", birth_date="1980-05-17")
    typed = {"family_name": "Favre", "given_names": "Claire", "birth_date": "1980-05-17"}
    first, second = possible_twins(by=anne.actor, typed=typed)
    assert (first.person.birth_date, second.person.birth_date) == ("1980-05-17", "1980-05-18")
    assert first.rank == "likely" and first.speaks_for and not first.speaks_against


def test_the_persons_of_other_institutions_are_no_twins(anne, other):
    number = avs_number()
    with acting_as(other.actor):
        person(other.institution, "Müller", "Maria", avs_number=number)
    assert twins(anne, family_name="Müller", given_names="Maria", avs_number=number) == []
