"""Words of advice."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionState(models.TextChoices):
    """Where a question stands."""

    ASKED = "asked", _("posée")
    ANSWERED = "answered", _("avec réponse")
    CLOSED = "closed", _("close")
    EXPIRED = "expired", _("restée sans réponse")


WAITING = (QuestionState.ASKED,)
"""States in which the referents have the next act."""
