"""Words of the joint diagnosis: seven parts, each of one kind of data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.enums import Audience, Category


class Part(models.TextChoices):
    """The parts of the one diagnosis, in the order in which it is read."""

    PERSON = "person", _("La personne")
    WORK = "work", _("Travail")
    TRAINING = "training", _("Formation")
    HEALTH = "health", _("Santé et capacité")
    FINANCES = "finances", _("Finances")
    SOCIAL = "social", _("Situation sociale")
    RESOURCES = "resources", _("Ressources et appuis")


CATEGORY_OF = {
    Part.PERSON: Category.IDENTITY,
    Part.WORK: Category.WORK,
    Part.TRAINING: Category.WORK,
    Part.HEALTH: Category.CAPACITY,
    Part.FINANCES: Category.FINANCES,
    Part.SOCIAL: Category.SOCIAL,
    Part.RESOURCES: Category.PLAN,
}
"""Who may read a part. The person’s own wishes are for all who know her name, so they are no matter of language
and migration; what she can build on is for all who work on the plan."""

ABOUT = {
    Part.PERSON: _("Qui elle est, ce qu’elle souhaite, comment lui parler. Ni origine ni permis de séjour."),
    Part.WORK: _("Le dernier emploi, l’expérience, les recherches, ce que les employeurs en disent."),
    Part.TRAINING: _("Les diplômes, les savoir-faire, ce qu’elle peut et veut apprendre."),
    Part.HEALTH: _("Ce que la personne peut faire au travail. Ni diagnostic ni traitement."),
    Part.FINANCES: _("Les revenus, les charges, les dettes, les décisions en attente."),
    Part.SOCIAL: _("La famille, la garde des enfants, le logement, le quotidien."),
    Part.RESOURCES: _("Ce qui porte : les proches, les atouts, les réussites, les appuis déjà là."),
}
"""What belongs into a part, in one line."""

PROMPTS = {
    "known": _("Ce que l’on sait"),
    "helps": _("Ce qui aide"),
    "hinders": _("Ce qui freine"),
    "needed": _("Ce qu’il faut"),
}
"""What a part says, in the order in which it is written."""


class SectionState(models.TextChoices):
    """Where a part stands."""

    OPEN = "open", _("à écrire")
    DRAFT = "draft", _("en rédaction")
    SIGNED = "signed", _("signée")


SHARED = [(key, word) for key, word in Audience.choices if key != Audience.OWN]
"""Who may read a signed part; it is never for one’s own institution alone."""
