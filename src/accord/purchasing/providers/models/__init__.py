"""Providers, how they became one, their quality, their prices."""

from accord.purchasing.providers.models.admission import (
    Guidance,
    MagicLink,
    Offer,
    OfferExchange,
    OfferPiece,
    Provider,
)
from accord.purchasing.providers.models.quality import Certificate, Finding, QualityLabel, Visit
from accord.purchasing.providers.models.tariffs import TariffPosition, TariffProposal

__all__ = [
    "Certificate",
    "Finding",
    "Guidance",
    "MagicLink",
    "Offer",
    "OfferExchange",
    "OfferPiece",
    "Provider",
    "QualityLabel",
    "TariffPosition",
    "TariffProposal",
    "Visit",
]
