"""Words of the capacity for work: what functions allow, never what a doctor diagnosed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Who says that the person cannot work."""

    TREATING_DOCTOR = "treating_doctor", _("Médecin traitant")
    INSURER_DOCTOR = "insurer_doctor", _("Médecin-conseil de l’assureur")
    MEDICAL_SERVICE = "medical_service", _("Service médical régional")
    HOSPITAL = "hospital", _("Hôpital ou clinique")
    EMPLOYER = "employer", _("Employeur")
    INSURED = "insured", _("La personne elle-même")


class Cause(models.TextChoices):
    """What the incapacity comes from, as insurers distinguish it."""

    SICKNESS = "sickness", _("maladie")
    ACCIDENT = "accident", _("accident")
    OTHER = "other", _("autre cause")
    UNKNOWN = "unknown", _("cause non précisée")


class Function(models.TextChoices):
    """What may be limited; a short list that an employer understands."""

    LOAD = "load", _("Port de charges et force")
    POSTURE = "posture", _("Positions et déplacements")
    HANDS = "hands", _("Bras, mains et précision")
    SENSES = "senses", _("Vue, ouïe et parole")
    ENDURANCE = "endurance", _("Endurance et rythme")
    ATTENTION = "attention", _("Attention et organisation")
    RELATIONS = "relations", _("Contacts et relations")
    SURROUNDINGS = "surroundings", _("Bruit, froid, poussière, produits")
    HOURS = "hours", _("Horaires et trajets")
    SAFETY = "safety", _("Hauteurs, machines, conduite")


class Fitness(models.TextChoices):
    """Whether the proposed measures suit her health."""

    YES = "yes", _("apte")
    CONDITIONAL = "conditional", _("apte à certaines conditions")
    NO = "no", _("pas apte actuellement")
    UNKNOWN = "unknown", _("pas encore établi")
