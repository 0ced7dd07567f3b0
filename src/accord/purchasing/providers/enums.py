"""Words of providers: what they are, how an offer goes, what a tariff is counted in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProviderKind(models.TextChoices):
    """What a provider is (seed 002)."""

    INSTITUTION = "institution", _("Institution de réadaptation")
    SCHOOL = "school", _("École")
    TRAINING_CENTRE = "training_centre", _("Centre de formation")
    ASSOCIATION = "association", _("Association")
    COACH = "coach", _("Coach")


class ProviderState(models.TextChoices):
    """Whether new mandates may be given."""

    ACTIVE = "active", _("admis")
    SUSPENDED = "suspended", _("suspendu")


class OfferState(models.TextChoices):
    """How an offer of service goes."""

    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("reçue")
    QUESTIONED = "questioned", _("question posée")
    PROPOSED = "proposed", _("décision proposée")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")


AWAITING = (OfferState.SUBMITTED, OfferState.QUESTIONED, OfferState.PROPOSED)
"""Offers that contract management has still to deal with."""


class Verdict(models.TextChoices):
    """What contract management proposes, and decides."""

    ACCEPT = "accept", _("accepter")
    REFUSE = "refuse", _("refuser")


class Piece(models.TextChoices):
    """Documents that an offer must or may hold."""

    CONCEPT = "concept", _("Concept de la mesure")
    STAFF = "staff", _("Qualifications du personnel")
    LEGAL = "legal", _("Statuts ou extrait du registre du commerce")
    INSURANCE = "insurance", _("Attestation d’assurance responsabilité civile")
    QUALITY = "quality", _("Certificat de qualité")
    OTHER = "other", _("Autre document")


class Topic(models.TextChoices):
    """What an AI office tells those who would like to become providers."""

    QUALITY = "quality", _("Nos attentes en matière de qualité")
    PRICE = "price", _("Nos attentes en matière de prix")
    PREREQUISITES = "prerequisites", _("Les prérequis")
    DOCUMENTS = "documents", _("Les documents à joindre")


class Unit(models.TextChoices):
    """What a position is counted in; the last digit of its code says the same (ZAS, tariff 904)."""

    CASE = "case", _("forfait par cas")
    MONTH = "month", _("mois")
    WEEK = "week", _("semaine")
    DAY = "day", _("jour")
    HOUR = "hour", _("heure")


UNIT_DIGITS = {Unit.CASE: "1", Unit.MONTH: "2", Unit.WEEK: "3", Unit.DAY: "4", Unit.HOUR: "5"}


class ProposalState(models.TextChoices):
    """What became of a proposed price."""

    OPEN = "open", _("proposé")
    COUNTERED = "countered", _("contre-proposition faite")
    AGREED = "agreed", _("convenu")
    WITHDRAWN = "withdrawn", _("retiré")


class Weight(models.TextChoices):
    """How much a finding weighs."""

    GOOD = "good", _("point fort")
    REMARK = "remark", _("remarque")
    DEMAND = "demand", _("à corriger")
