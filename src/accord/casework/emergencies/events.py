"""What emergencies tell people, and their words in the journal; no sentence holds a name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

GROUP = "emergencies"
NOTIFICATIONS = {
    "emergency.opened": _("Le dossier %(number)s a été ouvert en urgence, sans autorisation."),
    "emergency.letter": _("Le dossier %(number)s a été ouvert en urgence : informez la personne par lettre."),
    "emergency.ended": _("L’accès en urgence au dossier %(number)s a pris fin avant son terme."),
    "emergency.review_due": _("Un accès en urgence attend votre revue : dossier %(number)s."),
    "emergency.review_late": _("La revue d’un accès en urgence est en retard : dossier %(number)s."),
    "emergency.reviewed": _("L’accès en urgence au dossier %(number)s a été revu."),
}
VERBS = {
    "emergency": _("Accès en urgence"),
    "emergency_refused": _("Accès en urgence sans résultat"),
    "emergency_ended": _("Fin anticipée d’un accès en urgence"),
    "emergency_reviewed": _("Revue d’un accès en urgence"),
}
SUBJECTS = {
    "emergency": _("accès en urgence"),
    "emergency letter": _("lettre à la personne sur un accès en urgence"),
    "emergency list": _("liste des accès en urgence"),
}
PURPOSES = {
    "act in an emergency": _("agir en urgence"),
    "end an emergency access": _("mettre fin à un accès en urgence"),
    "look at an emergency access": _("consulter un accès en urgence"),
    "review an emergency access": _("revoir un accès en urgence"),
    "tell the person of an emergency access": _("informer la personne d’un accès en urgence"),
}
