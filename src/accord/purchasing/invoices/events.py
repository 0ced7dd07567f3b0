"""What invoices tell people, and the words that the journal keeps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

GROUP = _("Factures")
NOTIFICATIONS = {
    "invoice.pending": _("Une facture est à éclaircir."),
    "invoice.rejected": _("Une de vos factures est refusée : la réponse dit que faire."),
    "invoice.asked": _("L’office a une question sur une de vos factures."),
    "invoice.paid": _("Une de vos factures est payée."),
    "invoice.overdue": _("Des factures attendent depuis plus longtemps que le délai de paiement."),
}
VERBS = {
    "invoice_received": _("Facture reçue"),
    "invoice_turned_away": _("Facture renvoyée à la réception"),
    "key_created": _("Clé de programme créée"),
    "key_revoked": _("Clé de programme révoquée"),
    "invoice_approved": _("Facture approuvée"),
    "invoice_asked": _("Question sur une facture"),
    "invoice_rejected": _("Facture refusée"),
    "payment_ordered": _("Paiement ordonné"),
    "payment_exported": _("Ordre de paiement remis"),
    "payment_booked": _("Paiement comptabilisé"),
    "payment_terms_set": _("Conditions de paiement fixées"),
}
SUBJECTS = {
    "invoice": _("facture"),
    "invoice list": _("liste des factures"),
    "invoice totals": _("totaux des factures"),
    "reception key": _("clé de programme"),
    "payment order": _("ordre de paiement"),
    "payment terms": _("conditions de paiement"),
}
PURPOSES = {
    "read invoices": _("lire les factures"),
    "check an invoice": _("contrôler une facture"),
    "decide on an invoice": _("décider d’une facture"),
    "send an invoice": _("envoyer une facture"),
    "manage reception keys": _("gérer les clés des programmes"),
    "pay invoices": _("payer les factures"),
    "count invoices": _("faire le total des factures"),
}
