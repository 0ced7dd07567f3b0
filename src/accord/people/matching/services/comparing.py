"""Look for twins, and remember who is none."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.jobs import later
from accord.people.matching.models import Look, Pair
from accord.people.matching.selectors import (
    Twin,
    likeness_of,
    own_two,
    twins_for,
    twins_of_the_house,
)
from accord.people.matching.services.fingerprints import (
    current_key,
    has_key,
    keep_fingerprints,
)
from accord.people.persons.models import Person
from accord.people.persons.selectors import person_for
from accord.people.persons.services import read_list

COMPARE = "matching.compare"
BATCH = 1000


def learn_of(person: Person) -> None:
    """Her particulars were written: her fingerprints with them, and a comparison once they are committed."""
    keep_fingerprints([person])
    later(COMPARE, once=f"{COMPARE} {person.pk}", person_id=str(person.pk))


def look_for_twins(*, by: Actor, person_id: UUID) -> list[Twin]:
    """Whoever the actor may know and may be this person, the likeliest first; journalled.

    Raises Person.DoesNotExist for whom one may not know.
    """
    twins = twins_for(by, person_for(by, person_id))
    read_list(by=by, persons=[twin.person for twin in twins], what="possible twins")
    return twins


@transaction.atomic
def compare_with_the_house(person_id: UUID) -> int:
    """Write her likely duplicates within her institution, and drop those that are none any more; by the worker.

    What somebody has said of a pair stays said. Returns how many pairs she stands in.
    """
    person = Person.objects.filter(pk=person_id, merged_into__isnull=True).first()
    if person is None:
        return 0
    twins = twins_of_the_house(person)
    pairs = [_pair(person, twin) for twin in twins]
    hers = Pair.objects.filter(Q(first=person) | Q(second=person))
    others = [twin.person.pk for twin in twins]
    hers.filter(dismissed_at__isnull=True).exclude(first__in=others).exclude(second__in=others).delete()
    Pair.objects.bulk_create(
        pairs,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["score", "reasons"],
    )
    Look.objects.update_or_create(person=person, defaults={"compared_version": person.version})
    return len(pairs)


def _pair(person: Person, twin: Twin) -> Pair:
    first, second = sorted((person.pk, twin.person.pk))
    return Pair(
        institution_id=person.institution_id,
        first_id=first,
        second_id=second,
        score=twin.likeness.score,
        reasons=list(twin.likeness.reasons),
    )


def catch_up(*, after: UUID | None = None, batch: int = BATCH) -> UUID | None:
    """Compare and fingerprint those whom no job has reached, some at a time; by the worker.

    Returns the last of them, after whom one goes on; None when nobody is left.
    """
    done = Look.objects.filter(person=OuterRef("pk"), compared_version=OuterRef("version"))
    if has_key():
        done = done.filter(fingerprinted_version=OuterRef("version"), key_version=current_key())
    behind = Person.objects.filter(~Exists(done), merged_into__isnull=True).order_by("pk")
    persons = list((behind.filter(pk__gt=after) if after else behind)[:batch])
    keep_fingerprints(persons)
    for person in persons:
        compare_with_the_house(person.pk)
    return persons[-1].pk if len(persons) == batch else None


@transaction.atomic
def tell_apart(*, by: Actor, one: UUID, other: UUID) -> Pair:
    """Say that these two are not one person: the pair is not shown again until somebody doubts.

    Raises Person.DoesNotExist unless both were registered by one's own institution.
    """
    pair = _own_pair(by, one, other)
    if pair.dismissed_at is None:
        pair.dismissed_at, pair.dismissed_by_id = now(), by.user_id
        pair.save(update_fields=["dismissed_at", "dismissed_by"])
        _record(by, "told_apart", pair)
    return pair


@transaction.atomic
def doubt_again(*, by: Actor, one: UUID, other: UUID) -> Pair:
    """Take back that these two are not one person."""
    pair = _own_pair(by, one, other)
    if pair.dismissed_at is not None:
        pair.dismissed_at = pair.dismissed_by = None
        pair.save(update_fields=["dismissed_at", "dismissed_by"])
        _record(by, "doubted_again", pair)
    return pair


def _own_pair(by: Actor, one: UUID, other: UUID) -> Pair:
    likeness = likeness_of(*own_two(by, one, other))
    first, second = sorted((one, other))
    pair, _created = Pair.objects.select_for_update().get_or_create(
        first_id=first,
        second_id=second,
        defaults={
            "institution_id": by.institution_key,
            "score": likeness.score,
            "reasons": list(likeness.reasons),
        },
    )
    return pair


def _record(by: Actor, verb: str, pair: Pair) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="person",
        subject_id=pair.first_id,
        data={"persons": [str(pair.first_id), str(pair.second_id)]},
    )
