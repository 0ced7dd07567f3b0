"""Words of the plan."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    """A plan is written, proposed for signature, agreed by all, and one day replaced by the next version."""

    DRAFT = "draft", _("en préparation")
    PROPOSED = "proposed", _("à signer")
    AGREED = "agreed", _("convenu")
    REPLACED = "replaced", _("remplacé")


IN_WORK = (PlanState.DRAFT, PlanState.PROPOSED)
"""States of a version that may still change."""


class MeasureState(models.TextChoices):
    """Where a measure stands."""

    PLANNED = "planned", _("prévue")
    RUNNING = "running", _("en cours")
    DONE = "done", _("terminée")
    STOPPED = "stopped", _("interrompue")


class FindingKind(models.TextChoices):
    """How strategies compete."""

    OVERLAP = "overlap", _("Mesures en même temps")
    CONTRADICTION = "contradiction", _("Objectifs contraires")
    EMPLOYER = "employer", _("Même employeur approché deux fois")
    CARE = "care", _("Deux suivis pour un objectif")
    GAP = "gap", _("Période sans prise en charge")


class Difference(models.TextChoices):
    """What happened to a goal or a measure between two versions."""

    ADDED = "added", _("ajouté")
    CHANGED = "changed", _("modifié")
    REMOVED = "removed", _("retiré")
