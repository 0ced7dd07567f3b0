"""What the authorisation tells people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "consent.given": _("La personne a signé une autorisation qui vous concerne : dossier %(number)s."),
    "consent.narrowed": _("L’autorisation du dossier %(number)s a été restreinte."),
    "consent.revoked": _("L’autorisation du dossier %(number)s a été révoquée."),
    "consent.expiring": _("L’autorisation du dossier %(number)s arrive à échéance."),
    "consent.expired": _("L’autorisation du dossier %(number)s est échue."),
}

PURPOSES = {"take a case out of a circle": _("sortir un dossier du second cercle")}
