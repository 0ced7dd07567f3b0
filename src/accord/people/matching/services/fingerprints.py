"""Keep keyed fingerprints up to date, and change the key while the house is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from accord.kernel.actors import WORKER
from accord.kernel.database import acting_as
from accord.people.matching.models import Look
from accord.people.matching.rules import digest, materials
from accord.people.matching.selectors import known_of
from accord.people.persons.models import Person

BATCH = 500
_KEEP = "select accord.keep_fingerprints(%s::uuid[], %s::int[], %s, %s::uuid[], %s::text[], %s::int[], %s::bytea[])"

Progress = Callable[[int, int, str], None]


class NoKey(Exception):
    """The operator has given no key: there are no fingerprints."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation did."""

    key_version: int
    recomputed: int
    dropped: int


def has_key() -> bool:
    """Whether the operator has given a key."""
    return bool(settings.ACCORD_FINGERPRINT_KEYS)


def current_key() -> int:
    """The version of the key under which fingerprints are now made; 0 when there is none."""
    return settings.ACCORD_FINGERPRINT_KEYS[0][0] if has_key() else 0


def keep_fingerprints(persons: Sequence[Person]) -> None:
    """Write the fingerprints of these persons under every key in force, in the place of those that they had.

    Nothing is kept of a registration that was merged into another one; nor when there is no key.
    """
    if not persons or not has_key():
        return
    rows = [
        (person.pk, str(kind), version, digest(secret, kind, material))
        for person in persons
        if person.merged_into_id is None
        for kind, material in materials(known_of(person))
        for version, secret in settings.ACCORD_FINGERPRINT_KEYS
    ]
    owners, kinds, keys, digests = zip(*rows, strict=True) if rows else ((), (), (), ())
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            [
                [person.pk for person in persons],
                [person.version for person in persons],
                current_key(),
                list(owners),
                list(kinds),
                list(keys),
                list(digests),
            ],
        )


def rotate(*, progress: Progress, batch: int = BATCH) -> Rotation:
    """Recompute every fingerprint under the current key, then drop those of the former ones.

    Each batch is committed by itself: what was interrupted goes on where it stopped, and meanwhile both keys
    answer. Raises NoKey when the operator has given none.
    """
    if not has_key():
        raise NoKey
    current = current_key()
    with acting_as(WORKER):
        with transaction.atomic():
            total = _behind(current).count()
        recomputed, last = 0, None
        while some := _recompute_some(current, last, batch):
            recomputed, last = recomputed + len(some), some[-1].pk
            progress(min(recomputed, total), total, "fingerprints")
        dropped = 0
        while gone := _drop_some(current, batch * 10):
            dropped += gone
    return Rotation(current, recomputed, dropped)


def _behind(current: int) -> QuerySet[Person]:
    up_to_date = Look.objects.filter(person=OuterRef("pk"), key_version=current, fingerprinted_version__gt=0)
    return Person.objects.filter(~Exists(up_to_date), merged_into__isnull=True)


@transaction.atomic
def _recompute_some(current: int, after: UUID | None, batch: int) -> list[Person]:
    """Those after the last one, so that no batch looks again through what is done."""
    behind = _behind(current).order_by("pk").select_for_update(of=("self",))
    persons = list((behind.filter(pk__gt=after) if after else behind)[:batch])
    keep_fingerprints(persons)
    return persons


@transaction.atomic
def _drop_some(current: int, most: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select accord.drop_old_fingerprints(%s, %s)", [current, most])
        return int(cursor.fetchone()[0])
