"""What questions tell people and the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "advice.asked": _("Une question attend un conseil."),
    "advice.answered": _("Votre question a reçu une réponse."),
    "advice.reminder": _("Rappel : une question attend un conseil."),
    "advice.escalated": _("Escalade : une question reste sans conseil."),
    "advice.expired": _("Une question est restée sans réponse."),
}

VERBS = {
    "asked": _("Question posée"),
    "advised": _("Conseil donné"),
    "judged": _("Conseil jugé utile ou non"),
}
SUBJECTS = {"question": _("question"), "question list": _("liste des questions")}
PURPOSES = {
    "list of questions": _("parcourir les questions"),
    "ask for advice": _("demander conseil"),
    "read a question": _("lire une question"),
    "give advice": _("donner conseil"),
    "close a question": _("clore une question"),
    "announce from a question": _("annoncer un cas après un conseil"),
    "advice statistics": _("lire la statistique des conseils"),
    "export advice statistics": _("exporter la statistique des conseils"),
}
