"""Words of the meetings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("fixée")
    HELD = "held", _("tenue")
    CANCELLED = "cancelled", _("annulée")


class Answer(models.TextChoices):
    """What somebody answered to an invitation."""

    PENDING = "pending", _("sans réponse")
    ACCEPTED = "accepted", _("vient")
    TENTATIVE = "tentative", _("ne sait pas encore")
    DECLINED = "declined", _("ne peut pas venir")


GIVEN = (Answer.ACCEPTED, Answer.TENTATIVE, Answer.DECLINED)
"""Answers that one gives oneself."""


class Method(models.TextChoices):
    """What a mail asks of a calendar (RFC 5546)."""

    REQUEST = "REQUEST", _("invitation")
    CANCEL = "CANCEL", _("annulation")


class DeliveryState(models.TextChoices):
    """What became of an invitation’s mail."""

    PENDING = "pending", _("à envoyer")
    SENT = "sent", _("envoyé")
    FAILED = "failed", _("échec")
    NEEDLESS = "needless", _("devenu inutile")


class MinutesState(models.TextChoices):
    """Minutes are a draft of one institution until it signs them."""

    DRAFT = "draft", _("brouillon")
    SIGNED = "signed", _("signé")


class ReplyFault(models.TextChoices):
    """Why a reply by mail was put aside."""

    OVERSIZED = "oversized", _("trop grande")
    MALFORMED = "malformed", _("illisible")
    UNKNOWN = "unknown", _("rencontre inconnue")
    STRANGER = "stranger", _("personne non invitée")
    FORGED = "forged", _("expéditeur non prouvé")
    OUTDATED = "outdated", _("répond à une invitation plus ancienne")
    SETTLED = "settled", _("rencontre déjà tenue ou annulée")


SECTION_WORDS = {
    "situation": _("Où en est la situation"),
    "discussion": _("Ce qui a été dit"),
    "decisions": _("Ce qui est décidé"),
    "next": _("La suite : qui fait quoi, jusqu’à quand"),
}
"""The sections of minutes, in the order in which they are written."""
