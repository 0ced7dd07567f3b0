"""The institutions of the demo, their sites, and the some forty people who work there."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from accord.cli.world.names import GIVEN_F, GIVEN_M, STAFF_FAMILY
from accord.foundation.accounts.models import User
from accord.kernel.actors import WORKER
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.models import Institution, Membership, Site, Territory
from accord.network.programmes.selectors import current_programme
from accord.network.programmes.services import join_circle


@dataclass(frozen=True, slots=True)
class House:
    """One institution of the demo as it is written down here."""

    slug: str
    kind: str
    name: str
    short_name: str
    territory: str
    site: str
    phone: str
    language: str = "fr"
    reciprocity: bool = True
    avs: bool = True


TERRITORIES = (
    ("ge", "Genève", None),
    ("vs", "Valais", None),
    ("haut_valais", "Haut-Valais", "vs"),
    ("valais_central", "Valais central", "vs"),
    ("bas_valais", "Bas-Valais", "vs"),
    ("ch", "Suisse", None),
)
MONTBRILLANT = "Rue de Montbrillant 40, 1201 Genève"
HOUSES = (
    House("oai-ge", Kind.AI_OFFICE, "Office AI du bout du lac", "OAI Genève", "ge", MONTBRILLANT, "022 000 10 10"),
    House("oce-ge", Kind.EMPLOYMENT_OFFICE, "Office de l’emploi du bout du lac", "OCE Genève", "ge", MONTBRILLANT, "022 000 20 20"),
    House("hospice-ge", Kind.SOCIAL_AID, "Aide sociale du bout du lac", "Aide sociale Genève", "ge", MONTBRILLANT, "022 000 30 30", avs=False),
    House("bureau-cii-vs", Kind.CII_OFFICE, "Bureau CII du Rhône", "Bureau CII Valais", "vs", "Avenue de la Gare 1, 1950 Sion", "027 000 10 10"),
    House("oai-vs", Kind.AI_OFFICE, "Office AI du Rhône", "OAI Valais", "vs", "Avenue de la Gare 5, 1950 Sion", "027 000 20 20"),
    House("orp-sion", Kind.EMPLOYMENT_OFFICE, "Office régional de placement du Centre", "ORP Centre", "valais_central", "Rue du Scex 2, 1950 Sion", "027 000 30 30"),
    House("orp-martigny", Kind.EMPLOYMENT_OFFICE, "Office régional de placement du Bas", "ORP Bas", "bas_valais", "Rue du Levant 3, 1920 Martigny", "027 000 31 31"),
    House("rav-brig", Kind.EMPLOYMENT_OFFICE, "Regionales Arbeitsvermittlungszentrum Oberwallis", "RAV Oberwallis", "haut_valais", "Kantonsstrasse 8, 3900 Brig", "027 000 32 32", language="de"),
    House("cms-sion", Kind.SOCIAL_AID, "Centre médico-social du Centre", "CMS Centre", "valais_central", "Avenue de la Gare 21, 1950 Sion", "027 000 40 40", avs=False),
    House("smz-brig", Kind.SOCIAL_AID, "Sozialmedizinisches Zentrum Oberwallis", "SMZ Oberwallis", "haut_valais", "Nordstrasse 30, 3900 Brig", "027 000 41 41", language="de", reciprocity=False, avs=False),
    House("smr-rhone", Kind.MEDICAL_SERVICE, "Service médical régional du Rhône", "SMR Rhône", "vs", "Rue des Vergers 4, 1950 Sion", "027 000 50 50"),
    House("mutuelle-leman", Kind.INSURER_DAILY_LAMAL, "Mutuelle Léman, indemnités journalières", "Mutuelle Léman", "ch", "Rue du Port 10, 1003 Lausanne", "021 000 10 10"),
    House("helvia", Kind.INSURER_DAILY_LCA, "Helvia Assurances, pertes de gain", "Helvia", "ch", "Avenue de Cour 6, 1007 Lausanne", "021 000 20 20"),
    House("alpina", Kind.INSURER_ACCIDENT, "Alpina, assurance-accidents", "Alpina", "ch", "Rue du Simplon 12, 1006 Lausanne", "021 000 30 30"),
    House("prevoyance-arve", Kind.PENSION_FUND, "Caisse de pension de l’Arve", "Prévoyance Arve", "ch", "Quai Ernest-Ansermet 20, 1205 Genève", "022 000 40 40"),
)  # fmt: skip


CIRCLES = {
    "cii-geneve": ("ge",),
    "cii-valais": ("vs", "haut_valais", "valais_central", "bas_valais"),
    "cii-plus": ("ge", "vs", "haut_valais", "valais_central", "bas_valais", "ch"),
}


@dataclass(frozen=True, slots=True)
class Post:
    """A role that somebody holds in an institution; the persona sentence makes it one to try."""

    house: str
    role: str
    language: str = "fr"
    persona: str = ""


POSTS = (
    Post("oce-ge", Role.CASEWORKER, persona="Annoncez un cas : choisissez une personne, remplissez le formulaire, faites signer l’autorisation, envoyez."),
    Post("oai-ge", Role.REFERENT, persona="Triez les annonces reçues : acceptez, demandez un complément ou refusez avec une phrase."),
    Post("hospice-ge", Role.CASEWORKER, persona="Ouvrez un dossier commun : voyez ce que la personne a autorisé, et pourquoi le reste est masqué."),
    Post("oai-ge", Role.CASEWORKER, persona="Conduisez un dossier : pas, notes, image du dossier, remise de la conduite, clôture."),
    Post("bureau-cii-vs", Role.DESK, persona="Le bureau CII du Valais : triage, étapes avec leurs délais, échéances dépassées."),
    Post("rav-brig", Role.CASEWORKER, "de", "Arbeiten Sie auf Deutsch: Fall anmelden, Einwilligung vorbereiten, Schritte planen."),
    Post("smr-rhone", Role.DOCTOR, persona="Le médecin du SMR : voyez ce qui vous est ouvert, et rien d’autre."),
    Post("mutuelle-leman", Role.CASEWORKER, persona="Détection précoce (CII-plus) : communiquez un cas à l’office AI, avec la date d’information de la personne."),
    Post("oai-vs", Role.DATA_PROTECTION, persona="Le journal : qui a lu quoi, quand et dans quel but."),
    Post("oai-ge", Role.ADMINISTRATOR, persona="L’institution : membres, rôles, réciprocité, numéro AVS."),
    Post("alpina", Role.CASEWORKER, persona="L’assureur-accidents : vos communications et leurs réponses."),
    Post("orp-sion", Role.CASEWORKER, persona="Restreignez ou révoquez une autorisation, et voyez ce qui se ferme aussitôt."),
    Post("oce-ge", Role.REFERENT),
    Post("oce-ge", Role.CASEWORKER, persona="Une autre institution suit-elle aussi cette personne ? Posez la question pour la première de vos personnes, puis préparez l’autorisation."),
    Post("oce-ge", Role.MANAGER), Post("oce-ge", Role.DATA_PROTECTION),
    Post("hospice-ge", Role.REFERENT), Post("hospice-ge", Role.CASEWORKER), Post("hospice-ge", Role.MANAGER),
    Post("oai-ge", Role.CASEWORKER), Post("oai-ge", Role.MANAGER), Post("oai-ge", Role.DATA_PROTECTION),
    Post("bureau-cii-vs", Role.DESK), Post("bureau-cii-vs", Role.DESK, "de"), Post("bureau-cii-vs", Role.MANAGER),
    Post("oai-vs", Role.CASEWORKER), Post("oai-vs", Role.CASEWORKER, "de"), Post("oai-vs", Role.REFERENT), Post("oai-vs", Role.MANAGER),
    Post("orp-sion", Role.REFERENT), Post("orp-martigny", Role.CASEWORKER), Post("orp-martigny", Role.REFERENT),
    Post("rav-brig", Role.REFERENT, "de"), Post("cms-sion", Role.CASEWORKER), Post("cms-sion", Role.REFERENT),
    Post("smz-brig", Role.CASEWORKER, "de"), Post("smz-brig", Role.REFERENT, "de"), Post("smr-rhone", Role.SECRETARY),
    Post("helvia", Role.CASEWORKER), Post("helvia", Role.REFERENT), Post("mutuelle-leman", Role.REFERENT),
    Post("alpina", Role.REFERENT), Post("prevoyance-arve", Role.CASEWORKER, persona="La caisse de pension : les préavis qui vous touchent, leur délai, votre prise de position."), Post("prevoyance-arve", Role.REFERENT),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Network:
    """What the rest of the world is built on."""

    houses: dict[str, Institution]
    staff: dict[str, list[User]]

    def of_kind(self, kind: str, territory: str) -> list[Institution]:
        """Institutions of a kind that serve a territory or all of Switzerland."""
        wanted = {
            house.slug
            for house in HOUSES
            if house.kind == kind and house.territory in (territory, "vs", "ch")
        }
        if territory == "ge":
            wanted = {h.slug for h in HOUSES if h.kind == kind and h.territory in ("ge", "ch")}
        return [self.houses[slug] for slug in sorted(wanted)]


def build_network(random: Random) -> Network:
    """Write territories, institutions, sites and people; nobody has a password but through the demo's door."""
    territories: dict[str, Territory] = {}
    for code, name, parent in TERRITORIES:
        territories[code] = Territory.objects.create(
            code=code, name=name, parent=territories.get(parent or "")
        )
    houses = {}
    for house in HOUSES:
        institution = Institution.objects.create(
            slug=house.slug,
            kind=house.kind,
            name=house.name,
            short_name=house.short_name,
            phone=house.phone,
            language=house.language,
            grants_reciprocity=house.reciprocity,
            may_hold_avs=house.avs,
        )
        institution.territories.add(territories[house.territory])
        Site.objects.create(
            institution=institution,
            territory=territories[house.territory],
            name="Montbrillant" if house.site == MONTBRILLANT else house.short_name,
            address=house.site,
        )
        houses[house.slug] = institution
    _seat(houses)
    return Network(houses, _staff(random, houses))


def _seat(houses: dict[str, Institution]) -> None:
    """Each institution joins the circles of its canton; the insurers' circle is the same for both."""
    for house in HOUSES:
        for slug, territories in CIRCLES.items():
            roles = current_programme(slug).roles_of(house.kind)
            if roles and house.territory in territories:
                join_circle(by=WORKER, programme_slug=slug, institution=houses[house.slug], role=roles[0])


def _staff(random: Random, houses: dict[str, Institution]) -> dict[str, list[User]]:
    staff: dict[str, list[User]] = {slug: [] for slug in houses}
    families = random.sample(STAFF_FAMILY, len(STAFF_FAMILY))
    for serial, post in enumerate(POSTS):
        family = families[serial % len(families)]
        given = random.choice(GIVEN_F if serial % 2 else GIVEN_M)
        user = User.objects.create_user(
            f"demo{serial + 1:02d}@accord.example",
            first_name=given,
            last_name=family,
            language=post.language,
            persona=post.persona,
        )
        Membership.objects.create(user=user, institution=houses[post.house], role=post.role)
        if post.role in (Role.CASEWORKER, Role.REFERENT, Role.DESK, Role.DOCTOR):
            staff[post.house].append(user)
    both = staff["orp-sion"][0]
    Membership.objects.create(user=both, institution=houses["orp-martigny"], role=Role.CASEWORKER)
    return staff
