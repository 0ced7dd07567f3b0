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


class ReportKind(models.TextChoices):
    """The report after the interview, and the few lines after an examination."""

    RM = "rm", _("Rapport médical")
    RF = "rf", _("Rapport final")


class ReportState(models.TextChoices):
    """Where a report stands between the doctor and the dossier."""

    DRAFT = "draft", _("brouillon")
    SIGNED = "signed", _("signé")
    HANDED_IN = "handed_in", _("remis au secrétariat")
    FILED = "filed", _("classé au dossier")


class ExaminationKind(models.TextChoices):
    """By what medical information is completed."""

    CLINICAL = "clinical", _("Examen clinique au service médical")
    CONSILIUM = "consilium", _("Consilium")
    EXPERTISE = "expertise", _("Expertise externe")


class Discipline(models.TextChoices):
    """Of which medicine; several make an examination of two or of several disciplines."""

    INTERNAL = "internal", _("Médecine interne")
    PSYCHIATRY = "psychiatry", _("Psychiatrie")
    RHEUMATOLOGY = "rheumatology", _("Rhumatologie")
    ORTHOPAEDICS = "orthopaedics", _("Orthopédie")
    NEUROLOGY = "neurology", _("Neurologie")
    NEUROPSYCHOLOGY = "neuropsychology", _("Neuropsychologie")
    CARDIOLOGY = "cardiology", _("Cardiologie")
    PNEUMOLOGY = "pneumology", _("Pneumologie")
    OTHER = "other", _("Autre discipline")


class ExaminationState(models.TextChoices):
    """From the order to the final report."""

    ORDERED = "ordered", _("demandé")
    APPOINTED = "appointed", _("rendez-vous fixé")
    RECEIVED = "received", _("rapport reçu, à lire")
    READ = "read", _("lu, rapport final à rédiger")
    CONCLUDED = "concluded", _("conclu par un rapport final")
    CANCELLED = "cancelled", _("annulé")


class MeasureKind(models.TextChoices):
    """What was agreed on medically."""

    TREATMENT = "treatment", _("Traitement")
    EXAMINATION = "examination", _("Examen")
    OPINION = "opinion", _("Avis complémentaire")
    COORDINATION = "coordination", _("Coordination avec le médecin traitant")
    INTERVIEW = "interview", _("Entretien ultérieur")
    OTHER = "other", _("Autre mesure")


class MeasureState(models.TextChoices):
    """Whether an agreed measure was put into practice."""

    AGREED = "agreed", _("convenue")
    UNDERWAY = "underway", _("en cours")
    DONE = "done", _("accomplie")
    DROPPED = "dropped", _("abandonnée")


class OutgoingState(models.TextChoices):
    """What became of a report sent to the external dossier."""

    PENDING = "pending", _("à déposer")
    WRITTEN = "written", _("déposé, quittance attendue")
    ACCEPTED = "accepted", _("accepté")
    REFUSED = "refused", _("refusé par le dossier externe")
    FAILED = "failed", _("dépôt impossible")


class IncomingState(models.TextChoices):
    """What became of a document that came in."""

    TO_SORT = "to_sort", _("à trier")
    FILED = "filed", _("classé au dossier")
    SET_ASIDE = "set_aside", _("écarté")
