"""What conventions tell people, and how the journal says it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

GROUP = _("Conventions")

NOTIFICATIONS = {
    "agreement.negotiation": _("Un projet de convention vous est soumis : %(number)s."),
    "agreement.version": _("Une nouvelle version de la convention %(number)s est proposée."),
    "agreement.approved": _("La convention %(number)s est approuvée."),
    "agreement.signing": _("La convention %(number)s attend votre signature."),
    "agreement.signed": _("Toutes les parties ont signé la convention %(number)s."),
    "agreement.begun": _("La convention %(number)s est en vigueur."),
    "agreement.ending": _("La convention %(number)s prend fin dans %(days)s jours au plus."),
    "agreement.terminated": _("La convention %(number)s est dénoncée."),
    "agreement.over": _("La convention %(number)s a pris fin."),
    "agreement.prolonging": _("Une prolongation de la convention %(number)s attend votre signature."),
    "agreement.prolonged": _("La convention %(number)s est prolongée."),
}

VERBS = {
    "approved": _("Approbation"),
    "proposed": _("Proposition"),
    "signed": _("Signature"),
    "terminated": _("Dénonciation"),
    "began": _("Entrée en vigueur"),
    "over": _("Fin"),
    "sent": _("Envoi"),
}

SUBJECTS = {"agreement": _("convention"), "agreement list": _("liste des conventions")}

PURPOSES = {
    "list of agreements": _("parcourir les conventions"),
    "read an agreement": _("lire une convention"),
    "draft an agreement": _("rédiger une convention"),
    "approve an agreement": _("approuver une convention"),
    "sign an agreement": _("signer une convention"),
    "end an agreement": _("mettre fin à une convention"),
    "renew an agreement": _("renouveler une convention"),
}
