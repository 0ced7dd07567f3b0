"""Providers of the demo as they are written down: who they are, what they sign, who works for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accord.kernel.clock import SWISS_TIME, today
from accord.network.agreements.enums import AgreementState, PartKind
from accord.network.institutions.enums import Role
from accord.purchasing.providers.enums import ProviderKind, Topic, Unit


@dataclass(frozen=True, slots=True)
class Body:
    """One provider of the demo as it is written down here."""

    slug: str
    name: str
    kind: str
    office: str
    offers: str
    languages: str
    places: str
    state: str
    code: str
    unit: str
    price: int


BODIES = (
    Body("atelier-du-port", "Atelier du Port", ProviderKind.INSTITUTION, "oai-ge", "Entraînement progressif au travail : bois, mécanique légère, conditionnement.", "français", "Genève", AgreementState.IN_FORCE, "905.500.2", Unit.MONTH, 4200),
    Body("ecole-des-metiers-du-lac", "École des métiers du lac", ProviderKind.SCHOOL, "oai-ge", "Formation professionnelle initiale avec appui scolaire.", "français", "Genève, Nyon", AgreementState.IN_FORCE, "905.509.1", Unit.CASE, 3000),
    Body("passerelles-formation", "Passerelles Formation", ProviderKind.TRAINING_CENTRE, "oai-ge", "Bureautique, comptabilité et français professionnel, en petits groupes.", "français, anglais", "Genève", AgreementState.IN_FORCE, "905.220.3", Unit.WEEK, 540),
    Body("association-tremplin", "Association Tremplin", ProviderKind.ASSOCIATION, "oai-ge", "Mesures de réinsertion pour jeunes : rythme, projet, stages.", "français", "Genève, Carouge", AgreementState.SIGNING, "905.300.4", Unit.DAY, 160),
    Body("rive-gauche-coaching", "Rive gauche Coaching", ProviderKind.COACH, "oai-ge", "Accompagnement individuel à la place de travail.", "français, portugais", "Genève", AgreementState.IN_FORCE, "905.110.5", Unit.HOUR, 145),
    Body("cap-emploi-arve", "Cap Emploi Arve", ProviderKind.ASSOCIATION, "oai-ge", "Recherche d’emploi, simulation d’entretiens, réseau d’entreprises.", "français", "Genève", AgreementState.NEGOTIATION, "905.120.5", Unit.HOUR, 130),
    Body("fondation-saleve", "Fondation du Salève", ProviderKind.INSTITUTION, "oai-ge", "Observation professionnelle et orientation en atelier.", "français", "Genève", AgreementState.EXPIRED, "905.410.4", Unit.DAY, 210),
    Body("pas-a-pas-ge", "Pas à pas", ProviderKind.COACH, "oai-ge", "Coaching de maintien en emploi.", "français, espagnol", "Genève", AgreementState.DRAFT, "905.130.5", Unit.HOUR, 140),
    Body("ateliers-du-rhone", "Ateliers du Rhône", ProviderKind.INSTITUTION, "oai-vs", "Réentraînement au travail : restauration, jardins, intendance.", "français", "Sion, Sierre", AgreementState.IN_FORCE, "905.500.2", Unit.MONTH, 4050),
    Body("werkstatt-oberwallis", "Werkstatt Oberwallis", ProviderKind.INSTITUTION, "oai-vs", "Berufliche Abklärung und Aufbautraining in Holz und Metall.", "allemand", "Brig, Visp", AgreementState.IN_FORCE, "905.420.4", Unit.DAY, 195),
    Body("bildungszentrum-simplon", "Bildungszentrum Simplon", ProviderKind.SCHOOL, "oai-vs", "Umschulungen im kaufmännischen Bereich, Deutsch im Beruf.", "allemand, français", "Brig", AgreementState.APPROVED, "905.509.1", Unit.CASE, 2800),
    Body("coaching-dixence", "Coaching Dixence", ProviderKind.COACH, "oai-vs", "Accompagnement individuel, reprise graduelle.", "français, allemand", "Sion", AgreementState.TERMINATED, "905.110.5", Unit.HOUR, 138),
)  # fmt: skip

ARTICLES = (
    (PartKind.CLAUSE, "Objet", "La présente convention règle les mesures de réadaptation que le prestataire fournit aux personnes assurées. Chaque mesure est individuelle et validée au préalable par l’office."),
    (PartKind.CLAUSE, "Mandats", "L’office ne réserve pas de places et ne garantit aucune occupation. Un mandat est confié par écrit, avec son numéro de décision, ses objectifs et sa durée."),
    (PartKind.CLAUSE, "Qualité", "Le prestataire dispose de personnel qualifié et tient à jour son label. L’office visite le prestataire au moins une fois par an."),
    (PartKind.CLAUSE, "Rapports", "Un rapport intermédiaire est remis à mi-parcours, un rapport final dix jours avant la fin de la mesure."),
    (PartKind.CLAUSE, "Tarifs et factures", "Les prix sont ceux des positions convenues. Les factures sont remises sous forme électronique ; une seule facture par numéro de décision et par mois."),
    (PartKind.COMMITTEE, "Rencontre annuelle", "Les parties se rencontrent une fois par an pour examiner les indicateurs de qualité."),
)  # fmt: skip
BETTER = "Un rapport intermédiaire est remis à mi-parcours, un rapport final vingt jours avant la fin de la mesure, sous forme électronique."

EXPECTED = {
    Topic.QUALITY: "Un encadrement par du personnel formé.\n\nUn label de qualité reconnu, ou la démarche engagée pour l’obtenir.\n\nDes résultats mesurés et communiqués : rapports à temps, objectifs atteints, satisfaction des personnes.",
    Topic.PRICE: "Un prix par cas, mois, semaine, jour ou heure qui comprend l’accompagnement, les locaux et le matériel.\n\nLe prix est comparé à celui de mesures semblables.",
    Topic.PREREQUISITES: "Une existence juridique, ou une activité indépendante reconnue.\n\nUn GLN pour la facturation électronique et un compte en Suisse.\n\nUne assurance responsabilité civile.",
    Topic.DOCUMENTS: "Le concept de la mesure, les qualifications du personnel, l’attestation d’assurance, et pour une personne morale ses statuts ou un extrait du registre du commerce.",
}
COLLEAGUES = (
    ("oai-ge", Role.MANAGER, "Nadia", "Perrin-Vidal", "fr", "Management des contrats : conventions à renouveler, offres de service à examiner, visites et certificats."),
    ("oai-ge", Role.MANAGER, "Olivier", "Clavien", "fr", "Le second regard : approuvez une convention et prenez la décision proposée par une collègue."),
    ("atelier-du-port", Role.MANAGER, "Samira", "Junod", "fr", "Un prestataire : sa page, ses conventions et ses prix, ce qui reste à corriger."),
    ("association-tremplin", Role.MANAGER, "Hugo", "Zufferey", "fr", "Un prestataire qui doit signer sa convention."),
    ("cap-emploi-arve", Role.MANAGER, "Inès", "Lambert", "fr", "Un prestataire en négociation : proposez une version, répondez à un prix."),
    ("werkstatt-oberwallis", Role.MANAGER, "Petra", "Imhof", "de", "Ein Leistungserbringer aus dem Oberwallis: Vereinbarungen und Preise."),
    ("atelier-du-port", Role.CASEWORKER, "Yann", "Mottier", "fr", ""),
    ("oai-ge", Role.SECRETARY, "Lucien", "Cherix", "fr", "Le bureau des factures : ce que le contrôle relève, l’horloge des trente jours, les paiements."),
)  # fmt: skip


def day_in(days: int) -> date:
    """A day from today."""
    return today() + timedelta(days=days)


def at_in(days: int) -> datetime:
    """A morning, some days from today."""
    return datetime.combine(day_in(days), time(10, 20), SWISS_TIME)
