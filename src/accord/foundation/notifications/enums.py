"""When a mail goes out, and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cadence(models.TextChoices):
    """How soon somebody wants a mail about a kind of message."""

    AT_ONCE = "at_once", _("tout de suite")
    DAILY = "daily", _("une fois par jour")
    NEVER = "never", _("jamais")


class DeliveryState(models.TextChoices):
    """What became of a mail."""

    PENDING = "pending", _("à envoyer")
    SENT = "sent", _("envoyé")
    NEEDLESS = "needless", _("devenu inutile")
    FAILED = "failed", _("échec")
