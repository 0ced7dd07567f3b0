"""Employers of the demo, and the contacts of institutions with them; every name is invented."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from accord.casework.cases.enums import Audience, CaseState, Category
from accord.casework.cases.models import Case, Participant
from accord.casework.employers.models import Employer, EmployerContact
from accord.casework.employers.rules import enterprise_key
from accord.cli.world.network import Network
from accord.kernel.clock import now, today

GENEVA = (
    ("Boulangerie du Mandement SA", "1242", "Satigny"), ("Menuiserie Lacroix-Vuy Sàrl", "1227", "Carouge"),
    ("Transports Arvala SA", "1228", "Plan-les-Ouates"), ("Hôtel des Trois-Rades", "1201", "Genève"),
    ("Logistique Lémanis SA", "1214", "Vernier"), ("Garage de la Praille-Sud", "1227", "Carouge"),
    ("Crèche Les Petits Voiliers", "1205", "Genève"), ("Horlogerie Valdoret SA", "1217", "Meyrin"),
    ("Nettoyages Clairval Sàrl", "1219", "Châtelaine"), ("Jardins et Parcs du Salève SA", "1255", "Veyrier"),
)  # fmt: skip
VALAIS = (
    ("Caves de la Borgne SA", "1967", "Bramois"), ("Scierie des Dranses Sàrl", "1920", "Martigny"),
    ("Fiduciaire du Scex", "1950", "Sion"), ("Boucherie Rhodanienne SA", "3960", "Sierre"),
    ("Remontées de Crêtaz-Blanche SA", "1997", "Haute-Nendaz"), ("Maçonnerie Val-d’Illiez Sàrl", "1870", "Monthey"),
)  # fmt: skip
UPPER_VALAIS = (
    ("Bäckerei Gletschbach AG", "3904", "Naters"), ("Schreinerei Simplonblick GmbH", "3900", "Brig"),
    ("Hotel Aletschstern", "3984", "Fiesch"), ("Metallbau Vispertal AG", "3930", "Visp"),
)  # fmt: skip
COUNTERPARTS = ("responsable du personnel", "chef d’atelier", "direction", "cheffe d’équipe", "")
RESULTS = {
    "fr": (
        "Un essai de trois semaines est possible dès le mois prochain.",
        "Le poste peut être adapté : pauses plus longues, pas de port de charges.",
        "Pas d’engagement pour l’instant ; à reprendre au printemps.",
        "L’employeur garde la place jusqu’à la décision.",
    ),
    "de": (
        "Ein Arbeitsversuch von drei Wochen ist ab nächstem Monat möglich.",
        "Der Arbeitsplatz kann angepasst werden: längere Pausen, kein Heben.",
        "Vorläufig keine Anstellung; im Frühling nochmals nachfragen.",
    ),
}
ABOUT = ("retain", "adaptation", "trial", "placement", "wage", "reference")
SHARE = 0.55
"""Of the open cases in which somebody speaks with an employer."""


def employers_of(employers: list[Employer], region: str) -> list[Employer]:
    """Those of the part of the country where the case is."""
    places = {"haut_valais": UPPER_VALAIS, "valais_central": VALAIS, "bas_valais": VALAIS}.get(region, GENEVA)
    names = {name for name, _postal_code, _city in places}
    return [employer for employer in employers if employer.name in names]


def furnish(random: Random, network: Network) -> None:
    """The directory, and contacts in about half of the open cases; sometimes two institutions at one door."""
    houses = list(network.houses.values())
    employers = [
        Employer(
            name=name,
            name_key=enterprise_key(name),
            postal_code=postal_code,
            city=city,
            registered_by=random.choice(houses),
        )
        for name, postal_code, city in (*GENEVA, *VALAIS, *UPPER_VALAIS)
    ]
    Employer.objects.bulk_create(employers)
    parties: dict[object, list[Participant]] = {}
    for part in Participant.objects.filter(case__state=CaseState.OPEN, left_at=None).select_related(
        "institution"
    ):
        parties.setdefault(part.case_id, []).append(part)
    contacts = []
    for case in Case.objects.filter(state=CaseState.OPEN).order_by("number"):
        if random.random() > SHARE:
            continue
        employer = random.choice(employers_of(employers, case.region))
        taking_part = sorted(parties.get(case.pk, []), key=lambda part: part.institution.slug)
        for part in random.sample(taking_part, min(len(taking_part), 2 if random.random() < 0.2 else 1)):
            contacts.append(_contact(random, network, case, part, employer))
    EmployerContact.objects.bulk_create(contacts)


def _contact(
    random: Random, network: Network, case: Case, part: Participant, employer: Employer
) -> EmployerContact:
    staff = network.staff[part.institution.slug]
    colleague = random.choice(staff) if staff else None
    planned_for = today() + timedelta(days=random.randint(-45, 25))
    is_past = planned_for < today() and random.random() < 0.85
    at = now() - timedelta(days=random.randint(1, 40))
    return EmployerContact(
        case=case,
        owner=part.institution,
        author=colleague,
        category=Category.WORK,
        audience=Audience.PERSON,
        employer=employer,
        colleague=colleague,
        planned_for=planned_for,
        done_on=planned_for if is_past else None,
        way=random.choice(["phone", "visit", "mail"]),
        about=random.choice(ABOUT),
        counterpart=random.choice(COUNTERPARTS),
        ground="given",
        consent_on=min(planned_for, today()) - timedelta(days=random.randint(1, 20)),
        result=random.choice(RESULTS["de" if case.region == "haut_valais" else "fr"]) if is_past else "",
        state="done" if is_past else "open",
        created_at=at,
        updated_at=at,
    )
