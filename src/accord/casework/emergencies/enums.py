"""Words of emergencies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """What makes it impossible to wait for the person's authorisation."""

    HEALTH = "health", _("danger pour la santé ou la vie")
    VIOLENCE = "violence", _("menace contre la personne ou contre d’autres")
    CHILD = "child", _("enfant en danger")
    SHELTER = "shelter", _("perte immédiate du logement ou des moyens de vivre")
    OTHER = "other", _("autre urgence")


class Outcome(models.TextChoices):
    """What the review found."""

    JUSTIFIED = "justified", _("justifié")
    NOT_JUSTIFIED = "not_justified", _("pas justifié")
