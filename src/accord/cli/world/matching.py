"""Duplicates of the demo: persons whom one institution registered twice, a merge, a pair told apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.db.models import Exists, OuterRef

from accord.casework.cases.models import Case
from accord.cli.world.network import Network
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.identifiers import avs_check_digit, new_id
from accord.network.institutions.models import Institution
from accord.people.matching.models import Pair
from accord.people.matching.rules import Choice, differences
from accord.people.matching.services import compare_with_the_house, keep_fingerprints, merge_persons
from accord.people.matching.services.merging import particulars_of
from accord.people.persons.models import InstitutionFile, Person
from accord.people.persons.rules import name_key

HOUSES = ("oce-ge", "oai-ge", "hospice-ge", "orp-sion", "oai-vs", "rav-brig", "mutuelle-leman")
REASONS = {
    "fr": "Pièce d’identité vue au guichet, confirmé par la personne.",
    "de": "Ausweis am Schalter gesehen, von der Person bestätigt.",
}


def _exchanged(twin: Person) -> None:
    twin.family_name, twin.given_names = twin.given_names, twin.family_name


def _married(twin: Person) -> None:
    twin.birth_name = twin.birth_name or twin.family_name
    twin.family_name = f"{twin.family_name}-Bonvin"


def _second_name(twin: Person) -> None:
    twin.given_names = f"{twin.given_names}-Marie"
    twin.city, twin.postal_code, twin.canton, twin.street = "Renens", "1020", "VD", "Rue du Lac 12"


def _slipped(twin: Person) -> None:
    if len(twin.birth_date) == 10:
        twin.birth_date = f"{twin.birth_date[:9]}{(int(twin.birth_date[9]) + 1) % 10}"
    if twin.avs_number:
        first = f"{twin.avs_number[:11]}{(int(twin.avs_number[11]) + 1) % 10}"
        twin.avs_number = first + avs_check_digit(first)


VARIANTS: tuple[Callable[[Person], None], ...] = (_exchanged, _married, _second_name, _slipped)


def furnish(random: Random, network: Network) -> None:
    """Twins within the houses, then the fingerprints of everybody."""
    for slug in HOUSES:
        house = network.houses[slug]
        pairs = _register_twice(random, house)
        for twin, _original in pairs:
            compare_with_the_house(twin.pk)
        by = Actor(
            user_id=network.staff[slug][0].pk,
            institution_id=house.pk,
            institution_kind=house.kind,
            roles=frozenset(["caseworker"]),
            language=house.language,
        )
        if pairs:
            _merge(by, *pairs[-1], REASONS[house.language])
    _tell_one_apart(network)
    _follow_the_twins_elsewhere()
    _known_to_two_houses()
    persons = list(Person.objects.order_by("pk"))
    keep_fingerprints(persons)


def _register_twice(random: Random, house: Institution) -> list[tuple[Person, Person]]:
    """One twin for each way in which a name or a date goes wrong, and one more to be merged."""
    known = list(Person.objects.filter(institution=house, birth_date__regex="^.{10}$").order_by("pk")[:80])
    originals = random.sample(known, min(len(known), len(VARIANTS) + 1))
    pairs = []
    for original, vary in zip(originals, (*VARIANTS, _second_name), strict=False):
        twin = Person.objects.get(pk=original.pk)
        twin.pk, twin.phone, twin.email, twin.contact_way = new_id(), "", "", "letter"
        if vary is not _slipped:
            twin.avs_number = ""
        vary(twin)
        twin.created_at = twin.updated_at = now() - timedelta(days=random.randint(1, 40))
        twin.name_key = name_key(twin.family_name, twin.given_names, twin.birth_name)
        pairs.append((twin, original))
    Person.objects.bulk_create(twin for twin, _original in pairs)
    return pairs


def _merge(by: Actor, twin: Person, original: Person, reason: str) -> None:
    found = differences(particulars_of(original), particulars_of(twin))
    decided = {difference.key: Choice.KEPT for difference in found if difference.is_contradiction}
    merge_persons(by=by, kept_id=original.pk, gone_id=twin.pk, decided=decided, reason=reason)


def _tell_one_apart(network: Network) -> None:
    """Of a pair of the first house, a colleague knows that they are cousins."""
    house = network.houses[HOUSES[0]]
    pair = Pair.objects.filter(institution=house, first__merged_into=None, second__merged_into=None)
    Pair.objects.filter(pk__in=pair.order_by("score")[:1]).update(
        dismissed_at=now() - timedelta(days=3), dismissed_by=network.staff[HOUSES[0]][0]
    )


def _follow_the_twins_elsewhere() -> None:
    """Who was registered by a second institution has an open file there, too."""
    without_case = Person.objects.exclude(pk__in=Case.objects.values("person")).filter(
        institution__slug__in=["hospice-ge", "oce-ge"], merged_into=None, files=None
    )
    InstitutionFile.objects.bulk_create(
        InstitutionFile(person=person, institution_id=person.institution_id, opened_on=today())
        for person in without_case
    )


def _known_to_two_houses() -> None:
    """The employment office follows whom the social aid follows, too, and knows nothing of it: to be asked.

    Two of them stand first in its list of persons.
    """
    elsewhere = Person.objects.filter(
        institution__slug="hospice-ge",
        name_key=OuterRef("name_key"),
        birth_date=OuterRef("birth_date"),
        merged_into=None,
    )
    both = Person.objects.filter(Exists(elsewhere), institution__slug="oce-ge", merged_into=None)
    known = list(both.exclude(files__closed_on=None, files__isnull=False).order_by("pk"))
    InstitutionFile.objects.bulk_create(
        InstitutionFile(person=person, institution_id=person.institution_id, opened_on=today())
        for person in known
    )
    Person.objects.filter(pk__in=[person.pk for person in known[:2]]).update(updated_at=now())
