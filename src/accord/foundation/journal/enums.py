"""Words of the journal."""

from __future__ import annotations

from collections.abc import Mapping

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
    "disclosed": _("Communication en vertu de la loi"),
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


PURPOSES: dict[str, str | Promise] = {
    "abandon an authorisation": _("mettre de côté une autorisation"),
    "administer the institution": _("administrer l’institution"),
    "announce a case": _("annoncer un cas"),
    "answer the desk": _("répondre au bureau"),
    "change a note": _("corriger une note"),
    "change a step": _("modifier une démarche"),
    "choose language": _("choisir la langue"),
    "choose mails": _("choisir ses messages"),
    "choose theme": _("choisir l’apparence"),
    "close a case": _("clore un dossier"),
    "close a file": _("fermer un dossier d’institution"),
    "correct a person": _("corriger une personne"),
    "demo mailbox": _("lire les courriels de la démonstration"),
    "end a step": _("terminer une démarche"),
    "enter the demo": _("entrer dans la démonstration"),
    "export the journal": _("exporter le journal"),
    "file a document": _("classer un document"),
    "find an institution": _("trouver une institution"),
    "follow a case": _("suivre un dossier"),
    "gallery": _("voir les éléments des pages"),
    "hand over a case": _("remettre la conduite d’un dossier"),
    "health": _("surveiller le serveur"),
    "home": _("voir ce qui attend"),
    "inform by law": _("informer en vertu de la loi"),
    "invite an institution": _("inviter une institution"),
    "leave a case": _("quitter un dossier"),
    "list of announcements": _("parcourir les annonces"),
    "list of cases": _("parcourir les dossiers"),
    "list of persons": _("parcourir les personnes"),
    "look at a signed authorisation": _("consulter une feuille signée"),
    "look at an authorisation": _("consulter une autorisation"),
    "move a case to a stage": _("faire avancer un dossier"),
    "name a referent": _("nommer un référent"),
    "narrow an authorisation": _("restreindre une autorisation"),
    "open a file": _("ouvrir un dossier d’institution"),
    "own profile": _("régler son profil"),
    "person": _("consulter une personne"),
    "plan a step": _("prévoir une démarche"),
    "prepare an announcement": _("préparer une annonce"),
    "prepare an authorisation": _("préparer une autorisation"),
    "print an authorisation": _("imprimer une autorisation"),
    "read a document": _("lire un document"),
    "read an announcement": _("lire une annonce"),
    "read messages": _("lire ses messages"),
    "read programmes": _("lire les dispositifs"),
    "record a signature": _("enregistrer une signature"),
    "register a person": _("enregistrer une personne"),
    "reopen a case": _("rouvrir un dossier"),
    "revoke an authorisation": _("révoquer une autorisation"),
    "search": _("chercher une personne ou un dossier"),
    "send an announcement": _("envoyer une annonce"),
    "supervise data protection": _("veiller à la protection des données"),
    "switch institution": _("agir pour une autre institution"),
    "tell that a file was closed": _("dire qu’un dossier est fermé"),
    "tell that a file was opened": _("dire qu’un dossier est ouvert"),
    "triage an announcement": _("répondre à une annonce"),
    "withdraw an announcement": _("retirer une annonce"),
    "work on programmes": _("lire un dispositif"),
    "worker": _("tâche d’Accord"),
    "write a note": _("écrire une note"),
}
"""What each screen is for; the journal keeps the key, and shows these words."""


def say(
    *,
    verbs: Mapping[str, str | Promise] | None = None,
    subjects: Mapping[str, str | Promise] | None = None,
    purposes: Mapping[str, str | Promise] | None = None,
) -> None:
    """An app of an upper floor says its acts, its things and what its screens are for.

    Raises ValueError when another word already stands for a key.
    """
    for known, told in ((VERBS, verbs), (SUBJECTS, subjects), (PURPOSES, purposes)):
        for key, word in (told or {}).items():
            if known.setdefault(key, word) != word:
                raise ValueError(f"the journal has two words for {key}")


def verb_word(verb: str) -> str:
    """The act in the reader's language."""
    return str(VERBS.get(verb, verb))


def subject_word(kind: str) -> str:
    """The kind of thing in the reader's language."""
    return str(SUBJECTS.get(kind, kind))


def purpose_word(purpose: str) -> str:
    """The purpose of a screen in the reader's language."""
    return str(PURPOSES.get(purpose, purpose))


def verbs_like(typed: str) -> tuple[str, ...]:
    """The acts whose word, in the reader's language, contains what she typed."""
    wanted = typed.strip().casefold()
    return tuple(verb for verb, word in VERBS.items() if wanted in str(word).casefold()) or (typed.strip(),)
