"""Words about persons."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """As in eCH-0044."""

    MALE = "1", _("masculin")
    FEMALE = "2", _("féminin")
    UNKNOWN = "3", _("indéterminé")


class Language(models.TextChoices):
    """Language in which the person is written to."""

    FRENCH = "fr", _("français")
    GERMAN = "de", _("allemand")
    ITALIAN = "it", _("italien")
    ENGLISH = "en", _("anglais")


class ContactWay(models.TextChoices):
    """How the person wishes to be reached."""

    LETTER = "letter", _("par courrier")
    PHONE = "phone", _("par téléphone")
    EMAIL = "email", _("par courriel")
    SMS = "sms", _("par SMS")


class RepresentativeKind(models.TextChoices):
    """Why somebody speaks for the person."""

    PARENT = "parent", _("Parent")
    GUARDIAN = "guardian", _("Curateur ou tuteur")
    PROXY = "proxy", _("Mandataire")


SENTENCES = {
    "missing": _("Indiquez-le : sans cela, la personne ne peut pas être enregistrée."),
    "too_long": _("Ce texte est trop long."),
    "unreadable": _("Ce texte contient des caractères invisibles : écrivez-le à la main."),
    "unknown": _("Choisissez une valeur de la liste."),
    "no_name": _("Un nom contient au moins une lettre."),
    "avs_length": _("Le numéro AVS compte 13 chiffres : 756.1234.5678.97."),
    "avs_prefix": _("Le numéro AVS commence par 756 (Suisse) ou 438 (Liechtenstein)."),
    "avs_check": _("Le chiffre de contrôle ne correspond pas : vérifiez chaque chiffre du numéro AVS."),
    "no_date": _("Écrivez une date comme 22.11.1980, ou seulement 11.1980 ou 1980."),
    "too_early": _("Cette date est antérieure à 1900."),
    "future": _("Cette date est dans le futur."),
    "npa": _("Le NPA suisse compte quatre chiffres ; à l’étranger, celui du pays."),
    "npa_canton": _("Dans un canton suisse, le NPA compte quatre chiffres."),
    "phone": _("Écrivez un numéro de téléphone comme 022 327 27 27 ou +41 79 123 45 67."),
    "email": _("Écrivez une adresse comme prenom.nom@exemple.ch."),
    "unreachable": _("La personne préfère être jointe ainsi : indiquez comment."),
    "representative_name": _("Indiquez le nom de la personne qui la représente."),
    "representative_kind": _("Indiquez à quel titre cette personne la représente."),
    "minor_alone": _("La personne est mineure : il est recommandé d’indiquer qui la représente."),
}
"""What each problem or advice of `rules` says to the person who typed."""
