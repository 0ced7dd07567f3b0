"""What an announcement tells people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "referral.received": _("Une annonce de cas attend votre réponse : dossier %(number)s."),
    "referral.accepted": _("Votre annonce est acceptée : dossier %(number)s."),
    "referral.declined": _("Votre annonce n’est pas retenue : dossier %(number)s."),
    "referral.asked_back": _("Le bureau demande un complément à votre annonce : dossier %(number)s."),
    "referral.answered": _("Le complément demandé est arrivé : dossier %(number)s."),
    "referral.reminder": _("Rappel : une annonce attend votre réponse, dossier %(number)s."),
    "referral.expired": _("Une annonce est restée sans réponse : dossier %(number)s."),
    "referral.withdrawn": _("Une annonce est retirée : dossier %(number)s."),
}
