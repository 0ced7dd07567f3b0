"""Words of early detection and of the préavis."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DetectionState(models.TextChoices):
    """Where a communication stands, from its reception to the application."""

    RECEIVED = "received", _("reçue")
    INVITED = "invited", _("entretien fixé")
    HELD = "held", _("entretien tenu")
    ANSWERED = "answered", _("répondue")
    APPLIED = "applied", _("demande déposée")


class Outcome(models.TextChoices):
    """What the AI office answers."""

    INDICATED = "indicated", _("une demande est indiquée")
    NOT_INDICATED = "not_indicated", _("une demande n’est pas indiquée")
    ALREADY_APPLIED = "already", _("une demande est déjà déposée")


class Subject(models.TextChoices):
    """What the AI office intends to decide."""

    PENSION = "pension", _("rente")
    MEASURE = "measure", _("mesure de réadaptation")
    ALLOWANCE = "allowance", _("indemnités journalières")
    HELPLESSNESS = "helplessness", _("allocation pour impotent")
    AID = "aid", _("moyen auxiliaire")
    REFUSAL = "refusal", _("refus de prestations")


class Affected(models.TextChoices):
    """To whom a préavis is served (RAI art. 73bis al. 2)."""

    INSURED = "insured", _("la personne ou son représentant")
    COMPENSATION = "compensation", _("caisse de compensation")
    ACCIDENT = "accident", _("assureur-accidents")
    MILITARY = "military", _("assurance militaire")
    HEALTH = "health", _("assureur-maladie")
    PENSION = "pension", _("institution de prévoyance")


class Position(models.TextChoices):
    """What a party to the préavis does within the thirty days."""

    NONE = "", _("pas encore répondu")
    TAKEN = "taken", _("a pris position")
    RENOUNCED = "renounced", _("renonce à prendre position")
