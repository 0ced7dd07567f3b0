"""Words of rapprochements: why two registrations look alike, and what Accord answers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

REASONS = {
    "avs_same": _("numéro AVS identique"),
    "avs_near": _("numéros AVS à un chiffre près"),
    "avs_other": _("numéros AVS différents"),
    "names_same": _("nom et prénoms identiques"),
    "names_exchanged": _("nom et prénom intervertis"),
    "family_same": _("nom identique"),
    "family_part": _("nom simple et nom double"),
    "family_slip": _("noms à une lettre près"),
    "birth_name": _("nom de naissance identique"),
    "given_same": _("prénoms identiques"),
    "given_part": _("un prénom en commun"),
    "given_slip": _("prénoms à une lettre près"),
    "birth_same": _("date de naissance identique"),
    "birth_part": _("dates de naissance compatibles"),
    "birth_exchanged": _("jour et mois intervertis"),
    "birth_slip": _("dates de naissance à un chiffre près"),
    "birth_other": _("dates de naissance différentes"),
    "place_same": _("même localité"),
    "sex_other": _("sexes différents"),
}
"""What each `rules.Reason` says to a caseworker."""

AGAINST = frozenset({"avs_other", "birth_other", "sex_other"})
"""Reasons that speak against it."""

RANKS = {
    "strong": _("très probable"),
    "likely": _("probable"),
    "possible": _("possible"),
}


class FingerprintKind(models.TextChoices):
    """As `rules.Kind`, for the table."""

    AVS = "avs", _("numéro AVS")
    NAMES = "names", _("noms et date de naissance")


class Verdict(models.TextChoices):
    """What became of a question."""

    FOLLOWED = "followed", _("une institution la suit aussi")
    NOBODY = "nobody", _("personne d’autre, à notre connaissance")
    REFUSED = "refused", _("trop de questions")
    UNFOLLOWED = "unfollowed", _("sans dossier chez nous")
