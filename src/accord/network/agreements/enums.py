"""Words of conventions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementKind(models.TextChoices):
    """What institutions agree upon."""

    PROVIDER = "provider", _("Convention de prestations")
    PARTNERSHIP = "partnership", _("Convention de partenariat")
    OBJECTIVES = "objectives", _("Convention d’objectifs")
    COOPERATION = "cooperation", _("Accord de collaboration")


class AgreementState(models.TextChoices):
    """One life cycle for every convention."""

    DRAFT = "draft", _("projet")
    NEGOTIATION = "negotiation", _("en négociation")
    APPROVED = "approved", _("approuvée")
    SIGNING = "signing", _("à signer")
    SIGNED = "signed", _("signée, pas encore en vigueur")
    IN_FORCE = "in_force", _("en vigueur")
    EXPIRED = "expired", _("échue")
    TERMINATED = "terminated", _("dénoncée")
    ENDED = "ended", _("terminée avec sa convention-cadre")
    ABANDONED = "abandoned", _("abandonnée")


PREPARED = (
    AgreementState.DRAFT,
    AgreementState.NEGOTIATION,
    AgreementState.APPROVED,
    AgreementState.SIGNING,
)
"""Not yet signed by everybody."""
BINDING = (AgreementState.SIGNED, AgreementState.IN_FORCE)
"""Signed by every party and not over."""
OVER = (AgreementState.EXPIRED, AgreementState.TERMINATED, AgreementState.ENDED)
"""Was in force until its last day."""


class PartyRole(models.TextChoices):
    """As what an institution takes part."""

    BUYER = "buyer", _("Mandant")
    PROVIDER = "provider", _("Prestataire")
    PARTNER = "partner", _("Partenaire")
    AUTHORITY = "authority", _("Autorité")


class PartKind(models.TextChoices):
    """What a part of the text is."""

    CLAUSE = "clause", _("Article")
    COMMITTEE = "committee", _("Comité")


class Channel(models.TextChoices):
    """How a party signed."""

    PAPER = "paper", _("sur papier")
    ELECTRONIC = "electronic", _("à l’écran")


TONES: dict[str, str] = {
    AgreementState.DRAFT: "draft",
    AgreementState.NEGOTIATION: "waiting",
    AgreementState.APPROVED: "waiting",
    AgreementState.SIGNING: "soon",
    AgreementState.SIGNED: "waiting",
    AgreementState.IN_FORCE: "active",
}
"""The shape of the chip of each state; what is over has stopped."""
