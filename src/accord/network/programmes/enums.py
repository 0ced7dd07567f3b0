"""Words of programmes, as people read them; the keys are those of `rules.vocabulary`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CircleRole(models.TextChoices):
    """The part that an institution plays in the circle of a programme."""

    DESK = "desk", _("reçoit et trie les annonces")
    LEAD_POSSIBLE = "lead_possible", _("participe et peut conduire un dossier")
    MEMBER = "member", _("participe")
    INFORMED = "informed", _("est informée")


class Gate(models.TextChoices):
    """What must hold before a case enters a stage."""

    REFERRAL_ACCEPTED = "referral.accepted", _("l’annonce est acceptée")
    INSURED_INFORMED = "insured.informed", _("la personne a été informée de l’annonce")
    CONSENT_ACTIVE = "consent.active", _("une autorisation est en vigueur")
    ASSESSMENT_HELD = "assessment.held", _("l’assessment a eu lieu")
    DIAGNOSIS_SHARED = "diagnosis.shared", _("le diagnostic commun est partagé")
    PLAN_AGREED = "plan.agreed", _("le plan est convenu")
    STEPS_DONE = "steps.done", _("les démarches prévues sont faites ou abandonnées")


class Holder(models.TextChoices):
    """Who has the next act in a stage."""

    ANNOUNCER = "announcer", _("l’institution qui annonce")
    DESK = "desk", _("le bureau qui trie les annonces")
    LEAD = "lead", _("l’institution qui conduit le dossier")


class OutcomeCategory(models.TextChoices):
    """How an ending counts."""

    SUCCESS = "success", _("réinsertion réussie")
    DURABLE = "durable", _("autre solution durable")
    NEUTRAL = "neutral", _("fin sans jugement")
    INTERRUPTED = "interrupted", _("collaboration interrompue")


class PersonPresence(models.TextChoices):
    """Whether the person takes part in a meeting."""

    YES = "yes", _("avec la personne")
    NO = "no", _("sans la personne")
    OPTIONAL = "optional", _("avec ou sans la personne")


class DoctorPresence(models.TextChoices):
    """Whether a doctor takes part in a meeting."""

    REQUIRED = "required", _("avec le médecin")
    OPTIONAL = "optional", _("avec le médecin si c’est utile")
    EXCEPTION = "exception", _("avec le médecin par exception")
    NONE = "none", _("sans médecin")


class RetentionKind(models.TextChoices):
    """What is kept for a time after the closing."""

    CASE = "case", _("Dossier commun")
    DECLINED_REFERRAL = "declined_referral", _("Annonce non retenue")
    CONSENT = "consent", _("Autorisation")
    DOCUMENT = "document", _("Document")
    MEDICAL = "medical", _("Avis médical")
    MEETING = "meeting", _("Séance et procès-verbal")


class Confidence(models.TextChoices):
    """How well a rule is founded."""

    SEED = "seed", _("texte du dispositif")
    OFFICIAL = "official", _("loi ou autorité")
    SECONDARY = "secondary", _("association, presse ou usage")
    DEDUCED = "deduced", _("déduction, à vérifier")
    PARAMETER = "parameter", _("réglage du canton")


PARAMETER_WORDS = {
    "escalation_days": _("Une échéance dépassée est signalée au responsable après"),
    "window_code_days": _("Une lettre de codes ouvre la fenêtre de la personne pendant"),
    "window_codes": _("Codes d’une lettre"),
    "emergency_hours": _("Un accès en urgence dure au plus"),
    "emergency_review_days": _("Un accès en urgence est revu dans les"),
    "gap_without_care_days": _("Le plan explique une période sans prise en charge dès"),
    "advice_answer_days": _("Une question à un référent reçoit une réponse dans les"),
    "least_shown": _("Une statistique montre un groupe dès"),
    "medical_desk_days": _("Le secrétariat médical traite une demande dans les"),
    "medical_report_days": _("Le médecin remet son rapport dans les"),
    "medical_clarification_days": _("Une incapacité survenue pendant une mesure est clarifiée dans les"),
}
"""What each number of a programme is for; the last word of its key names its unit."""

PARAMETER_UNITS = {
    "days": _("%(n)s jours"),
    "hours": _("%(n)s heures"),
    "codes": _("%(n)s codes"),
    "shown": _("%(n)s cas"),
}
