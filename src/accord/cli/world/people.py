"""Fictional insured people of the demo."""

from __future__ import annotations

from datetime import date
from random import Random

from accord.cli.world.names import (
    FAMILY_DE,
    FAMILY_FR,
    FAMILY_OTHER,
    GIVEN_F,
    GIVEN_M,
    PLACES_GE,
    PLACES_VS,
)
from accord.kernel.identifiers import avs_check_digit
from accord.network.institutions.models import Institution
from accord.people.persons.models import Person
from accord.people.persons.rules import name_key


def invent_person(random: Random, serial: int, at: Institution, region: str) -> Person:
    """Somebody who does not exist, living in the region, registered by an institution; not saved yet."""
    german = region == "haut_valais"
    woman = random.random() < 0.5
    family = random.choice((FAMILY_DE if german else FAMILY_FR) if random.random() < 0.68 else FAMILY_OTHER)
    if random.random() < 0.08:
        family += "-" + random.choice(FAMILY_FR)
    postal_code, city, street = random.choice(PLACES_VS.get(region, PLACES_GE))
    age = min(63, max(18, round(random.gauss(44, 11))))
    born = date(2026 - age, random.randint(1, 12), random.randint(1, 28))
    birth_date = born.isoformat()
    if random.random() < 0.02:
        birth_date = birth_date[:4]
    first_twelve = f"756{serial * 7919 % 1_000_000_000:09d}"
    person = Person(
        institution=at,
        family_name=family,
        given_names=random.choice(GIVEN_F if woman else GIVEN_M),
        birth_name=random.choice(FAMILY_FR) if woman and random.random() < 0.15 else "",
        birth_date=birth_date,
        sex="2" if woman else "1",
        avs_number=first_twelve + avs_check_digit(first_twelve)
        if at.may_hold_avs and random.random() < 0.93
        else "",
        nationality=random.choices(["CH", "PT", "IT", "XK", "ER", "FR", "TR"], [60, 12, 7, 8, 4, 6, 3])[0],
        language="de" if german else random.choices(["fr", "it", "en"], [90, 6, 4])[0],
        needs_interpreter=random.random() < 0.06,
        street=f"{street} {random.randint(1, 90)}",
        postal_code=postal_code,
        city=city,
        canton="VS" if region in PLACES_VS else "GE",
        phone=f"079 000 {random.randint(10, 99)} {random.randint(10, 99)}" if random.random() < 0.85 else "",
        contact_way="letter",
    )
    if person.phone and random.random() < 0.5:
        person.contact_way = "phone"
    if random.random() < 0.04:
        person.representative_kind = "guardian"
        person.representative_name = f"{random.choice(GIVEN_F)} {random.choice(FAMILY_FR)}"
        person.representative_contact = "Service des curatelles, 000 000 00 00"
    person.name_key = name_key(person.family_name, person.given_names, person.birth_name)
    return person
