"""What providers tell people, and how the journal says it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

GROUP = _("Prestataires")

NOTIFICATIONS = {
    "offer.submitted": _("Une offre de service est arrivée : %(number)s."),
    "offer.answered": _("La réponse à votre question est arrivée : offre %(number)s."),
    "offer.proposed": _("Une décision attend un second regard : offre %(number)s."),
    "provider.invited": _("Vous travaillez désormais dans Accord pour un prestataire."),
    "provider.suspended": _("Un prestataire est suspendu : aucun nouveau mandat ne lui est confié."),
    "provider.readmitted": _("Un prestataire suspendu est réadmis."),
    "certificate.ending": _("Un certificat de qualité arrive à échéance dans %(days)s jours au plus."),
    "finding.demand": _("Une visite a relevé un point à corriger."),
    "finding.overdue": _("Un point à corriger après une visite a dépassé son délai."),
    "price.proposed": _("Un prix vous est proposé dans la convention %(number)s."),
    "price.agreed": _("Un prix est convenu dans la convention %(number)s."),
}

VERBS = {
    "questioned": _("Question posée"),
    "submitted": _("Dépôt d’une offre"),
    "suspended": _("Suspension"),
    "readmitted": _("Réadmission"),
    "decided": _("Décision"),
    "invited": _("Invitation"),
    "published": _("Publication"),
    "visited": _("Visite"),
    "agreed": _("Accord sur un prix"),
    "settled": _("Point réglé"),
}

SUBJECTS = {
    "offer": _("offre de service"),
    "provider": _("prestataire"),
    "provider list": _("liste des prestataires"),
    "certificate": _("certificat de qualité"),
    "guidance": _("attentes envers les prestataires"),
    "visit finding": _("constat de visite"),
    "price": _("prix"),
}

PURPOSES = {
    "buy measures": _("suivre les achats de mesures"),
    "list of providers": _("parcourir les prestataires"),
    "read a provider": _("lire la page d’un prestataire"),
    "manage a provider": _("gérer un prestataire"),
    "watch over quality": _("veiller à la qualité"),
    "review an offer": _("examiner une offre de service"),
    "decide on an offer": _("décider d’une offre de service"),
    "publish expectations": _("publier les attentes envers les prestataires"),
    "negotiate prices": _("négocier des prix"),
    "become a provider": _("devenir prestataire"),
    "offer a service": _("offrir un service"),
}
