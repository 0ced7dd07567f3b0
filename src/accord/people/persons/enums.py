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
