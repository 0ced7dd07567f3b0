"""Words of the announcement."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralState(models.TextChoices):
    """Where an announcement stands."""

    DRAFT = "draft", _("en préparation")
    SENT = "sent", _("envoyée")
    ASKED_BACK = "asked_back", _("complément demandé")
    ACCEPTED = "accepted", _("acceptée")
    DECLINED = "declined", _("non retenue")
    EXPIRED = "expired", _("restée sans réponse")
    WITHDRAWN = "withdrawn", _("retirée")
