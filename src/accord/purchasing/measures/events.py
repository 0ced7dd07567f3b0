"""What measures and mandates tell people and the journal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "measure.proposed": _("Une mesure attend d’être validée : dossier %(number)s."),
    "measure.validated": _("Une mesure est validée : dossier %(number)s."),
    "measure.refused": _("Une mesure n’est pas validée : dossier %(number)s."),
    "mandate.given": _("Un nouveau mandat vous est confié."),
    "mandate.interrupted": _("Un mandat est interrompu."),
    "mandate.resumed": _("Un mandat reprend."),
    "mandate.stopped": _("Un mandat est arrêté."),
    "mandate.cancelled": _("Un mandat est annulé."),
    "mandate.agreement_ends": _("La convention prend fin pendant un mandat : décision %(decision)s."),
    "mandate.agreement_ends_provider": _("Une convention prend fin pendant un de vos mandats."),
    "mandate.report_due": _("Un rapport est bientôt attendu."),
    "mandate.report_late": _("Un rapport est en retard."),
    "mandate.report_missing": _("Un rapport manque : décision %(decision)s."),
    "mandate.report_sent": _("Un rapport est arrivé : décision %(decision)s."),
    "mandate.report_accepted": _("Un rapport est accepté."),
    "mandate.report_asked_back": _("Un complément de rapport vous est demandé."),
    "mandate.document_sent": _("Un document est arrivé : décision %(decision)s."),
    "delivery.contracts": _("Un envoi d’un prestataire attend le management des contrats : %(receipt)s."),
}
VERBS = {
    "measure_proposed": _("Mesure proposée"),
    "validated": _("Mesure validée"),
    "ordered": _("Mandat confié"),
    "agreed goals": _("Objectifs convenus"),
    "interrupted": _("Mesure interrompue"),
    "resumed": _("Mesure reprise"),
    "stopped": _("Mesure arrêtée"),
    "lapsed": _("Mesure caduque"),
    "begun": _("Mesure commencée"),
    "measure_ended": _("Mesure terminée"),
    "evaluated": _("Mesure évaluée"),
    "noted presence": _("Présences notées"),
    "handed in": _("Envoi reçu"),
    "handled": _("Envoi traité"),
}
SUBJECTS = {
    "individual measure": _("mesure individuelle"),
    "mandate": _("mandat"),
    "mandate list": _("liste des mandats"),
    "report": _("rapport d’un prestataire"),
    "delivery": _("envoi d’un prestataire"),
    "grant letter": _("lettre d’octroi"),
    "office code": _("code de l’office"),
    "report terms": _("délais des rapports"),
    "measure list": _("liste des mesures"),
}
PURPOSES = {
    "search for a provider": _("chercher un prestataire"),
    "propose a measure": _("proposer une mesure"),
    "validate a measure": _("valider une mesure"),
    "read a measure": _("lire une mesure"),
    "carry out a measure": _("conduire une mesure"),
    "give a mandate": _("confier un mandat"),
    "print the grant": _("imprimer la lettre d’octroi"),
    "carry out a mandate": _("exécuter un mandat"),
    "list of mandates": _("parcourir ses mandats"),
    "note presence": _("noter les présences"),
    "write a report": _("écrire un rapport"),
    "read a report": _("lire un rapport"),
    "hand in documents": _("transmettre un document"),
    "read a receipt": _("lire un accusé de réception"),
    "set the office code": _("indiquer le code de l’office"),
    "read the catalogue of measures": _("lire le catalogue des mesures"),
    "set when reports are due": _("fixer les délais des rapports"),
}
