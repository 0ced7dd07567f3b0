"""Questions about twins and merges; the actor comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from psycopg.types.json import Jsonb

from accord.kernel.actors import Actor
from accord.kernel.pages import Page, page_of
from accord.people.matching.models import Merge, Pair
from accord.people.matching.policies import visible_to
from accord.people.matching.rules import (
    Known,
    Likeness,
    Reason,
    births_near,
    compare,
    names_to_search,
    numbers_near,
    words_of,
)
from accord.people.persons.models import Person

MOST_SHOWN = 10
MOST_LOOKED_AT = 200
PAIRS_SHOWN = 50
_FOUND = """
select p.* from persons_person p where p.id <> %s and p.merged_into_id is null
  and p.id = any(array(select accord.near_twins(%s::jsonb, %s, %s, %s, %s)))
"""
_OF_THE_HOUSE = """
select p.* from persons_person p
where p.institution_id = %(house)s and p.id <> %(her)s and p.merged_into_id is null and p.id = any(array(
  (select id from persons_person where avs_number = any(%(numbers)s) limit %(most)s)
  union (select id from persons_person where birth_date = any(%(births)s)
    and string_to_array(name_key, ' ') && %(words)s and institution_id = %(house)s limit %(most)s)
  union (select id from persons_person where string_to_array(name_key, ' ') @> %(name)s
    and institution_id = %(house)s limit %(most)s)))
"""


@dataclass(frozen=True, slots=True)
class Twin:
    """A registration that may be the same person, and why."""

    person: Person
    likeness: Likeness


def known_of(person: Person) -> Known:
    """What of a registration is compared."""
    return Known(
        family_name=person.family_name,
        given_names=person.given_names,
        birth_name=person.birth_name,
        birth_date=person.birth_date,
        avs_number=person.avs_number,
        postal_code=person.postal_code,
        city=person.city,
        sex=person.sex,
    )


def twins_for(actor: Actor, person: Person) -> list[Twin]:
    """Registrations that the actor may know and that may be this person, the likeliest first; two queries.

    The database says whom she may know. Those that a colleague has told apart are left out.
    """
    known = known_of(person)
    births, numbers = births_near(known.birth_date), numbers_near(known.avs_number)
    names = Jsonb(names_to_search(known))
    found = Person.objects.raw(_FOUND, [person.pk, names, words_of(known), births, numbers, MOST_LOOKED_AT])
    apart = _told_apart(actor, person)
    return _ranked(known, (one for one in found if one.pk not in apart))[:MOST_SHOWN]


def twins_of_the_house(person: Person) -> list[Twin]:
    """Registrations of the same institution that may be this person; for the worker, who sees all."""
    known = known_of(person)
    names = names_to_search(known)
    found = Person.objects.raw(
        _OF_THE_HOUSE,
        {
            "house": person.institution_id,
            "her": person.pk,
            "numbers": numbers_near(known.avs_number),
            "births": births_near(known.birth_date),
            "words": words_of(known),
            "name": names[0].split() if names else words_of(known),
            "most": MOST_LOOKED_AT,
        },
    )
    return _ranked(known, found)


def _ranked(known: Known, found: Iterable[Person]) -> list[Twin]:
    twins = [Twin(one, compare(known, known_of(one))) for one in found]
    worthy = [twin for twin in twins if twin.likeness.is_worth_a_look]
    return sorted(worthy, key=lambda twin: (-twin.likeness.score, twin.person.pk))


def _told_apart(actor: Actor, person: Person) -> set[UUID]:
    pairs = Pair.objects.filter(
        visible_to(actor), Q(first=person) | Q(second=person), dismissed_at__isnull=False
    ).values_list("first", "second")
    return {key for pair in pairs for key in pair}


def _of_two_that_stand(actor: Actor) -> QuerySet[Pair]:
    standing = {"first__merged_into__isnull": True, "second__merged_into__isnull": True}
    return Pair.objects.filter(visible_to(actor), **standing).select_related("first", "second")


def pairs_for(actor: Actor) -> list[Pair]:
    """The likely duplicates among the institution's own persons, the likeliest first."""
    waiting = _of_two_that_stand(actor).filter(dismissed_at__isnull=True)
    return list(waiting.order_by("-score", "id")[:PAIRS_SHOWN])


def pairs_told_apart(actor: Actor) -> list[Pair]:
    """Those of whom somebody said that they are two persons, the last said first."""
    apart = _of_two_that_stand(actor).filter(dismissed_at__isnull=False).select_related("dismissed_by")
    return list(apart.order_by("-dismissed_at", "id")[:PAIRS_SHOWN])


def pair_of(actor: Actor, one: UUID, other: UUID) -> Pair | None:
    """What was found or said of two persons."""
    first, second = sorted((one, other))
    return (
        Pair.objects.filter(visible_to(actor), first=first, second=second)
        .select_related("dismissed_by")
        .first()
    )


def likeness_of(one: Person, other: Person) -> Likeness:
    """How likely these two are one person."""
    return compare(known_of(one), known_of(other))


def reasons_of(pair: Pair) -> list[Reason]:
    """Why a pair was found."""
    return [Reason(reason) for reason in pair.reasons]


def merges_for(actor: Actor, *, after: str = "", before: str = "") -> Page[Merge]:
    """The institution's merges, the last first, undone ones too."""
    merges = Merge.objects.filter(visible_to(actor)).select_related("kept", "gone", "by", "undone_by")
    return page_of(merges, instant="at", after=after, before=before)


def merge_for(actor: Actor, merge_id: UUID) -> Merge:
    """One merge of the actor's institution; Merge.DoesNotExist otherwise."""
    merges = Merge.objects.filter(visible_to(actor)).select_related("kept", "gone", "by", "undone_by")
    return merges.get(pk=merge_id)


def later_merge_on(merge: Merge) -> Merge | None:
    """A later merge that rests on this one: it must be undone first."""
    both = (merge.kept_id, merge.gone_id)
    resting = Q(kept__in=both) | Q(gone__in=both)
    return Merge.objects.filter(resting, at__gt=merge.at, undone_at__isnull=True).order_by("-at").first()


def own_two(actor: Actor, one: UUID, other: UUID) -> tuple[Person, Person]:
    """Two persons of the actor's institution that still stand; Person.DoesNotExist otherwise."""
    found = Person.objects.filter(
        institution_id=actor.institution_key, merged_into__isnull=True, pk__in=(one, other)
    ).in_bulk()
    if one == other or len(found) < 2:
        raise Person.DoesNotExist
    return found[one], found[other]
