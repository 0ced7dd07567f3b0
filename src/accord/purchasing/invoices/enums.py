"""Words of invoices."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class InvoiceState(models.TextChoices):
    """Where an invoice stands."""

    RECEIVED = "received", _("reçue")
    PENDING = "pending", _("à éclaircir")
    ACCEPTED = "accepted", _("à approuver")
    APPROVED = "approved", _("approuvée")
    ORDERED = "ordered", _("mise en paiement")
    PAID = "paid", _("payée")
    REJECTED = "rejected", _("refusée")
    CANCELLED = "cancelled", _("annulée")
    NOTED = "noted", _("classée")


class Source(models.TextChoices):
    """How an invoice came in."""

    UPLOAD = "upload", _("fichier déposé")
    FORM = "form", _("formulaire en ligne")
    FOLDER = "folder", _("dossier surveillé")
    PROGRAM = "program", _("programme de facturation")


class MessageKind(models.TextChoices):
    """What its sender does with a message."""

    NORMAL = "normal", _("facture")
    COPY = "copy", _("copie")
    STORNO = "storno", _("annulation")
    REFUND = "refund", _("remboursement")


class Weight(models.TextChoices):
    """How much a finding weighs."""

    ERROR = "error", _("erreur")
    WARNING = "warning", _("à regarder")
    INFO = "info", _("indication")


class Answered(models.TextChoices):
    """What was answered."""

    ACCEPTED = "accepted", _("acceptée")
    PENDING = "pending", _("en suspens")
    REJECTED = "rejected", _("refusée")


OPEN = (
    InvoiceState.RECEIVED,
    InvoiceState.PENDING,
    InvoiceState.ACCEPTED,
    InvoiceState.APPROVED,
    InvoiceState.ORDERED,
)
"""States in which the payment is still to come: the clock runs."""
COUNTING = (
    InvoiceState.PENDING,
    InvoiceState.ACCEPTED,
    InvoiceState.APPROVED,
    InvoiceState.ORDERED,
    InvoiceState.PAID,
)
"""States that use up the month and the ceiling of a mandate."""
TONES = {
    InvoiceState.RECEIVED: "waiting",
    InvoiceState.PENDING: "late",
    InvoiceState.ACCEPTED: "waiting",
    InvoiceState.APPROVED: "waiting",
    InvoiceState.ORDERED: "waiting",
    InvoiceState.PAID: "done",
    InvoiceState.REJECTED: "stopped",
    InvoiceState.CANCELLED: "stopped",
    InvoiceState.NOTED: "done",
}
