"""What the journal and the messages say of rapprochements."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

VERBS = {
    "merged": _("Réunion de deux personnes"),
    "unmerged": _("Réunion annulée"),
    "told_apart": _("Personnes distinctes"),
    "doubted_again": _("Doublon à revoir"),
    "asked_who_follows": _("Question sur un suivi commun"),
}
SUBJECTS = {"possible twins": _("doublons possibles"), "merge": _("réunion")}
PURPOSES = {
    "likely twins": _("parcourir les doublons possibles"),
    "compare two persons": _("comparer deux personnes"),
    "tell two persons apart": _("distinguer deux personnes"),
    "undo a merge": _("annuler une réunion"),
    "list of merges": _("parcourir les réunions"),
    "look for twins": _("chercher des rapprochements"),
    "ask who else follows": _("demander qui d’autre suit une personne"),
}
NOTIFICATIONS = {
    "matching.guessing": _(
        "Des questions répétées sur un suivi commun ont été refusées dans votre institution :"
        " consultez le journal."
    ),
}
