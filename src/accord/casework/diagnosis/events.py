"""What the joint diagnosis tells people, and its words in the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "diagnosis.assigned": _("Une partie du diagnostic commun vous est confiée dans le dossier %(number)s."),
    "diagnosis.signed": _("Une partie du diagnostic commun est signée dans le dossier %(number)s."),
    "diagnosis.difference": _("Une divergence est notée dans le diagnostic commun du dossier %(number)s."),
    "diagnosis.answered": _("Votre divergence a reçu une réponse dans le dossier %(number)s."),
}

VERBS = {
    "arranged": _("Répartition du diagnostic"),
    "claimed": _("Prise en charge"),
    "diagnosis_signed": _("Signature d’une partie du diagnostic"),
    "difference": _("Divergence"),
}
SUBJECTS = {
    "diagnosis": _("diagnostic commun"),
    "diagnosis section": _("partie du diagnostic"),
}
PURPOSES = {
    "arrange the diagnosis": _("répartir le diagnostic commun"),
    "write the diagnosis": _("écrire une partie du diagnostic"),
    "sign the diagnosis": _("signer une partie du diagnostic"),
    "differ from the diagnosis": _("noter une divergence"),
    "read the diagnosis": _("lire le diagnostic commun"),
    "print the diagnosis": _("imprimer le diagnostic commun"),
}
