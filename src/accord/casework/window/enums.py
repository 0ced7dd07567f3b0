"""Words of the person's window."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Addressee(models.TextChoices):
    """To whom a letter with codes is sent."""

    PERSON = "person", _("à la personne")
    REPRESENTATIVE = "representative", _("à son représentant légal")


class RequestKind(models.TextChoices):
    """What the person may ask for at her window."""

    CORRECTION = "correction", _("Faire corriger une information")
    OBJECTION = "objection", _("M’opposer à un échange d’informations")
    NOT_INFORMED = "not_informed", _("Dire que l’on ne m’a pas informée")
    QUESTION = "question", _("Poser une question")


class RequestState(models.TextChoices):
    """Where a request stands."""

    RECEIVED = "received", _("reçue")
    IN_PROGRESS = "in_progress", _("en cours")
    DONE = "done", _("faite")
    REFUSED = "refused", _("refusée")


class TextSize(models.IntegerChoices):
    """How large the window is written; it begins large."""

    LARGE = 0, _("grand")
    LARGER = 1, _("plus grand")
    LARGEST = 2, _("très grand")


ANSWERED = (RequestState.DONE, RequestState.REFUSED)
"""States in which the person has her answer."""
