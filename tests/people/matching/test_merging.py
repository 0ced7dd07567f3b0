"""Two registrations become one, and two again, exactly as they were."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from accord.casework.cases.enums import Category, EventKind
from accord.casework.cases.models import Case, Disclosure, Event
from accord.foundation.journal.models import Entry
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused
from accord.network.institutions.enums import Role
from accord.people.matching.models import Merge, Pair
from accord.people.matching.rules import Choice
from accord.people.matching.selectors import pairs_for
from accord.people.matching.services import (
    compare_with_the_house,
    keep_mover,
    look_for_twins,
    merge_persons,
    undo_merge,
)
from accord.people.matching.services.merging import snapshot
from accord.people.persons.models import InstitutionFile, Person
from accord.people.persons.selectors import kept_instead_of, persons_page, search_persons
from accord.people.persons.services import correct_person
from scenarios import avs_number, colleague, in_days, open_case, opened_to, person, programmes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programmes():
    programmes()


@pytest.fixture
def anne():
    return colleague()


@pytest.fixture
def other():
    return colleague()


@pytest.fixture
def claire(anne):
    return person(anne.institution, avs_number=avs_number(), phone="022 327 27 27")


@pytest.fixture
def twin(anne):
    return person(
        anne.institution,
        "Favre-Rey",
        "Claire",
        avs_number=avs_number(),
        birth_date="1980-05-18",
        email="c@favre.example",
    )


TYPED = ("family_name", "given_names", "birth_date", "avs_number", "email", "street", "postal_code", "city")
DECIDED = {"family_name": Choice.GONE, "birth_date": Choice.KEPT, "avs_number": Choice.GONE}


def merge(by, kept, gone, **more) -> Merge:
    wishes = {"decided": DECIDED, "reason": "Pièce d’identité vue"} | more
    with acting_as(by.actor):
        return merge_persons(by=by.actor, kept_id=kept.pk, gone_id=gone.pk, **wishes)


def undo(by, merged) -> Merge:
    with acting_as(by.actor):
        return undo_merge(by=by.actor, merge_id=merged.pk)


def row(about: Person) -> bytes:
    """The row as the database writes it, byte by byte."""
    with connection.cursor() as cursor:
        cursor.execute("select p::text from persons_person p where id = %s", [about.pk])
        return cursor.fetchone()[0].encode()


def test_one_person_is_left_with_what_was_decided_and_what_only_one_knew(anne, claire, twin):
    merge(anne, claire, twin)
    kept = Person.objects.get(pk=claire.pk)
    assert (kept.family_name, kept.birth_date, kept.avs_number) == (
        "Favre-Rey",
        "1980-05-17",
        twin.avs_number,
    )
    assert (kept.phone, kept.email, kept.name_key) == ("022 327 27 27", "c@favre.example", "favre rey claire")


def test_the_other_is_in_no_list_no_search_and_no_pair_but_leads_to_her(anne, claire, twin):
    compare_with_the_house(claire.pk)
    merge(anne, claire, twin)
    with acting_as(anne.actor):
        assert [one.pk for one in persons_page(anne.actor).rows] == [claire.pk]
        assert [one.pk for one in search_persons(anne.actor, "favre claire")] == [claire.pk]
        assert pairs_for(anne.actor) == []
        assert look_for_twins(by=anne.actor, person_id=claire.pk) == []
        assert kept_instead_of(anne.actor, twin.pk) == claire.pk
    assert compare_with_the_house(claire.pk) == 0
    response = anne.browser().get(f"/personnes/{twin.pk}/")
    assert (response.status_code, response.url) == (302, f"/personnes/{claire.pk}/")


def test_merged_with_contradictory_numbers_and_undone_both_are_byte_for_byte_as_before(anne, claire, twin):
    before = row(claire), row(twin)
    merged = merge(anne, claire, twin)
    assert row(claire) != before[0]
    undo(anne, merged)
    assert (row(claire), row(twin)) == before
    with acting_as(anne.actor):
        assert {one.pk for one in search_persons(anne.actor, "favre claire")} == {claire.pk, twin.pk}


def test_the_snapshot_says_every_column(claire):
    assert set(snapshot(claire)) == {field.attname for field in Person._meta.concrete_fields}


@pytest.mark.parametrize("open_question", DECIDED)
def test_each_contradiction_must_be_decided(anne, claire, twin, open_question):
    before = row(claire), row(twin)
    decided = {key: choice for key, choice in DECIDED.items() if key != open_question}
    with pytest.raises(Refused, check=lambda refusal: refusal.field == open_question):
        merge(anne, claire, twin, decided=decided)
    assert (row(claire), row(twin)) == before
    assert not Merge.objects.exists()


def test_a_merge_has_a_reason(anne, claire, twin):
    with pytest.raises(Refused, check=lambda refusal: refusal.field == "reason"):
        merge(anne, claire, twin, reason="  ")


def test_cases_and_what_others_were_told_of_them_follow_and_come_back(anne, other, claire, twin):
    case = open_case(anne, about=twin)
    opened_to(case, other.institution, Category.IDENTITY)
    merged = merge(anne, claire, twin)
    assert Case.objects.get().person_id == claire.pk
    assert set(Disclosure.objects.values_list("person", flat=True)) == {claire.pk}
    with acting_as(other.actor):
        assert [str(one) for one in search_persons(other.actor, "favre rey")] == ["Favre-Rey Claire"]
    undo(anne, merged)
    assert Case.objects.get().person_id == twin.pk
    assert set(Disclosure.objects.values_list("person", flat=True)) == {twin.pk}
    lines = Event.objects.filter(kind__in=[EventKind.MERGED, EventKind.UNMERGED]).order_by("at")
    assert [line.kind for line in lines] == ["merged", "unmerged"]


def test_a_case_led_by_another_institution_follows_too(anne, other, claire, twin):
    case = open_case(anne, about=twin)
    opened_to(case, other.institution, Category.IDENTITY)
    theirs = open_case(other, about=twin)
    merge(anne, claire, twin)
    theirs.refresh_from_db()
    assert theirs.person_id == claire.pk
    assert set(theirs.disclosures.values_list("person", flat=True)) == {claire.pk}


def test_what_was_written_after_the_merge_stays_with_her(anne, claire, twin):
    merged = merge(anne, claire, twin)
    later = open_case(anne, about=Person.objects.get(pk=claire.pk))
    InstitutionFile.objects.create(person=claire, institution=anne.institution, opened_on=today())
    with acting_as(anne.actor):
        kept = Person.objects.get(pk=claire.pk)
        typed = {name: getattr(kept, name) for name in TYPED} | {"phone": "022 418 40 00"}
        correct_person(by=anne.actor, person_id=claire.pk, version=kept.version, **typed)
    undo(anne, merged)
    kept = Person.objects.get(pk=claire.pk)
    assert (kept.phone, kept.family_name, kept.avs_number, kept.email) == (
        "022 418 40 00",
        "Favre",
        claire.avs_number,
        "",
    )
    assert kept.name_key == "favre claire"
    later.refresh_from_db()
    assert later.person_id == claire.pk
    assert InstitutionFile.objects.get().person_id == claire.pk


def file_on(about, at, number="1", **more) -> InstitutionFile:
    return InstitutionFile.objects.create(
        person=about, institution=at, number=number, opened_on=in_days(-9), **more
    )


def test_files_of_every_institution_follow_and_come_back(anne, other, claire, twin):
    ours, theirs = file_on(twin, anne.institution), file_on(twin, other.institution)
    merged = merge(anne, claire, twin)
    assert {file.person_id for file in InstitutionFile.objects.all()} == {claire.pk}
    undo(anne, merged)
    for file in (ours, theirs):
        file.refresh_from_db()
        assert file.person_id == twin.pk


def test_two_open_files_of_one_institution_are_closed_first(anne, claire, twin):
    file_on(twin, anne.institution)
    open_one = file_on(claire, anne.institution)
    with pytest.raises(Refused, match="fermer un"):
        merge(anne, claire, twin)
    assert not Merge.objects.exists()
    InstitutionFile.objects.filter(pk=open_one.pk).update(closed_on=today())
    assert merge(anne, claire, twin)


def test_a_later_merge_is_undone_first(anne, claire, twin):
    first = merge(anne, claire, twin)
    third = person(anne.institution, "Favre-Rey", "Claire", birth_date="1980-05-17")
    second = merge(anne, claire, third, decided={})
    with pytest.raises(Refused, match="plus récente"):
        undo(anne, first)
    undo(anne, second)
    assert undo(anne, first).undone_by == anne.user


def test_an_alias_of_an_alias_leads_to_the_one_that_is_left(anne, claire, twin):
    merge(anne, claire, twin)
    third = person(anne.institution, "Favre-Rey", "Claire", birth_date="1980-05-17")
    merge(anne, third, claire, decided={})
    with acting_as(anne.actor):
        assert kept_instead_of(anne.actor, twin.pk) == third.pk
        assert kept_instead_of(anne.actor, third.pk) is None


def test_undone_twice_is_refused(anne, claire, twin):
    merged = merge(anne, claire, twin)
    undo(anne, merged)
    with pytest.raises(Refused, match="déjà annulée"):
        undo(anne, merged)


def test_a_number_that_somebody_else_has_got_meanwhile_is_not_given_twice(anne, claire, twin):
    merged = merge(anne, claire, twin, decided=DECIDED | {"avs_number": Choice.KEPT})
    person(anne.institution, "Rochat", "Denise", avs_number=twin.avs_number)
    with pytest.raises(Refused, match="corrigez-la"):
        undo(anne, merged)
    assert Merge.objects.get().undone_at is None
    assert Person.objects.get(pk=twin.pk).merged_into_id == claire.pk


def test_persons_of_another_institution_are_not_merged(anne, other, claire):
    theirs = person(other.institution)
    for kept, gone in ((claire, theirs), (theirs, claire), (claire, claire)):
        with pytest.raises(Person.DoesNotExist):
            merge(anne, kept, gone, decided={})


def test_the_database_moves_nothing_for_another_institution(anne, other, claire, twin):
    open_case(anne, about=twin)
    for function in ("move_cases", "move_files"):
        with pytest.raises(Error, match="another institution"), acting_as(other.actor), transaction.atomic():  # noqa: SIM117
            with connection.cursor() as cursor:
                cursor.execute(f"select accord.{function}(%s, %s, null)", [twin.pk, claire.pk])
    assert Case.objects.get().person_id == twin.pk


def test_an_administrator_merges_nobody(anne, claire, twin):
    clerk = colleague(anne.institution, Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        merge(clerk, claire, twin)


def test_another_institution_does_not_know_of_a_merge(anne, other, claire, twin):
    merged = merge(anne, claire, twin)
    with pytest.raises(Merge.DoesNotExist):
        undo(other, merged)


def test_the_journal_keeps_who_what_and_why(anne, claire, twin):
    merged = merge(anne, claire, twin)
    undo(anne, merged)
    acts = Entry.objects.filter(subject_kind="merge").order_by("at")
    assert [(act.verb, act.user_id, act.data["reason"]) for act in acts] == [
        ("merged", anne.user.pk, "Pièce d’identité vue"),
        ("unmerged", anne.user.pk, "Pièce d’identité vue"),
    ]


def test_a_pair_that_was_told_apart_is_remembered_through_a_merge(anne, claire, twin):
    compare_with_the_house(claire.pk)
    undo(anne, merge(anne, claire, twin))
    assert Pair.objects.count() == 1


def test_two_movers_do_not_share_a_label():
    with pytest.raises(ValueError, match="files"):
        keep_mover("files", lambda by, gone, kept: [], lambda by, gone, kept, moved: None)
