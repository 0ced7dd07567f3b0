"""What the person's window tells colleagues, and how the journal says it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "window.locked": _("Une lettre d’accès a été bloquée après plusieurs essais : dossier %(number)s."),
    "window.asked": _("La personne vous a adressé une demande : dossier %(number)s."),
    "window.objected": _("La personne s’oppose à un échange d’informations : dossier %(number)s."),
    "window.declined": _("La personne n’a pas signé l’autorisation proposée : dossier %(number)s."),
}

VERBS = {
    "issued": _("Émission"),
    "locked": _("Blocage"),
    "revoked": _("Révocation"),
    "entered": _("Entrée"),
    "left_window": _("Sortie de la fenêtre"),
    "signed": _("Signature"),
    "person_acted": _("Acte de la personne"),
    "taken_up": _("Prise en charge"),
}

SUBJECTS = {
    "window": _("fenêtre de la personne"),
    "code letter": _("lettre d’accès"),
    "person request": _("demande de la personne"),
    "own data": _("données de la personne"),
    "consent form": _("formulaire d’autorisation"),
    "signed consent": _("autorisation signée"),
}

PURPOSES = {
    "enter the window": _("entrer dans la fenêtre de la personne"),
    "look at own situation": _("voir sa propre situation"),
    "read own documents": _("lire ses documents"),
    "see who read": _("voir qui a lu quoi"),
    "decide on own authorisation": _("décider de sa propre autorisation"),
    "ask from the window": _("faire une demande"),
    "take own data": _("recevoir ses données"),
    "leave the window": _("quitter la fenêtre de la personne"),
    "issue a code letter": _("émettre une lettre d’accès"),
    "answer the person": _("répondre à la personne"),
    "answer an objection": _("répondre à une opposition"),
}
