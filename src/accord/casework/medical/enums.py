"""Words of the medical compartment."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestKind(models.TextChoices):
    """A request before an assessment, or a precise question later in the case."""

    FULL = "full", _("Avis pour l’assessment")
    ADVICE = "advice", _("Conseil ponctuel")


class RequestState(models.TextChoices):
    """Where a request stands, from the office that asks to the report in the dossier."""

    REQUESTED = "requested", _("à attribuer")
    ALLOCATED = "allocated", _("attribuée au médecin")
    SCHEDULED = "scheduled", _("entretien fixé")
    INTERVIEWED = "interviewed", _("entretien tenu")
    DRAFTED = "drafted", _("rapport à signer")
    SIGNED = "signed", _("rapport signé")
    HANDED_IN = "handed_in", _("rapport remis au secrétariat")
    FILED = "filed", _("rapport classé au dossier")
    DECLINED = "declined", _("rendue au bureau")
    WITHDRAWN = "withdrawn", _("retirée")


CHIPS = {
    RequestState.REQUESTED: "new",
    RequestState.ALLOCATED: "waiting",
    RequestState.SCHEDULED: "active",
    RequestState.INTERVIEWED: "soon",
    RequestState.DRAFTED: "draft",
    RequestState.SIGNED: "waiting",
    RequestState.HANDED_IN: "waiting",
    RequestState.FILED: "done",
    RequestState.DECLINED: "stopped",
    RequestState.WITHDRAWN: "stopped",
}
"""The shape of each state."""


class Holder(models.TextChoices):
    """Who has the next act."""

    SECRETARIAT = "secretariat", _("secrétariat du service médical")
    DOCTOR = "doctor", _("médecin")
    NOBODY = "nobody", _("personne : c’est terminé")


class Help(models.TextChoices):
    """Why an answer needs a doctor; the last ones can be given by others."""

    LIMITATIONS = "limitations", _("Les limitations ou la capacité de travail sont inconnues ou contestées")
    FITNESS = "fitness", _("Il faut savoir si la personne est apte aux mesures proposées")
    CONTRADICTION = "contradiction", _("Des avis médicaux se contredisent")
    TREATMENT = "treatment", _("Il faut parler de la suite avec les médecins traitants")
    CERTIFICATE = "certificate", _("Il manque un certificat ou un rapport")
    INFORMATION = "information", _("Il faut un renseignement sur les prestations ou les démarches")


class Means(models.TextChoices):
    """By what one reached the treating doctor."""

    PHONE = "phone", _("Téléphone")
    LETTER = "letter", _("Lettre")
    MAIL = "mail", _("Courriel protégé")
    VISIT = "visit", _("Entretien")
