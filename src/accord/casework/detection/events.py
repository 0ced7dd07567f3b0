"""What early detection tells people, and its words in the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "detection.answered": _("L’office AI a répondu à votre communication : dossier %(number)s."),
    "notice.served": _("Un préavis de l’office AI vous est communiqué : dossier %(number)s."),
    "notice.position": _("Une partie a répondu au préavis du dossier %(number)s."),
    "notice.decided": _("La décision annoncée par le préavis est rendue : dossier %(number)s."),
}

VERBS = {
    "detection": _("Réponse à une communication"),
    "notice": _("Communication d’un préavis"),
    "invited": _("Fixation d’un entretien"),
    "held": _("Entretien tenu"),
    "applied": _("Réception d’une demande"),
    "decided": _("Décision rendue"),
    "took position": _("Prise de position"),
}
SUBJECTS = {
    "detection": _("communication de détection précoce"),
    "notice": _("préavis"),
    "detection letter": _("lettre de réponse à une communication"),
    "detection list": _("liste des communications"),
}
PURPOSES = {
    "list of communications": _("liste des communications à répondre"),
    "receive a communication": _("enregistrer une communication"),
    "answer a communication": _("répondre à une communication"),
    "print an answer": _("imprimer la réponse à une communication"),
    "serve a notice": _("envoyer un préavis"),
    "take position on a notice": _("prendre position sur un préavis"),
    "decide after a notice": _("enregistrer la décision après un préavis"),
}
