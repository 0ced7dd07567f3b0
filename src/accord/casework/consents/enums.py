"""Words of the authorisation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentState(models.TextChoices):
    """An authorisation is prepared, signed, and ends."""

    DRAFT = "draft", _("à signer")
    ACTIVE = "active", _("en vigueur")
    REVOKED = "revoked", _("révoquée")
    EXPIRED = "expired", _("échue")
    REPLACED = "replaced", _("remplacée")
    ABANDONED = "abandoned", _("abandonnée")


class Channel(models.TextChoices):
    """How the person signed."""

    PAPER = "paper", _("sur papier")
    SCREEN = "screen", _("à l’écran")


class Signatory(models.TextChoices):
    """Who signed."""

    PERSON = "person", _("la personne")
    REPRESENTATIVE = "representative", _("son représentant légal")
