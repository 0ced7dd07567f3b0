"""Words of the journal."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

READING_ROLE = "data_protection"
"""The role that reads it; the roles themselves are declared by the institutions, a floor above."""

VERBS: dict[str, str | Promise] = {
    "read": _("a consulté"),
    "created": _("a créé"),
    "changed": _("a modifié"),
    "corrected": _("a corrigé"),
    "opened": _("a ouvert"),
    "closed": _("a clos"),
    "reopened": _("a rouvert"),
    "stored": _("a déposé"),
    "downloaded": _("a téléchargé"),
    "exported": _("a exporté"),
    "searched": _("a recherché"),
    "appointed": _("a nommé"),
    "left": _("a mis fin à l’accès de"),
    "switched": _("a modifié les réglages de"),
}
"""How the commonest verbs are said; the others are shown as they were written."""

SUBJECTS: dict[str, str | Promise] = {
    "case": _("le dossier"),
    "person": _("la personne"),
    "document": _("le document"),
    "journal": _("le journal"),
    "institution": _("l’institution"),
    "membership": _("la collaboratrice ou le collaborateur"),
    "referral": _("l’annonce"),
    "consent": _("l’autorisation"),
    "disclosure": _("la communication"),
}


def verb_word(verb: str) -> str:
    """The verb in the reader's language."""
    return str(VERBS.get(verb, verb))


def subject_word(kind: str) -> str:
    """The kind of thing in the reader's language."""
    return str(SUBJECTS.get(kind, kind))
