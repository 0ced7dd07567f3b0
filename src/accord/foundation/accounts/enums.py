"""How pages may look to somebody."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    """Light, dark, or as the computer is set."""

    AUTO = "auto", _("comme mon ordinateur")
    LIGHT = "light", _("clair")
    DARK = "dark", _("sombre")
