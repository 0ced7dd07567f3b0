"""What a plan tells people, and what the journal calls it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTIFICATIONS = {
    "plan.proposed": _("Un plan attend votre signature : dossier %(number)s."),
    "plan.changed": _("Le plan que vous aviez signé a changé : dossier %(number)s."),
    "plan.discarded": _(
        "Le plan en préparation auquel vous aviez contribué est écarté : dossier %(number)s."
    ),
    "plan.agreed": _("Le plan est convenu par toutes les institutions : dossier %(number)s."),
}
VERBS = {
    "plan_proposed": _("Plan proposé"),
    "plan_signed": _("Plan signé"),
    "plan_agreed": _("Plan convenu"),
    "plan_changed": _("Plan modifié"),
    "justified": _("Justification"),
    "removed": _("Retrait du plan"),
    "discarded": _("Mise à l’écart"),
}
SUBJECTS = {
    "plan": _("plan"),
    "goal": _("objectif"),
    "measure": _("mesure"),
    "finding": _("stratégies concurrentes"),
}
PURPOSES = {
    "write the plan": _("écrire le plan"),
    "follow a measure": _("suivre une mesure"),
    "justify competing strategies": _("justifier des stratégies concurrentes"),
    "propose the plan": _("proposer le plan à la signature"),
    "discard the draft of the plan": _("écarter le plan en préparation"),
    "sign the plan": _("signer le plan"),
    "compare versions of the plan": _("comparer les versions du plan"),
}
