"""What casework tells people; the sentences hold a case number, never a name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "case.invited": _("Votre institution participe désormais au dossier %(number)s."),
    "case.lead": _("La conduite du dossier %(number)s est remise à votre institution."),
    "case.circle_joined": _("Le dossier %(number)s se tient désormais dans un second cercle."),
    "case.circle_left": _("Le dossier %(number)s est sorti du second cercle."),
    "case.closed": _("Le dossier %(number)s est clos."),
    "case.reopened": _("Le dossier %(number)s est rouvert."),
    "case.file_opened": _("Une institution a ouvert un dossier : %(number)s."),
    "case.file_closed": _("Une institution a fermé un dossier : %(number)s."),
    "case.by_law": _("Une institution vous informe en vertu de la loi : dossier %(number)s."),
    "case.overdue": _("Une échéance est dépassée dans le dossier %(number)s."),
    "case.followed": _("Du nouveau dans un dossier que vous suivez : %(number)s."),
    "case.step_assigned": _("Une démarche vous est confiée dans le dossier %(number)s."),
}

VERBS = {
    "circle_joined": _("Entrée dans un second cercle"),
    "circle_left": _("Sortie du second cercle"),
}
PURPOSES = {"let a case stand in two circles": _("faire entrer un dossier dans un second cercle")}
