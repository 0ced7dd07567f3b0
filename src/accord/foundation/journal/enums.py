"""Words of the journal."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

READING_ROLE = "data_protection"
"""The role that reads it; the roles themselves are declared by the institutions, a floor above."""

VERBS: dict[str, str | Promise] = {
    "read": _("Consultation"),
    "downloaded": _("Téléchargement"),
    "exported": _("Exportation"),
    "searched": _("Recherche"),
    "created": _("Création"),
    "registered": _("Enregistrement"),
    "changed": _("Modification"),
    "corrected": _("Correction"),
    "saved": _("Enregistrement d’un brouillon"),
    "prepared": _("Préparation"),
    "abandoned": _("Abandon"),
    "wrote": _("Rédaction"),
    "planned": _("Planification"),
    "filed": _("Classement"),
    "stored": _("Dépôt"),
    "scanned": _("Analyse par l’antivirus"),
    "refused": _("Refus par l’antivirus"),
    "announced": _("Annonce"),
    "received": _("Réception"),
    "accepted": _("Annonce acceptée"),
    "declined": _("Annonce non retenue"),
    "asked_back": _("Complément demandé"),
    "answered": _("Complément donné"),
    "expired": _("Échéance"),
    "withdrawn": _("Retrait"),
    "stage": _("Changement d’étape"),
    "joined": _("Entrée d’une institution"),
    "left": _("Sortie"),
    "lead": _("Remise de la conduite"),
    "consent_given": _("Autorisation signée"),
    "consent_narrowed": _("Autorisation restreinte"),
    "consent_revoked": _("Autorisation révoquée"),
    "consent_expired": _("Autorisation échue"),
    "file_opened": _("Ouverture d’un dossier d’institution"),
    "file_closed": _("Fermeture d’un dossier d’institution"),
    "opened": _("Ouverture"),
    "step_done": _("Démarche accomplie"),
    "done": _("Accomplissement"),
    "dropped": _("Renoncement"),
    "document": _("Ajout d’un document"),
    "closed": _("Clôture"),
    "reopened": _("Réouverture"),
    "appointed": _("Nomination"),
    "ended": _("Fin d’un rôle"),
    "switched": _("Réglages modifiés"),
    "loaded": _("Chargement"),
}
"""How acts are said; one that is not here is shown as it was written."""

SUBJECTS: dict[str, str | Promise] = {
    "case": _("dossier"),
    "case list": _("liste des dossiers"),
    "consent": _("autorisation"),
    "disclosure": _("communication"),
    "document": _("document"),
    "file": _("dossier d’institution"),
    "institution": _("institution"),
    "journal": _("journal"),
    "membership": _("rôle"),
    "note": _("note"),
    "person": _("personne"),
    "programme": _("dispositif"),
    "programme_circle": _("cercle d’un dispositif"),
    "referral": _("annonce"),
    "referral list": _("liste des annonces"),
    "search": _("recherche"),
    "step": _("démarche"),
}


def verb_word(verb: str) -> str:
    """The act in the reader's language."""
    return str(VERBS.get(verb, verb))


def subject_word(kind: str) -> str:
    """The kind of thing in the reader's language."""
    return str(SUBJECTS.get(kind, kind))


def verbs_like(typed: str) -> tuple[str, ...]:
    """The acts whose word, in the reader's language, contains what she typed."""
    wanted = typed.strip().casefold()
    return tuple(verb for verb, word in VERBS.items() if wanted in str(word).casefold()) or (typed.strip(),)
