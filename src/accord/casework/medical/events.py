"""What the medical compartment tells people and the journal: never what a request says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "medical.requested": _("Une demande d’avis attend d’être attribuée : dossier %(number)s."),
    "medical.allocated": _("Une demande d’avis vous est attribuée : dossier %(number)s."),
    "medical.to_schedule": _("Un entretien est à fixer : dossier %(number)s."),
    "medical.declined": _("Le service médical vous rend une demande d’avis : dossier %(number)s."),
    "medical.withdrawn": _("Une demande d’avis est retirée : dossier %(number)s."),
    "medical.report_due": _("Un rapport est à rédiger : dossier %(number)s."),
    "medical.signed": _("Un rapport signé attend d’être remis : dossier %(number)s."),
    "medical.filed": _("Le rapport demandé est classé au dossier %(number)s."),
    "medical.clarify": _("Une incapacité est à éclaircir : dossier %(number)s."),
}

VERBS = {
    "medical_asked": _("Avis médical demandé"),
    "medical_passed": _("Demande d’avis transmise"),
    "medical_read": _("Document lu par le service médical"),
    "release_recorded": _("Levée du secret enregistrée"),
    "release_revoked": _("Levée du secret révoquée"),
    "contact_kept": _("Contact avec un médecin noté"),
    "clarified": _("Incapacité éclaircie"),
}
SUBJECTS = {
    "medical request": _("demande d’avis médical"),
    "medical requests": _("demandes d’avis médical"),
    "medical file": _("dossier pour le médecin"),
    "medical notes": _("notes d’entretien"),
    "treating doctor": _("médecin traitant"),
    "release": _("levée du secret médical"),
    "doctor contact": _("contact avec un médecin traitant"),
    "clarification": _("incapacité à éclaircir"),
    "region doctor": _("médecin d’une région"),
    "doctor absence": _("absence d’un médecin"),
}
PURPOSES = {
    "ask the doctor": _("demander un avis médical"),
    "read a medical request": _("lire une demande d’avis médical"),
    "medical secretariat": _("tenir le secrétariat du service médical"),
    "medical desk": _("préparer les entretiens du médecin"),
    "allocate a medical request": _("attribuer une demande au médecin"),
    "schedule a medical interview": _("fixer l’entretien avec le médecin"),
    "prepare a medical report": _("préparer le formulaire du rapport"),
    "prepare a medical interview": _("préparer l’entretien"),
    "write interview notes": _("écrire les notes d’entretien"),
    "reach a treating doctor": _("joindre un médecin traitant"),
    "record a release": _("enregistrer une levée du secret"),
    "clarify an incapacity": _("éclaircir une incapacité"),
    "name the doctors of the regions": _("régler les médecins des régions"),
}
