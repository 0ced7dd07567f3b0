"""Questions about persons; the actor comes first, and whom she may not know is not there."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F

from accord.kernel.actors import Actor
from accord.kernel.pages import Page, page_of
from accord.people.persons.models import InstitutionFile, Person
from accord.people.persons.policies import files_visible_to, visible_to
from accord.people.persons.rules import name_key

MOST_FOUND = 25
_FOUND = """
select p.*, s.likeness from accord.search_persons(%s, %s) s join persons_person p on p.id = s.person_id
order by s.likeness desc, p.family_name, p.given_names, p.id
"""


def person_for(actor: Actor, person_id: UUID) -> Person:
    """A person whom the actor's institution registered; Person.DoesNotExist otherwise.

    A registration that was merged into another one is no longer there: `kept_instead_of` says which.
    """
    return (
        Person.objects.filter(visible_to(actor), merged_into__isnull=True)
        .select_related("institution")
        .get(pk=person_id)
    )


def kept_instead_of(actor: Actor, person_id: UUID) -> UUID | None:
    """The registration into which this one was merged, or those after it; None when it was not."""
    kept = (
        Person.objects.filter(visible_to(actor), pk=person_id).values_list("merged_into", flat=True).first()
    )
    return (kept_instead_of(actor, kept) or kept) if kept else None


def search_persons(actor: Actor, typed: str, most: int = MOST_FOUND) -> list[Person]:
    """Persons whom the actor may know, by name or AVS number (13 digits), the likeliest first; one query.

    Names may be in any order, without accents, unfinished, or with an error of typing. The database
    itself decides who may be known, as for the actor of the current transaction.
    """
    q = typed if typed.isascii() and typed.isdigit() else name_key(typed)
    if not q or actor.institution_id is None:
        return []
    return list(Person.objects.raw(_FOUND, [q, most]))


def persons_page(actor: Actor, *, after: str = "", before: str = "") -> Page[Person]:
    """Persons registered by the actor's institution, the last changed first, by keyset."""
    own = Person.objects.filter(visible_to(actor), merged_into__isnull=True)
    return page_of(own, instant="updated_at", after=after, before=before)


def own_persons_named(actor: Actor, typed: str) -> list[Person]:
    """Those registered by the actor's institution among the likeliest found."""
    found = search_persons(actor, typed, 100)
    return [person for person in found if person.institution_id == actor.institution_id]


def files_of(actor: Actor, person: Person) -> list[InstitutionFile]:
    """The files of the actor's institution on a person, the open one first, then the last opened."""
    return list(
        InstitutionFile.objects.filter(files_visible_to(actor), person=person)
        .select_related("institution")
        .order_by(F("closed_on").desc(nulls_first=True), "-opened_on", "-pk")
    )
