"""Words of individual measures, of mandates, and of what providers send in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """In which phase a measure is granted."""

    EARLY = "early", _("intervention précoce")
    REHABILITATION = "rehabilitation", _("réadaptation")


class MeasureState(models.TextChoices):
    """How far an individual measure has come."""

    PROPOSED = "proposed", _("proposée")
    VALIDATED = "validated", _("validée")
    RUNNING = "running", _("en cours")
    INTERRUPTED = "interrupted", _("interrompue")
    ENDED = "ended", _("terminée")
    STOPPED = "stopped", _("arrêtée avant terme")
    REFUSED = "refused", _("non validée")
    WITHDRAWN = "withdrawn", _("retirée")
    LAPSED = "lapsed", _("caduque")


STANDING = (
    MeasureState.PROPOSED,
    MeasureState.VALIDATED,
    MeasureState.RUNNING,
    MeasureState.INTERRUPTED,
)
"""Takes, or will take, the days of the person."""
FINANCED = (
    MeasureState.VALIDATED,
    MeasureState.RUNNING,
    MeasureState.INTERRUPTED,
    MeasureState.ENDED,
    MeasureState.STOPPED,
)
"""Was validated before it began: counts in the sums and durations of the law."""


class MandateState(models.TextChoices):
    """Where a mandate stands."""

    GIVEN = "given", _("confié, à venir")
    RUNNING = "running", _("en cours")
    INTERRUPTED = "interrupted", _("interrompu")
    ENDED = "ended", _("terminé")
    STOPPED = "stopped", _("arrêté avant terme")
    CANCELLED = "cancelled", _("annulé")


class Intensity(models.TextChoices):
    """How much coaching in a month."""

    LOW = "low", _("faible")
    MEDIUM = "medium", _("moyenne")
    HIGH = "high", _("élevée")


class Presence(models.TextChoices):
    """What became of a day."""

    PRESENT = "present", _("présent")
    SICK = "sick", _("absent : santé")
    EXCUSED = "excused", _("absent : excusé")
    UNEXCUSED = "unexcused", _("absent : sans nouvelles")
    HOLIDAY = "holiday", _("vacances ou jour férié")


class Pause(models.TextChoices):
    """Why a measure is interrupted; neutral words, the provider reads them."""

    ABSENCE = "absence", _("absence prolongée")
    PERSON = "person", _("à la demande de la personne")
    PROVIDER = "provider", _("à la demande du prestataire")
    OTHER = "other", _("autre motif")


class Outcome(models.TextChoices):
    """Whether an objective was reached."""

    MET = "met", _("atteint")
    PARTLY = "partly", _("atteint en partie")
    NOT_MET = "not_met", _("non atteint")


class ReportKind(models.TextChoices):
    """Which report about a person."""

    INTERIM = "interim", _("bilan intermédiaire")
    FINAL = "final", _("rapport final")
    EXTRA = "extra", _("rapport supplémentaire")


class ReportState(models.TextChoices):
    """Where a report stands."""

    AWAITED = "awaited", _("attendu")
    SENT = "sent", _("reçu, à lire")
    ASKED_BACK = "asked_back", _("complément demandé")
    ACCEPTED = "accepted", _("accepté")
    WAIVED = "waived", _("plus attendu")


class Channel(models.TextChoices):
    """The three ways in of seed 002, kept apart."""

    CONTRACTS = "contracts", _("Offres et conventions")
    REPORTS = "reports", _("Rapports et bilans d’une personne")
    DOCUMENTS = "documents", _("Autres documents d’une personne")


class Obstacle(models.TextChoices):
    """Why a mail was refused at the door."""

    INVOICE = "invoice", _("facture en pièce jointe")
    ATTACHMENT = "attachment", _("pièce jointe")
    MESSAGE = "message", _("message sans pièce jointe")
    AUTOMATIC = "automatic", _("réponse automatique ou liste")
    TOO_BIG = "too_big", _("message trop grand")
