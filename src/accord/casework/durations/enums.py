"""Words of clocks and durations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClockKind(models.TextChoices):
    """What has a day by which it must be done."""

    STAGE = "stage", _("étape")
    STEP = "step", _("démarche")


class Measure(models.TextChoices):
    """What the frozen figures count and measure, in the order in which they are calculated.

    The key of an outcome is its category and itself (success/placed), a category alone, or nothing for all
    cases that were closed.
    """

    STAGE = "stage", _("durée des étapes achevées")
    RUNNING = "running", _("étapes en cours")
    WAITING = "waiting", _("jours perdus")
    OUTCOME = "outcome", _("résultats à la clôture")
