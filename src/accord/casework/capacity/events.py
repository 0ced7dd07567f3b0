"""What capacity tells people, and its words in the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "capacity.noted": _("La capacité de travail est mise à jour dans le dossier %(number)s."),
    "capacity.summary": _("Un résumé fonctionnel est publié dans le dossier %(number)s."),
}

VERBS = {
    "capacity": _("Mise à jour de la capacité de travail"),
    "summary": _("Publication d’un résumé fonctionnel"),
}
SUBJECTS = {
    "incapacity": _("incapacité de travail"),
    "functional summary": _("résumé fonctionnel"),
    "capacity": _("capacité de travail"),
}
PURPOSES = {
    "note an incapacity": _("noter une incapacité de travail"),
    "change an incapacity": _("modifier une incapacité de travail"),
    "publish a functional summary": _("publier un résumé fonctionnel"),
}
