"""What clocks and durations tell people and the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "durations.escalated": _("Escalade : un délai est dépassé depuis longtemps, dossier %(number)s."),
}

VERBS = {"calculated": _("Calcul des durées"), "escalated": _("Escalade")}
SUBJECTS = {"durations": _("durées d’un dispositif"), "clock": _("délai")}
PURPOSES = {
    "read durations": _("lire les durées d’un dispositif"),
    "export durations": _("exporter les durées d’un dispositif"),
    "calculate durations": _("recalculer les durées d’un dispositif"),
}
