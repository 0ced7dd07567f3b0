"""Words of the contacts with employers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How one talks with the employer."""

    PHONE = "phone", _("par téléphone")
    VISIT = "visit", _("sur place")
    MAIL = "mail", _("par courriel")
    LETTER = "letter", _("par lettre")


class About(models.TextChoices):
    """What the contact is about."""

    RETAIN = "retain", _("le maintien en emploi")
    ADAPTATION = "adaptation", _("l’adaptation du poste")
    TRIAL = "trial", _("un essai au travail")
    PLACEMENT = "placement", _("un engagement")
    WAGE = "wage", _("le salaire et les indemnités")
    REFERENCE = "reference", _("un certificat ou une référence")
    ENTERPRISE = "enterprise", _("l’entreprise en général, sans parler de la personne")
    OTHER = "other", _("autre chose")


class Ground(models.TextChoices):
    """Why one may speak of the person with her employer."""

    GIVEN = "given", _("la personne est d’accord")
    LAW = "law", _("un article de loi le permet")
    NOT_ASKED = "not_asked", _("la personne n’a pas été consultée")


class ContactState(models.TextChoices):
    """A contact is planned until it took place or was given up."""

    OPEN = "open", _("prévu")
    DONE = "done", _("a eu lieu")
    DROPPED = "dropped", _("abandonné")
